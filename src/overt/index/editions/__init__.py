"""Editions of a release: the tables that readers may see."""
