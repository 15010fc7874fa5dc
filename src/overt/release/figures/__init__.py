"""Figures: their definitions, values, sensitivity and reproduction, and comparisons with reported totals."""
