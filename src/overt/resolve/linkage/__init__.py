"""Linking many records: which pairs may be one thing, and how likely each is, by one model on DuckDB or on Spark."""
