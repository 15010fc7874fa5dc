"""Pages of individual measurements."""
