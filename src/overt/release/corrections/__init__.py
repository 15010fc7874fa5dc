"""Corrections by editors, replies, and records that editors withhold."""
