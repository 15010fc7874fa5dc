"""Benchmarks of estimates."""
