"""Corrections by editors, and records that they withhold."""
