"""Reasons to hold two records for the same thing, first form: equal identifiers and equal normalised names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from overt.resolve.clusters import Edge
from overt.resolve.names import NameForms

Clue = tuple[str, str, str, str]
"""record, type, property, value"""


def propose(clues: Iterable[Clue], forms: NameForms, alone_in: Mapping[str, str]) -> Iterator[Edge]:
    """Edges in the order in which they are to be tried: identifiers, then names.

    A key that two records of one source without duplicates share is ambiguous, and joins nobody. Records of equal names in
    countries that differ are not joined by the name.
    """
    by_key: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    for record, record_type, held, value in clues:
        if held == "country":
            countries[record].add(value)
        elif held in ("name", "alias"):
            if key := forms.key(value):
                by_key["name", record_type, key].add(record)
        else:
            by_key["identifier", record_type, value].add(record)
    for reason, _, key in sorted(by_key):
        records = sorted(by_key[reason, _, key])
        if len(records) < 2 or _ambiguous(records, alone_in):
            continue
        yield from _chain(records, reason, key, countries if reason == "name" else {})


def _ambiguous(records: list[str], alone_in: Mapping[str, str]) -> bool:
    sources = [alone_in[record] for record in records if record in alone_in]
    return len(sources) > len(set(sources))


def _chain(records: list[str], reason: str, key: str, countries: Mapping[str, set[str]]) -> Iterator[Edge]:
    """Join each record to the first of its country; those without one go to the only country there is, or among themselves."""
    groups: dict[str, list[str]] = defaultdict(list)
    for record in records:
        groups[" ".join(sorted(countries.get(record, ())))].append(record)
    placeless = groups.pop("", [])
    if placeless and len(groups) == 1:
        next(iter(groups.values())).extend(placeless)
    elif placeless:
        groups[""] = placeless
    for _, group in sorted(groups.items()):
        for other in group[1:]:
            yield Edge(group[0], other, reason, key)
