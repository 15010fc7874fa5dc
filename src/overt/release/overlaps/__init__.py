"""Overlaps of sources: which sources have the same items, and estimates of how many no source has."""
