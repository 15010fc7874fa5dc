"""Benchmarks of matching projects across sources."""
