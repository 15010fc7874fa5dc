"""Overlap tables: how many people or incidents are on each combination of lists."""
