"""Figures for other websites."""
