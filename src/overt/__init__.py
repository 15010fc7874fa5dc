"""Overt: an open observatory of digital repression."""

__version__ = "0.1.0"
