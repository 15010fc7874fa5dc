"""Reasons to hold two records for the same thing, first form: equal identifiers and equal normalised names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from overt.resolve.names import NameForms
from overt.resolve.names.initials import plain_initials

Clue = tuple[str, str, str, str]
"""record, type, property, value; an alias that is said to have ended stands a second time, as FORMER"""
FORMER = "former"


class Shared(NamedTuple):
    """Records, in their order, that share an identifier or a name."""

    records: list[str]
    reason: str
    key: str


def propose(clues: Iterable[Clue], forms: NameForms, alone_in: Mapping[str, str], same: Mapping[str, str]) -> Iterator[Shared]:
    """What records share, in the order in which they are to be joined by it: identifiers, then names.

    An alias joins its record to one that has it as its name, never two aliases to one another ("BGI" is short for a group and
    for its listed company). One without a legal form is short for a longer name, and who has it with a form as the whole of its
    name is another legal person (CNOOC and CNOOC Limited); one that is the initials of its record's name stands for many (RTI is
    a cable company and a broadcaster) and joins in one country only; unless a source without duplicates says who is meant. A key
    that two records of one source without duplicates share is ambiguous and joins nobody, and equal names in countries that
    differ do not join. `same`: what people decided already, record → the one that stands for it; an old key and the new one are
    one record, not two that share a name.
    """
    identified: dict[tuple[str, str], set[str]] = defaultdict(set)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    aliased: dict[tuple[str, str], set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    initials: dict[str, set[str]] = defaultdict(set)
    with_form: set[tuple[str, str, str]] = set()
    for record, record_type, held, value in clues:
        if held == "country":
            countries[record].add(value)
        elif held == FORMER:
            continue  # it joins as the alias that it is
        elif held not in ("name", "alias"):
            identified[record_type, value].add(record)
        elif key := forms.key(value):
            (named if held == "name" else aliased)[record_type, key].add(record)
            if held == "name":
                initials[record] |= plain_initials(value)
            if forms.has_form(value):
                with_form.add((held, record, key))
    for (_, key), records in sorted(identified.items()):
        if not _ambiguous(records, alone_in, same):
            yield Shared(sorted(records), "identifier", key)
    for (record_type, key), names in sorted(named.items()):
        others = _alias_holders(aliased[record_type, key] - names, alone_in, same)
        if any(("name", record, key) in with_form for record in names):
            others = {record for record in others if record in alone_in or ("alias", record, key) in with_form}
        seats = set().union(*(countries[record] for record in names))
        others = {record for record in others if record in alone_in or key not in initials[record] or countries[record] & seats}
        if not _ambiguous(names | others, alone_in, same):
            for group in _by_country(sorted(names | others), countries):
                yield Shared(group, "name", key)


def _alias_holders(records: set[str], alone_in: Mapping[str, str], same: Mapping[str, str]) -> set[str]:
    """Who may be meant by an alias: the one record that has it, or the one of a source without duplicates."""
    registered = {record for record in records if record in alone_in}
    found = registered or records
    return found if len({same.get(record, record) for record in found}) == 1 else set()


def _ambiguous(records: set[str], alone_in: Mapping[str, str], same: Mapping[str, str]) -> bool:
    things = {(alone_in[record], same.get(record, record)) for record in records if record in alone_in}
    return len(things) > len({source for source, _ in things})


def _by_country(records: list[str], countries: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The records of each country; those without one go to the only country there is, or stay among themselves."""
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
