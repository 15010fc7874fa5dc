"""Figures to embed in other websites."""
