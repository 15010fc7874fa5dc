"""Findings: sentences with computed numbers that a release supports."""
