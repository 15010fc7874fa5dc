"""Benchmarks of judging network measurements."""
