"""The two entities of a judgement, and the relations stated between them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc

from overt.ledger import Verdict
from overt.model.content_catalogue import Catalogue
from overt.model.errors import format_count
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.resolve.explanation_text import relation_sentence
from overt.resolve.relations.stated_and_proposed_relations import StatedRelation, read_relations
from overt.resolve.resolved_table_reader_and_digests import read_rows
from overt.resolve.review.member_lookup import find_member

SAME_ORGANIZATION = "renamed"
"""Kind of relation whose ends are the same organisation under two names."""


class JudgedThing(NamedTuple):
    """A judged record, and its cluster."""

    entered: str
    """The record id or published id as the editor entered it."""
    record: str
    name: str | None
    id: str
    """Published id of the cluster."""
    records: tuple[str, ...]
    """All records of the cluster, beginning with its anchor."""
    anchor: tuple[int, str]
    """Position and id of the cluster's first record. If two clusters are merged, the smaller of their anchors decides the id."""

    def __str__(self) -> str:
        entered = f" (named {self.entered})" if self.entered != self.record else ""
        name = f" “{self.name}”" if self.name else ""
        return f"{self.record}{name}{entered}, of {self.id} ({format_count(len(self.records), 'record')})"


class JudgedPair(NamedTuple):
    """The two entities that a judgement is about."""

    left: JudgedThing
    right: JudgedThing
    merged_id: str | None
    """The id that both will have; None if the judgement doesn't join them, or if they are already one entity."""
    related: tuple[str, ...]
    """Sentences about relations, other than renamings, that sources or editors state between the two."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines that describe both entities and the effect of the judgement."""
        lines = [f"A: {self.left}", f"B: {self.right}"]
        if self.left.id == self.right.id:
            return (*lines, f"both are {self.left.id} now")
        if self.merged_id is not None:
            other = self.right.id if self.merged_id == self.left.id else self.left.id
            lines.append(f"together they become {self.merged_id}, and {other} will lead there")
        return tuple(lines)

    @property
    def warnings(self) -> tuple[str, ...]:
        """A warning for each stated relation that contradicts the merge; empty if the judgement doesn't merge the two."""
        if self.merged_id is None:
            return ()
        return tuple(f"{sentence}; `same` merges them anyway" for sentence in self.related)


def read_judged_pair(resolved: Path, content: Catalogue, names: tuple[str, str], verdict: Verdict) -> JudgedPair:
    """Return the pair that a judgement is about. `names`: record ids or published ids.

    Raises UsageError for an unknown id or if nothing is resolved, and OvertError for a table that can't be used.
    """
    left, right = _read_thing(resolved, names[0]), _read_thing(resolved, names[1])
    merged_id = _merged_id(left, right) if verdict == "same" and left.id != right.id else None
    return JudgedPair(left, right, merged_id, tuple(_relation_sentences(resolved, content, left, right)))


def _read_thing(resolved: Path, entered: str) -> JudgedThing:
    member = find_member(resolved, entered)
    rows = read_rows(resolved / "members.parquet", ("record", "first_position"), pc.field("id") == member.id)
    records = sorted((row["first_position"], row["record"]) for row in rows)
    aliases = read_rows(resolved / "aliases.parquet", ("record", "name", "property", "lang"), pc.field("id") == member.id)
    names = sorted(
        (row["record"] != member.record, row["property"] != "name", row["lang"] != "en", row["name"]) for row in aliases
    )
    name = names[0][-1] if names else None
    return JudgedThing(entered, member.record, name, member.id, tuple(record for _, record in records), records[0])


def _merged_id(left: JudgedThing, right: JudgedThing) -> str:
    return min((left.anchor, left.id), (right.anchor, right.id))[1]


def _relation_sentences(resolved: Path, content: Catalogue, left: JudgedThing, right: JudgedThing) -> Sequence[str]:
    sides = {**dict.fromkeys(left.records, "left"), **dict.fromkeys(right.records, "right")}
    between = [
        relation
        for relation in read_relations(resolved)[0]
        if relation.kind != SAME_ORGANIZATION and {sides.get(relation.from_), sides.get(relation.to)} == {"left", "right"}
    ]
    return [
        f"{_source_title(content, relation)} states: "
        f"{relation_sentence(relation.kind, relation.from_, relation.to)} ({relation.record})"
        for relation in between
    ]


def _source_title(content: Catalogue, relation: StatedRelation) -> str:
    spec = content.sources.get(relation.source)
    return spec.title if spec else "this atlas’s editors" if relation.source == EDITORIAL_SOURCE else relation.source
