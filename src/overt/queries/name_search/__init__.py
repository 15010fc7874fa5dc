"""Search over names in any script."""
