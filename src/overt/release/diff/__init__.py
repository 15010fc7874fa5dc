"""Differences between two releases, and what caused them."""
