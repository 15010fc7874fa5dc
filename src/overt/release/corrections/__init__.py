"""Corrections of editors, and records that they withhold."""
