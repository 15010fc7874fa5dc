"""The units of money whose amounts are compared with one another."""

DOLLARS = ("USD", "USD@")
"""Beginnings of the units: US dollars in prices of their time, or of a year."""
