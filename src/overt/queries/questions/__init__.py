"""Parses readers' questions: which organisations, places, kinds, years and records a question names, and what it asks."""
