"""What the register and other sources state of organisations: who is meant by a name, and who stands to whom in what relation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overt.resolve.names import fold
from overt.resolve.relations.clues import Organization
from overt.resolve.relations.relation_model import Label

_KINDS: dict[str, tuple[Label, Label]] = {
    "parent": ("parent", "subsidiary"),
    "subsidiary": ("subsidiary", "parent"),
    "renamed": ("renamed", "renamed"),
    "joint-venture": ("joint-venture", "joint-venture"),
    "predecessor": ("different", "different"),
}
"""Kind of a stated relation → what `to` is to `from`, and the other way round. A share held says neither."""
_FIRST = ("renamed", "joint-venture", "parent", "subsidiary", "different")
"""Which of several stated relations is told."""


class Stated(NamedTuple):
    """What is stated of a pair, and by what."""

    label: Label
    why: str
    surely: bool = True
    """Not where both are known, and no relation between them."""


class Register:
    """Names and relations that are stated. An organisation that two records may mean is nobody's."""

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        former: Iterable[tuple[str, str]] = (),
        relations: Iterable[tuple[str, str, str]] = (),
        seats: Mapping[str, str] | None = None,
    ) -> None:
        """`names`: (record, name or alias); `former`: (record, name that it had before); `relations`: (from, kind, to); `seats`:
        record → country, since another organisation of the name elsewhere is not the one of the register. A record is named as
        everywhere, `source:key`: of what two sources list neither knows whether it is two.
        """
        self._seats = seats or {}
        self._former: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        for record, name in names:
            self._named[fold(name)].add(record)
        for record, name in former:
            self._former[record].add(fold(name))
            self._named[fold(name)].add(record)
        self._listed = frozenset(record for records in self._named.values() for record in records)
        self._relations: dict[tuple[str, str], set[Label]] = defaultdict(set)
        for source, kind, target in relations:
            if kind in _KINDS:
                forth, back = _KINDS[kind]
                self._relations[source, target].add(forth)
                self._relations[target, source].add(back)

    def find(self, organization: Organization) -> str | None:
        """The one record that is meant, by its own id or by its names; None when none or several may be."""
        if organization.record is not None:
            return organization.record
        records = [self._named.get(fold(name), set()) for name in organization.called]
        found = sorted(set().union(*records))
        if len(found) != 1:
            return None
        seat = self._seats.get(found[0])
        return found[0] if not seat or not organization.countries or seat in organization.countries else None

    def stated(self, left: Organization, right: Organization) -> Stated | None:
        """What is stated of the two, if both are known."""
        one, other = self.find(left), self.find(right)
        if one is None or other is None:
            return None
        if one == other:
            now = [any(fold(name) not in self._former[one] for name in side.names) for side in (left, right)]
            return Stated("same", f"both are {one}") if all(now) or not any(now) else Stated("renamed", f"a former name of {one}")
        said = self._relations.get((one, other), set())
        for label in _FIRST:
            if label in said:
                return Stated(label, f"a source states it of {one} and {other}")
        if one not in self._listed or other not in self._listed or _source(one) != _source(other):
            return None  # a record of another source may be one that the register has
        return Stated("different", f"no source states a relation between {one} and {other}", surely=False)


def _source(record: str) -> str:
    return record.partition(":")[0]
