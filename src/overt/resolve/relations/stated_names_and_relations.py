"""Names and relations of organisations, as stated by a register and other sources."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overt.resolve.names import fold
from overt.resolve.relations.clues import Organization
from overt.resolve.relations.relation_labels_and_verdict import Label

_KINDS: dict[str, tuple[Label, Label]] = {
    "parent": ("parent", "subsidiary"),
    "subsidiary": ("subsidiary", "parent"),
    "renamed": ("renamed", "renamed"),
    "joint-venture": ("joint-venture", "joint-venture"),
    "predecessor": ("different", "different"),
}
"""Kind of a stated relation → the label of `to` for `from`, and the label of `from` for `to`.

Kinds that are missing, such as a share in a company, imply no label.
"""
_PRECEDENCE = ("renamed", "joint-venture", "parent", "subsidiary", "different")
"""Precedence of labels if several relations are stated."""


class StatedLabel(NamedTuple):
    """The label that the register gives to a pair of organisations, and the reason."""

    label: Label
    why: str
    explicit: bool = True
    """Whether a source states it. False if it is inferred, because one source lists both organisations without a relation."""


class Register:
    """Names and relations that sources state. A name shared by two records identifies neither of them."""

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        former: Iterable[tuple[str, str]] = (),
        relations: Iterable[tuple[str, str, str]] = (),
        seats: Mapping[str, str] | None = None,
    ) -> None:
        """Index the names and relations.

        `names`: (record, name or alias). `former`: (record, former name). `relations`: (from, kind, to). `seats`: record →
        country; an organisation with the same name in another country is a different organisation. Records are ids of the form
        `source:key`. Records of different sources are not merged, even if they are the same organisation.
        """
        self._seats = seats or {}
        self._former: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for record, name in names:
            self._by_name[fold(name)].add(record)
        for record, name in former:
            self._former[record].add(fold(name))
            self._by_name[fold(name)].add(record)
        self._listed = frozenset(record for records in self._by_name.values() for record in records)
        self._relations: dict[tuple[str, str], set[Label]] = defaultdict(set)
        for source, kind, target in relations:
            if kind in _KINDS:
                forth, back = _KINDS[kind]
                self._relations[source, target].add(forth)
                self._relations[target, source].add(back)

    def find(self, organization: Organization) -> str | None:
        """Return the record of an organisation: its own or, if it has none, the only record with one of its names.

        None if no record or several records have such a name, or if the seats differ.
        """
        if organization.record is not None:
            return organization.record
        matches = sorted(set().union(*(self._by_name.get(fold(name), set()) for name in organization.all_names)))
        if len(matches) != 1:
            return None
        seat = self._seats.get(matches[0])
        return matches[0] if not seat or not organization.countries or seat in organization.countries else None

    def stated_label(self, left: Organization, right: Organization) -> StatedLabel | None:
        """Return the label that sources state for a pair.

        None if an organisation is unknown or the sources imply no label.
        """
        first, second = self.find(left), self.find(right)
        if first is None or second is None:
            return None
        if first == second:
            has_current = [any(fold(name) not in self._former[first] for name in side.names) for side in (left, right)]
            if all(has_current) or not any(has_current):
                return StatedLabel("same", f"both are {first}")
            return StatedLabel("renamed", f"a former name of {first}")
        labels = self._relations.get((first, second), set())
        for label in _PRECEDENCE:
            if label in labels:
                return StatedLabel(label, f"a source states it of {first} and {second}")
        if first not in self._listed or second not in self._listed or _source(first) != _source(second):
            return None  # records of two sources may be the same organisation
        return StatedLabel("different", f"no source states a relation between {first} and {second}", explicit=False)


def _source(record: str) -> str:
    return record.partition(":")[0]
