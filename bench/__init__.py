"""Benchmarks: `python -m bench.run` runs them all; bench/README.md has the results."""
