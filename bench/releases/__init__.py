"""Benchmarks of builds and releases."""
