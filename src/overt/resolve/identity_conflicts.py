"""Facts that keep two organisations apart even if they share a name, such as different register numbers or places."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from overt.resolve.different_places_of_chinese_state_bodies import differ_in_place, read_office
from overt.resolve.equal_names_and_identifiers import STATE_BODY, WEBSITE, MatchingClaim
from overt.resolve.home_pages import office_host
from overt.resolve.names import NameKeys
from overt.resolve.names.abbreviations.abbreviations_without_parsing import plain_initials
from overt.resolve.names.folding_and_scripts import fold, has_han, simplified
from overt.resolve.names.former_and_registered_notes import without_formerly
from overt.resolve.nested_register_numbers import plain_identifier

_SEVERAL = frozenset({"bic", "cage", "duns", "imo", "isin", "ticker", "uei"})
"""Schemes that give one organisation several numbers: one for each security, place or ship."""

_REGION_CODE = re.compile(r"([A-Z]{2,6})\s?[-/]\s?([A-Z]{2})")
"""Matches an abbreviation followed by the code of a region: SSP-BA, SSP/SP."""
_MAX_REPEATED_SHARE = 0.1
"""If more than this share of a register's records, and more than one of them, have several numbers, the numbers don't keep
organisations apart. A few records have several because of typing errors and mergers.
"""


class Conflict(NamedTuple):
    """Two records that can't be one organisation."""

    first: str
    second: str
    why: str


class IdentityConflicts:
    """The facts that can keep clusters of organisations apart. When two clusters are joined, their facts are combined."""

    def __init__(self, claims: Iterable[MatchingClaim], keys: NameKeys) -> None:
        """Read the claims about organisations.

        A register that often gives one record several numbers is ignored. In any other register, two clusters conflict only if
        they have no number in common.
        """
        self._numbers: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        """Root → scheme → number → record."""
        self._characters: dict[str, dict[str, str]] = defaultdict(dict)
        """Root → key of a Chinese name → record."""
        self._names: dict[str, set[str]] = defaultdict(set)
        """Root → names that have no Chinese characters."""
        self._offices: dict[str, set[str]] = defaultdict(set)
        """Root → Chinese names of offices that give a place."""
        self._regions: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        """Root → abbreviation or host of an office → codes or domains of its regions, from names and addresses."""
        self._initials: dict[str, dict[str, str]] = defaultdict(dict)
        """Root → abbreviation of a company's own Latin name → the first word of that name."""
        latin: dict[str, set[str]] = defaultdict(set)
        state_bodies: set[str] = set()
        for record, record_type, property_, value in claims:
            if record_type != "organization":
                continue
            if property_ == STATE_BODY:
                state_bodies.add(record)
            if property_ in ("name", "alias") and value.isascii():
                latin[record].add(value)
            if property_ == "identifier":
                scheme, _, number = plain_identifier(value).partition(":")
                if scheme not in _SEVERAL:
                    self._numbers[record][scheme][number] = record
                continue
            if property_ == WEBSITE and (host := office_host(value)):
                self._regions[record][f"{host[0]}."].add(host[1])
            if property_ in ("name", "alias"):
                if coded := _REGION_CODE.fullmatch(value.strip()):
                    self._regions[record][coded[1]].add(coded[2])
                if not has_han(value):
                    self._names[record].add(value)
                elif read_office(value):
                    self._offices[record].add(value)
            if has_han(value) and (key := keys.key(value if property_ == "name" else _former_name(property_, value))):
                self._characters[record][simplified(key)] = record
        for record in latin.keys() - state_bodies:
            if own := _own_initials(latin[record]):
                self._initials[record] = own
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
        if left in self._initials and right in self._initials:
            ours_short, theirs_short = self._initials[left], self._initials[right]
            of_one_beginning = set(ours_short.values()) & set(theirs_short.values())
            if of_one_beginning and not any(_is_beginning(first, second) for first in ours_short for second in theirs_short):
                return Conflict(left, right, "they have different abbreviations of their names")
        if left in self._regions and right in self._regions:
            ours_coded, theirs_coded = self._regions[left], self._regions[right]
            shared = ours_coded.keys() & theirs_coded.keys()
            if any(not ours_coded[office] & theirs_coded[office] for office in shared):
                return Conflict(left, right, "they are offices of two regions")
        for root, other in ((left, right), (right, left)):
            are_in_two_scripts = root in self._offices and other in self._names and root not in self._names
            if are_in_two_scripts and differ_in_place(self._names[other], self._offices[root]):
                return Conflict(left, right, "their names are of two places")
        return None

    def join(self, small: str, large: str) -> None:
        """Add the facts of the cluster `small` to those of `large`, which it joins."""
        for scheme, numbers in self._numbers.pop(small, {}).items():
            self._numbers[large][scheme].update(numbers)
        if small in self._characters:
            self._characters[large].update(self._characters.pop(small))
        if small in self._initials:
            self._initials[large].update(self._initials.pop(small))
        for office, regions in self._regions.pop(small, {}).items():
            self._regions[large][office] |= regions
        for names in (self._names, self._offices):
            if small in names:
                names[large] |= names.pop(small)


def _own_initials(names: Set[str]) -> dict[str, str]:
    """Return abbreviation → first word of the full name, for each of `names` that consists of the initials of another name."""
    words = {name: fold(name).split() for name in sorted(names)}
    shorts = {of[0] for of in words.values() if len(of) == 1}
    return {short: of[0] for name, of in words.items() if len(of) > 2 for short in sorted(plain_initials(name) & shorts)}


def _is_beginning(left: str, right: str) -> bool:
    return left.startswith(right) or right.startswith(left)


def _former_name(property_: str, value: str) -> str:
    """Return the former name in an alias such as “formerly …”; empty for other aliases and properties."""
    return without_formerly(value) if property_ == "alias" else ""


def _first(records: Mapping[str, str]) -> str:
    return min(records.values())


def _is_part(short: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a full name has the characters of a short name in the same order.

    大华股份 (Dahua) is such a short name of 浙江大华技术股份有限公司 (Zhejiang Dahua Technology Co., Ltd.).
    """
    remaining = iter(full)
    return all(character in remaining for character in short)
