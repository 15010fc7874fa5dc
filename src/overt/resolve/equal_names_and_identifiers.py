"""Equal identifiers and equal normalised names: the first reasons for joining records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from overt.resolve.names import NameKeys
from overt.resolve.names.initials import plain_initials

MatchingClaim = tuple[str, str, str, str]
"""Record, type, property and value. An alias with an end date occurs a second time, with FORMER as its property."""
FORMER = "former"


class SharedKey(NamedTuple):
    """Records, sorted, that share an identifier or a name."""

    records: list[str]
    reason: str
    key: str


def find_shared_keys(
    claims: Iterable[MatchingClaim], forms: NameKeys, one_to_one: Mapping[str, str], same: Mapping[str, str]
) -> Iterator[SharedKey]:
    """Yield the keys that records share, in the order in which to join by them: identifiers, then names.

    An alias joins its record to a record with that name, never to one with the same alias ("BGI" is short for a group and for its
    listed company). An alias without a legal form may abbreviate a longer name, so it does not join a record whose full name is
    the alias plus a form (CNOOC and CNOOC Limited). An alias that is the initials of its record's name is common (RTI is a cable
    company and a broadcaster), so it joins only within one country. Neither limit applies to records of a source without
    duplicates. A key that two records of one such source share is ambiguous and joins nothing, and equal names in different
    countries do not join.

    `one_to_one`: record → its source, for sources without duplicates. `same`: record → representative of the records that people
    judged the same, so that an old key and its new one count as one record.
    """
    identified: dict[tuple[str, str], set[str]] = defaultdict(set)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    aliased: dict[tuple[str, str], set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    initials: dict[str, set[str]] = defaultdict(set)
    with_form: set[tuple[str, str, str]] = set()
    for record, record_type, property_, value in claims:
        if property_ == "country":
            countries[record].add(value)
        elif property_ == FORMER:
            continue  # the claim already joins as an alias
        elif property_ not in ("name", "alias"):
            identified[record_type, value].add(record)
        elif key := forms.key(value):
            (named if property_ == "name" else aliased)[record_type, key].add(record)
            if property_ == "name":
                initials[record] |= plain_initials(value)
            if forms.has_form(value):
                with_form.add((property_, record, key))
    for (_, key), records in sorted(identified.items()):
        if not _is_ambiguous(records, one_to_one, same):
            yield SharedKey(sorted(records), "identifier", key)
    for (record_type, key), by_name in sorted(named.items()):
        by_alias = _alias_bearers(aliased[record_type, key] - by_name, one_to_one, same)
        if any(("name", record, key) in with_form for record in by_name):
            by_alias = {record for record in by_alias if record in one_to_one or ("alias", record, key) in with_form}
        seats = set().union(*(countries[record] for record in by_name))
        by_alias = {
            record for record in by_alias if record in one_to_one or key not in initials[record] or countries[record] & seats
        }
        if not _is_ambiguous(by_name | by_alias, one_to_one, same):
            for group in _by_country(sorted(by_name | by_alias), countries):
                yield SharedKey(group, "name", key)


def _alias_bearers(records: set[str], one_to_one: Mapping[str, str], same: Mapping[str, str]) -> set[str]:
    """Return the record that an alias stands for: the only one that has it, or the only one of a source without duplicates."""
    registered = {record for record in records if record in one_to_one}
    bearers = registered or records
    return bearers if len({same.get(record, record) for record in bearers}) == 1 else set()


def _is_ambiguous(records: set[str], one_to_one: Mapping[str, str], same: Mapping[str, str]) -> bool:
    distinct = {(one_to_one[record], same.get(record, record)) for record in records if record in one_to_one}
    return len(distinct) > len({source for source, _ in distinct})


def _by_country(records: list[str], countries: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Group records by country. Those without a country join the only group with one, or form a group of their own."""
    groups: dict[str, list[str]] = defaultdict(list)
    for record in records:
        groups[" ".join(sorted(countries.get(record, ())))].append(record)
    placeless = groups.pop("", [])
    if len(groups) == 1:
        yield sorted([*next(iter(groups.values())), *placeless])
        return
    groups[""] = placeless
    for _, group in sorted(groups.items()):
        yield group
