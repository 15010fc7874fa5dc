"""Benchmarks of the APIs."""
