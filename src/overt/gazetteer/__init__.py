"""Finds the town or province that a source names, in a gazetteer derived from GeoNames (CC BY 4.0)."""

from overt.gazetteer.locate import find_entry, locate
from overt.gazetteer.lookup_results import Ambiguous, Province, Town, Unknown

__all__ = ["Ambiguous", "Province", "Town", "Unknown", "find_entry", "locate"]
