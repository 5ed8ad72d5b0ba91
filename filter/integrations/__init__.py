"""Where other libraries' pipelines take the cleaner in: one module each, imported on its own."""
