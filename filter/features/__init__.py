"""Blocks of many pages become matrices of features, whole batches at a time."""
