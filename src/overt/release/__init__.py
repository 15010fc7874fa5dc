"""Releases: the public tables, immutable, hashed, and reproducible to the byte."""
