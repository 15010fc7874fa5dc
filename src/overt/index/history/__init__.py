"""Older releases: what has changed since, their records, and comparisons with the served release.

Editions without the records that editors withhold are also made here.
"""
