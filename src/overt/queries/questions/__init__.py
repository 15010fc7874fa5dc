"""Parses questions about organisations, places, kinds and years: what they name, and what they ask about it."""
