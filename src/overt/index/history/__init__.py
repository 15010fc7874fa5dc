"""Older releases: what changed since, their records, and comparisons with the served release."""
