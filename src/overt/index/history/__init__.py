"""Older releases: what has changed since, their records, and comparisons with the served release.

Also editions as of a date, and without withheld records.
"""
