"""Facts that keep two organisations apart even if names agree: different numbers in one register, Chinese names or places."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from overt.resolve.chinese_office_places import differ_in_place, read_office
from overt.resolve.equal_names_and_identifiers import MatchingClaim
from overt.resolve.names import NameKeys
from overt.resolve.names.folding import has_han, simplified
from overt.resolve.names.notes_on_names import without_formerly
from overt.resolve.register_numbers import plain_identifier

_SEVERAL = frozenset({"bic", "cage", "duns", "imo", "isin", "ticker", "uei"})
"""Schemes that give one organisation several numbers: one for each security, place or ship."""

_MAX_REPEATED_SHARE = 0.1
"""Maximum share of a register's records with several numbers. A record with a typing error, or of two merged firms, is rare."""


class Conflict(NamedTuple):
    """Two records that can't be one organisation."""

    first: str
    second: str
    why: str


class IdentityConflicts:
    """The numbers and names of clusters. When two clusters join, so do their numbers and names."""

    def __init__(self, claims: Iterable[MatchingClaim], keys: NameKeys) -> None:
        """Read the claims about organisations.

        A register that often gives one record several numbers doesn't count. Otherwise, one number of several that two clusters
        share is enough for them not to contradict each other.
        """
        self._numbers: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        """Root → scheme → number → record."""
        self._characters: dict[str, dict[str, str]] = defaultdict(dict)
        """Root → key of a Chinese name → record."""
        self._names: dict[str, set[str]] = defaultdict(set)
        """Root → names without Chinese characters."""
        self._offices: dict[str, set[str]] = defaultdict(set)
        """Root → Chinese names of offices that give a place."""
        for record, record_type, property_, value in claims:
            if record_type != "organization":
                continue
            if property_ == "identifier":
                scheme, _, number = plain_identifier(value).partition(":")
                if scheme not in _SEVERAL:
                    self._numbers[record][scheme][number] = record
                continue
            if property_ in ("name", "alias"):
                if not has_han(value):
                    self._names[record].add(value)
                elif read_office(value):
                    self._offices[record].add(value)
            if has_han(value) and (key := keys.key(value if property_ == "name" else _former_name(property_, value))):
                self._characters[record][simplified(key)] = record
        bearers = Counter(scheme for of in self._numbers.values() for scheme in of)
        repeated = Counter(scheme for of in self._numbers.values() for scheme, numbers in of.items() if len(numbers) > 1)
        several = {scheme for scheme, records in repeated.items() if records > max(1, _MAX_REPEATED_SHARE * bearers[scheme])}
        for schemes in self._numbers.values():
            for scheme in several & schemes.keys():
                del schemes[scheme]

    def find(self, left: str, right: str) -> Conflict | None:
        """Return the conflict between two clusters, by their roots; None if there is none."""
        if left in self._numbers and right in self._numbers:
            ours, theirs = self._numbers[left], self._numbers[right]
            for scheme in sorted(ours.keys() & theirs.keys()):
                if not ours[scheme].keys() & theirs[scheme].keys():
                    why = f"they have different numbers in one register ({scheme})"
                    return Conflict(_first(ours[scheme]), _first(theirs[scheme]), why)
        if left in self._characters and right in self._characters:
            ours_named, theirs_named = self._characters[left], self._characters[right]
            if not any(_is_part(*sorted((first, second), key=len)) for first in ours_named for second in theirs_named):
                return Conflict(_first(ours_named), _first(theirs_named), "their Chinese names differ")
        for root, other in ((left, right), (right, left)):
            are_in_two_scripts = root in self._offices and other in self._names and root not in self._names
            if are_in_two_scripts and differ_in_place(self._names[other], self._offices[root]):
                return Conflict(left, right, "their names are of two places")
        return None

    def join(self, small: str, large: str) -> None:
        """Add the facts of one cluster to another, which it joins."""
        for scheme, numbers in self._numbers.pop(small, {}).items():
            self._numbers[large][scheme].update(numbers)
        if small in self._characters:
            self._characters[large].update(self._characters.pop(small))
        for names in (self._names, self._offices):
            if small in names:
                names[large] |= names.pop(small)


def _former_name(property_: str, value: str) -> str:
    """Return the name that an alias says the organisation once had; empty for another alias or property."""
    return without_formerly(value) if property_ == "alias" else ""


def _first(records: Mapping[str, str]) -> str:
    return min(records.values())


def _is_part(short: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a full name has the characters of a short one in the same order (大华股份)."""
    remaining = iter(full)
    return all(character in remaining for character in short)
