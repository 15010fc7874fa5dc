"""Benchmarks: `python -m bench.run` runs most of them; bench/README.md has the results."""
