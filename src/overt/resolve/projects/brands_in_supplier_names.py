"""Brands in names of suppliers, which show whether two suppliers are the same: Hikvision, Hikvision Digital Technology."""

import re
from collections.abc import Iterable
from functools import lru_cache

from overt.resolve.evidence_beyond_names import name_keys
from overt.resolve.names.abbreviations.abbreviations_without_parsing import plain_initials
from overt.resolve.names.consonant_comparison import consonants
from overt.resolve.names.folding_and_scripts import fold, latin
from overt.resolve.names.name_parser import parse_name
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.projects.makers_by_name import maker_of
from overt.resolve.projects.participant_name_reader import read_party

_BRANCH = frozenset({"branch", "sucursal", "succursale", "filial", "filiale", "subsidiary", "филиал", "representative"})
_ALPHABETS = frozenset({"cyrillic", "greek"})
"""Scripts whose words are compared with Latin words by their sound."""
_UMLAUT = re.compile("(?<=[a-z])([aou])e(?=[a-z]{3})")
"""Matches a German umlaut spelled with two letters, as in Muehlbauer. Without the `e`, it equals the folded Mühlbauer."""
_LONGEST_ABBREVIATION = 4
_MIN_DESCRIPTION = 2
"""Minimum number of known words that are a description instead of a brand, as in “importación y exportación”."""


def brands(names: Iterable[str]) -> set[frozenset[str]]:
    """Return the words of the brand in each name; names without a brand are left out.

    Two or more words that all have a known meaning are a description, not a brand.
    """
    return {brand for name in names if (brand := _brand(name))}


def share_brand(left: Iterable[str], right: Iterable[str]) -> bool:
    """Return whether a brand in one supplier's names has all words of a brand in the other supplier's names."""
    ours, theirs = brands(left), brands(right)
    return any(first <= second or second <= first for first in ours for second in theirs)


def differ_across_scripts(left: Iterable[str], right: Iterable[str]) -> bool:
    """Return whether suppliers named in Latin letters sound different from suppliers named in Cyrillic or Greek.

    False if any name has no brand, is an abbreviation, or is that of a known maker, which may have other names.
    """
    ours, theirs = (frozenset(names) for names in (left, right))
    if any(not _brand(name) or maker_of(name) or _is_abbreviation(name) for name in ours | theirs):
        return False
    scripts = [{script_in(name) for name in names} for names in (ours, theirs)]
    if not any(first == {""} and second and second <= _ALPHABETS for first, second in (scripts, scripts[::-1])):
        return False
    words, other_words = (frozenset().union(*map(_letters, names)) for names in (ours, theirs))
    return not any(word == other or consonants(word) == consonants(other) for word in words for other in other_words)


def _is_abbreviation(name: str) -> bool:
    return all(len(word) <= _LONGEST_ABBREVIATION for word in (name_keys().key(name) or fold(name)).split())


def _letters(name: str) -> frozenset[str]:
    """Return the words and the initials of a name without its legal form, all transliterated to Latin letters."""
    plain = name_keys().key(name) or fold(name)
    return frozenset(map(latin, (*plain.split(), *plain_initials(name))))


@lru_cache(maxsize=1 << 14)
def _brand(name: str) -> frozenset[str]:
    brand = frozenset(word.written for word in parse_name(name).words if word.kind == "brand" and word.written not in _BRANCH)
    if len(brand) >= _MIN_DESCRIPTION and {latin(word) for word in brand}.isdisjoint(read_party(name, "").unknown):
        return frozenset()
    return frozenset(_UMLAUT.sub(r"\1", word) for word in brand)
