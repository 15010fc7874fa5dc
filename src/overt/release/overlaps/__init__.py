"""Overlaps of sources: which sources cover the same records, and estimates of how many no source has."""
