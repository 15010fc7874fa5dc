"""Pages of single measurements."""
