"""Figures: definitions, values for a release, and comparisons with reported totals."""
