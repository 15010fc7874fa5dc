"""Findings: sentences with computed numbers, supported by a release."""
