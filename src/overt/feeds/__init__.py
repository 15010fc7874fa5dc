"""Feeds of releases and of their differences, and the comparison of two releases as a self-contained page."""
