"""What a judgement is about: the things that its two records stand for, and relations that somebody states between them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc

from overt.ledger import Verdict
from overt.model.content import Catalogue
from overt.model.errors import format_count
from overt.resolve.explanation_text import stated
from overt.resolve.relation_table import Stated, read_relations
from overt.resolve.resolved_tables import read_rows
from overt.resolve.review.members import find_member

ONE = "renamed"
"""The kind of relation whose two ends are one organisation, under two names."""


class Side(NamedTuple):
    """One of the two records of a judgement, and the thing that it belongs to."""

    given: str
    """As whoever judges named it."""
    record: str
    name: str | None
    id: str
    """Published id of the thing."""
    records: tuple[str, ...]
    """All of the thing, the one after which it is called first."""
    anchor: tuple[int, str]
    """Position in the archive and id of that record: of two things that become one, the lesser gives the id."""

    def __str__(self) -> str:
        named = f" (named {self.given})" if self.given != self.record else ""
        called = f" “{self.name}”" if self.name else ""
        return f"{self.record}{called}{named}, of {self.id} ({format_count(len(self.records), 'record')})"


class Judged(NamedTuple):
    """What a judgement is about."""

    left: Side
    right: Side
    together: str | None
    """The id that the two have once they are one; None where the judgement does not make them one."""
    related: tuple[str, ...]
    """Sentences: relations that sources or editors state between the two things."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Both sides, and what becomes of them."""
        found = [f"A: {self.left}", f"B: {self.right}"]
        if self.left.id == self.right.id:
            return (*found, f"both are {self.left.id} now")
        if self.together is not None:
            other = self.right.id if self.together == self.left.id else self.left.id
            found.append(f"together they become {self.together}, and {other} leads there")
        return tuple(found)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What speaks against making them one."""
        if self.together is None:
            return ()
        return tuple(f"{said}; `same` makes them one organisation all the same" for said in self.related)


def judged(resolved: Path, content: Catalogue, names: tuple[str, str], verdict: Verdict) -> Judged:
    """What a judgement on two records is about, each named by source record or published id. Raises UsageError for one that there
    is not.
    """
    left, right = _side(resolved, names[0]), _side(resolved, names[1])
    together = _merged(left, right) if verdict == "same" and left.id != right.id else None
    return Judged(left, right, together, tuple(_related(resolved, content, left, right)))


def _side(resolved: Path, given: str) -> Side:
    member = find_member(resolved, given)
    rows = read_rows(resolved / "members.parquet", ("record", "first_position"), pc.field("id") == member.id)
    order = sorted((row["first_position"], row["record"]) for row in rows)
    aliases = read_rows(resolved / "aliases.parquet", ("record", "name", "property", "lang"), pc.field("id") == member.id)
    named = sorted(
        (row["record"] != member.record, row["property"] != "name", row["lang"] != "en", row["name"]) for row in aliases
    )
    return Side(given, member.record, named[0][-1] if named else None, member.id, tuple(record for _, record in order), order[0])


def _merged(left: Side, right: Side) -> str:
    return min((left.anchor, left.id), (right.anchor, right.id))[1]


def _related(resolved: Path, content: Catalogue, left: Side, right: Side) -> Sequence[str]:
    ends = {**dict.fromkeys(left.records, "left"), **dict.fromkeys(right.records, "right")}
    between = [
        held
        for held in read_relations(resolved)[0]
        if held.kind != ONE and {ends.get(held.from_), ends.get(held.to)} == {"left", "right"}
    ]
    return [f"{_who(content, held)} states: {stated(held.kind, held.from_, held.to)} ({held.record})" for held in between]


def _who(content: Catalogue, held: Stated) -> str:
    spec = content.sources.get(held.source)
    return spec.title if spec else "this atlas’s editors" if held.source == "editorial" else held.source
