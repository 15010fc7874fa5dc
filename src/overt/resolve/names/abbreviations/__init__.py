"""Abbreviations of names: their initials, first syllables, and initials of a translation."""
