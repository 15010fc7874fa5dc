"""Older releases: what has changed since, their records, and comparisons with the served release."""
