"""Benchmarks of the site."""
