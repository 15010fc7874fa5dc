"""Benchmarks of the interfaces."""
