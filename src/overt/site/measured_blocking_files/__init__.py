"""Blocked domains as CSV."""
