"""Finds reports of the same restriction in different sources, so that each event becomes one record."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from overt.model.record_ids import list_of
from overt.resolve.equal_names_and_identifiers import SharedKey
from overt.resolve.names.folding_and_scripts import folded_words

RestrictionClaim = tuple[str, str, str]
"""Record, property and value."""
MAX_DAYS_APART = 1
"""Reports of one event can give starts this many days apart, because of time zones and of shutdowns that begin at night."""
_WHOLE_COUNTRY = "nationwide"
_AREA_NOISE = {"in", "of", "and", "city", "district", "districts", "state", "province", "region", "regions", "division"}
"""Words in names of areas that one report includes and another leaves out."""


@dataclass
class Restriction:
    """One record of a restriction, with the facts that distinguish one event from another."""

    record: str
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def source(self) -> str:
        """The list that contains the record (`list_of`)."""
        return list_of(self.record)

    @property
    def place(self) -> tuple[str, ...]:
        """The sorted words of the area, without those in _AREA_NOISE.

        If the only scope is `nationwide`, this is the only word. Empty if `nationwide` is one of several scopes, and if no area
        or several areas are stated.
        """
        scopes, areas = self.values["scope"], self.values["area"]
        if scopes == {_WHOLE_COUNTRY}:
            return (_WHOLE_COUNTRY,)
        if len(areas) != 1 or _WHOLE_COUNTRY in scopes:
            return ()
        return tuple(sorted(set(folded_words(next(iter(areas)))) - _AREA_NOISE))

    @property
    def services(self) -> set[str]:
        """Platforms and other services, by property and term."""
        return {f"{name} {term}" for name in ("platform", "service") for term in self.values[name]}

    @property
    def start(self) -> datetime.date | None:
        """The day on which the restriction began; None unless exactly one day is stated."""
        return _day(self.values["start"])

    @property
    def end(self) -> datetime.date | None:
        """The day on which the restriction ended; None unless exactly one day is stated."""
        return _day(self.values["end"])


class _Distance(NamedTuple):
    """How far apart two reports are: compared first by days, then by common services."""

    days: int
    common_services: int
    """Minus the number of common services, so that more services mean a smaller distance."""


def find_reported_restrictions(claims: Iterable[RestrictionClaim]) -> Iterator[SharedKey]:
    """Yield pairs of records from different sources that report the same restriction.

    Both must be in the same country and begin at most MAX_DAYS_APART days apart. If they begin on different days, the earlier
    restriction must still be in force when the later one begins, and both must end on the same day, as far as their ends are
    known. They must affect the same place (the entire country, or an area with the same words) and share a kind. Either they
    affect mostly the same services, or one affects only some of the other's, or neither names a service.

    If a record has several partners in one source, it joins the one with the nearest start or, among these, the one with most
    common services. If several remain, it joins none. A cluster has at most one record from each source, and each record of
    an editor counts as a source of its own. Measured blocking, which has a domain, is not a report of an event.
    """
    by_start: dict[tuple[str, datetime.date], list[Restriction]] = defaultdict(list)
    for restriction in _restrictions(claims):
        start, countries = restriction.start, restriction.values["country"]
        if start is not None and len(countries) == 1 and restriction.place and not restriction.values["domain"]:
            by_start[next(iter(countries)), start].append(restriction)
    candidates: dict[tuple[str, str], list[tuple[_Distance, str]]] = defaultdict(list)
    pairs: list[tuple[_Distance, str, str, str]] = []
    for (country, start), restrictions in sorted(by_start.items()):
        near = [(0, left, right) for left, right in combinations(restrictions, 2)]
        for days in range(1, MAX_DAYS_APART + 1):
            later = by_start.get((country, start + datetime.timedelta(days)), ())
            near += [(days, left, right) for left in restrictions for right in later]
        for days, left, right in near:
            if left.source != right.source and is_same_restriction(left, right):
                first, second = sorted((left.record, right.record))
                distance = _Distance(days, -len(left.services & right.services))
                pairs.append((distance, first, second, f"{country}, {start.isoformat()}"))
                candidates[left.record, right.source].append((distance, right.record))
                candidates[right.record, left.source].append((distance, left.record))
    sources: dict[str, set[str]] = {}
    for distance, first, second, key in sorted(pairs):
        ends = ((first, second), (second, first))
        if any(_nearest(candidates[end, list_of(other)]) != (distance, other) for end, other in ends):
            continue
        ours, theirs = (sources.setdefault(record, {list_of(record)}) for record in (first, second))
        if ours is not theirs and not ours & theirs:
            ours |= theirs
            sources |= {record: ours for record, group in sources.items() if group is theirs}
            yield SharedKey([first, second], "event", key)


def is_same_restriction(left: Restriction, right: Restriction) -> bool:
    """Return whether two reports from one country, with similar start dates, are about the same restriction."""
    if left.place != right.place:
        return False
    kinds = left.values["kind"], right.values["kind"]
    if not kinds[0] & kinds[1]:
        return False
    if not _cut_the_same(left.services, right.services):
        return False
    return _may_be_one_period(left, right) and _may_be_one_period(right, left)


def _cut_the_same(ours: set[str], theirs: set[str]) -> bool:
    """Return whether two sets of services may be those of one event: one contains the other, or at least half are common.

    An empty set matches only an empty one.
    """
    if not (ours and theirs):
        return not ours and not theirs
    return ours <= theirs or theirs <= ours or 2 * len(ours & theirs) >= len(ours | theirs)


def _restrictions(claims: Iterable[RestrictionClaim]) -> list[Restriction]:
    restrictions: dict[str, Restriction] = {}
    for record, name, value in claims:
        restrictions.setdefault(record, Restriction(record)).values[name].add(value)
    return [restrictions[record] for record in sorted(restrictions)]


def _may_be_one_period(earlier: Restriction, later: Restriction) -> bool:
    """Return whether two periods may be the same; always true if `earlier` doesn't start first.

    They are not the same if the earlier one is over when the later one starts, or if both ends are known and differ: an order
    that is renewed daily is a new restriction each day.
    """
    if earlier.start is None or later.start is None or earlier.start >= later.start:
        return True
    return earlier.end is None or (earlier.end > later.start and later.end in (None, earlier.end))


def _nearest(candidates: list[tuple[_Distance, str]]) -> tuple[_Distance, str] | None:
    """Return the nearest of one or more candidates; None if several are equally near and no other is nearer."""
    nearest = sorted(candidates)
    return nearest[0] if len(nearest) == 1 or nearest[0][0] < nearest[1][0] else None


def _day(values: set[str]) -> datetime.date | None:
    """Return the value, if there is exactly one, as a day; otherwise None. The day may be approximate (EDTF `2021-06-04~`)."""
    if len(values) != 1:
        return None
    try:
        return datetime.date.fromisoformat(next(iter(values)).rstrip("~?%"))
    except ValueError:
        return None
