"""Comparison of Latin names with names in other scripts: their words, their alignment and the probability of a match."""
