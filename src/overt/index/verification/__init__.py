"""Verification of the indexes and editions in `cache/`."""
