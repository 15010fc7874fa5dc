"""Poisson log-linear models of an overlap table."""
