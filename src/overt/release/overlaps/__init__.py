"""Overlaps of sources: which of them cover the same things."""
