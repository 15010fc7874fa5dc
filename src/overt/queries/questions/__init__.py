"""Parses questions: the organisations, places, kinds, years and records that they name, and what they ask about these."""
