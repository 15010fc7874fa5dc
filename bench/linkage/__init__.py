"""Benchmarks of names, record linkage and resolution."""
