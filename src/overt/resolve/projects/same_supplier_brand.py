"""Brands in names of suppliers, by which two of one country's projects are one: Hikvision, Hikvision Digital Technology."""

from collections.abc import Iterable
from functools import lru_cache

from overt.resolve.names.folding import latin
from overt.resolve.names.name_parser import parse_name
from overt.resolve.projects.participant_name_reader import read_party

_BRANCH = frozenset({"branch", "sucursal", "succursale", "filial", "filiale", "subsidiary", "филиал", "representative"})
_MIN_DESCRIPTION = 2
"""Minimum number of words that may be a description instead of a brand: importación y exportación."""


def brands(names: Iterable[str]) -> set[frozenset[str]]:
    """Return the words of the brand of each name that has one.

    Two words or more that all have a meaning, in whatever language, are a description and no brand.
    """
    return {brand for name in names if (brand := _brand(name))}


def share_brand(left: Iterable[str], right: Iterable[str]) -> bool:
    """Return whether a brand of one supplier's names has all words of a brand of the other's."""
    ours, theirs = brands(left), brands(right)
    return any(first <= second or second <= first for first in ours for second in theirs)


@lru_cache(maxsize=1 << 14)
def _brand(name: str) -> frozenset[str]:
    brand = frozenset(word.written for word in parse_name(name).words if word.kind == "brand" and word.written not in _BRANCH)
    if len(brand) >= _MIN_DESCRIPTION and {latin(word) for word in brand}.isdisjoint(read_party(name, "").unknown):
        return frozenset()
    return brand
