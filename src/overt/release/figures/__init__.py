"""Figures: their definitions, their values for a release, and comparisons with reported totals."""
