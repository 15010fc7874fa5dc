"""Queries about what is blocked: lists of domains, network measurements, and labels of domains."""
