"""Finds the town or province that a source names, in a gazetteer derived from GeoNames (CC BY 4.0)."""

from overt.gazetteer.entries import Ambiguous, Province, Town, Unknown
from overt.gazetteer.locate import find_entry, locate

__all__ = ["Ambiguous", "Province", "Town", "Unknown", "find_entry", "locate"]
