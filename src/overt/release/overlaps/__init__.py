"""Overlaps of sources: which sources cover the same records."""
