"""Making the model, and measuring it: used by developers, never by the core."""
