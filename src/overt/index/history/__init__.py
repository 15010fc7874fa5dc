"""Older releases: what has changed since, their records, and comparisons with the served release.

Editions as of a date and editions without withheld records are also made here.
"""
