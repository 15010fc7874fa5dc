"""Abbreviations of names: initials, first syllables, and the initials of a translation."""
