"""Benchmarks of reading sources."""
