"""Why two records are one thing or two: what decides, what speaks for and against in bits, and who states what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from overt.archive import Archive
from overt.ledger import Judgement, Ledger
from overt.model.duckdb_connection import connect
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import editorial_claims
from overt.resolve.explanation_text import because
from overt.resolve.names import NameForms
from overt.resolve.relation_table import Stated, clues_of, proposed, stated_relations
from overt.resolve.resolved_tables import read_rows
from overt.resolve.resolver import Inputs, claims_query, read_clues, resolve
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.members import Member, find_member
from overt.resolve.review.refused_joins import path_in_words, refused_joins
from overt.resolve.scored_pair import Scored
from overt.resolve.scorer import Scorer
from overt.resolve.step import imported_snapshots, is_current, resolve_inputs

_EDGE = ("left", "right", "reason", "key")
Pair = tuple[str, str]


@dataclass(frozen=True)
class _Sides:
    """The two records, and the records that are one thing with either."""

    one: Member
    other: Member
    members: Mapping[str, str]
    """record → published id, of both things"""


def explain(workspace: Workspace, archive: Archive, ledger: Ledger, left: str, right: str) -> dict[str, Any]:
    """Whether two source records are one thing and why, as plain data; its form is told in docs/judging.md.

    The probability and its parts come from the function that `overt resolve` runs, asked for this pair, with what the sources
    and the ledger say now. The decision is the one in `resolved/`; `current` tells whether that is of what is there now.
    Raises UsageError for a record that is not there.
    """
    sides = _sides(workspace, left, right)
    snapshots = imported_snapshots(workspace, archive)
    editorial = editorial_claims(workspace.content, ledger)
    inputs = resolve_inputs(workspace, snapshots, ledger, editorial)
    with connect(memory=workspace.settings.engine.memory) as connection:
        connection.register("editorial", editorial.claims)
        scored = _scored(workspace, inputs, connection, sides)
        clues = _clues(inputs, connection, (left, right))
        stated = [held for held in stated_relations(inputs, connection) if _is_between(held, sides)]
    people = Standing(ledger.judgements())
    edges = read_rows(workspace.resolved / "edges.parquet", _EDGE)
    forms = NameForms()
    found = {
        "left": left,
        "right": right,
        "type": sides.one.type if sides.one.type == sides.other.type else None,
        "same": sides.one.id == sides.other.id,
        "current": is_current(workspace, snapshots, ledger),
        "judgement": _judgement(people.of(left, right)),
        "path": _path(edges, left, right),
        "refused": [
            {**row, "words": path_in_words(row, people)}
            for row in refused_joins(workspace.resolved)
            if _things(row, sides) == {sides.one.id, sides.other.id}
        ],
        **_probability(scored),
        "relation": _relation(scored),
        "stated": [_stated(held, workspace) for held in stated],
        "shared": _shared(clues, forms, (left, right)),
        "countries": [sorted(clues.get((record, "country"), ())) for record in (left, right)],
    }
    return {**found, "because": because(found, types=(sides.one.type, sides.other.type), merges=_merges(workspace, sides))}


def _sides(workspace: Workspace, left: str, right: str) -> _Sides:
    one, other = find_member(workspace.resolved, left), find_member(workspace.resolved, right)
    return _Sides(one, other, _ids(workspace, pc.field("id").isin([one.id, other.id])))


def _ids(workspace: Workspace, filters: pc.Expression) -> dict[str, str]:
    """Record → published id."""
    rows = read_rows(workspace.resolved / "members.parquet", ["record", "id"], filters)
    return {row["record"]: row["id"] for row in rows}


def _merges(workspace: Workspace, sides: _Sides) -> bool:
    return workspace.content.schema.types[sides.one.type].merges


def _scored(workspace: Workspace, inputs: Inputs, connection: duckdb.DuckDBPyConnection, sides: _Sides) -> Scored | None:
    """What `overt resolve` makes of the pair, whether or not it would have come to it."""
    if sides.one.type != sides.other.type or sides.one.record == sides.other.record:
        return None
    # Who takes part in both projects hangs on who is who.
    settled = _ids(workspace, pc.field("type") == "organization") if sides.one.type == "project" else {}
    scorer = Scorer(workspace.content, asked=(sides.one.record, sides.other.record), settled=settled)
    return next(iter(resolve(inputs, NameForms(), connection, scorer).scored), None)


def _clues(inputs: Inputs, connection: duckdb.DuckDBPyConnection, pair: Pair) -> dict[tuple[str, str], list[str]]:
    """What can join or part the two records, by record and property."""
    connection.register("retracted", pa.table({"target": pa.array(sorted(inputs.retracted), pa.string())}))
    standing = "AND claim_id NOT IN (FROM retracted)" if inputs.retracted else ""
    found: dict[tuple[str, str], list[str]] = {}
    for record, _, held, value in read_clues(connection, claims_query(inputs, connection), standing):
        if record in pair:
            found.setdefault((record, held), []).append(value)
    return found


def _is_between(held: Stated, sides: _Sides) -> bool:
    """Whether a relation has its ends in the two things, or is of one of them with itself."""
    ends = {sides.members.get(held.from_), sides.members.get(held.to)}
    return ends == {sides.one.id, sides.other.id}


def _things(row: Mapping[str, Any], sides: _Sides) -> set[str | None]:
    return {sides.members.get(row["left"]), sides.members.get(row["right"])}


def _judgement(held: Judgement | None) -> dict[str, Any] | None:
    if held is None:
        return None
    said = {"entry": held.sequence, "verdict": held.verdict, "who": held.who, "at": held.at, "why": held.why}
    return {**said, "origin": vars(held.origin) if held.origin else None}


def _probability(scored: Scored | None) -> dict[str, Any]:
    if scored is None:
        return {"probability": None, "bits": None, "joins": False, "parts": []}
    parts = [{"name": part.comparison, "words": part.level, "bits": part.bits} for part in scored.parts]
    bits = round(sum(part.bits for part in scored.parts), 3)
    return {"probability": scored.probability, "bits": bits, "joins": scored.same, "parts": parts}


def _relation(scored: Scored | None) -> dict[str, Any] | None:
    """How two organisations seem to stand to each other."""
    if scored is None or scored.kin is None:
        return None
    kin = scored.kin
    held = proposed(scored.left, scored.right, kin)
    return {
        "kind": held.kind if held else kin.label,
        "from": held.from_ if held else None,
        "to": held.to if held else None,
        "probability": kin.probability,
        "parts": list(clues_of(kin)),
    }


def _stated(held: Stated, workspace: Workspace) -> dict[str, Any]:
    spec = workspace.content.sources.get(held.source)
    title = spec.title if spec else "this atlas’s editors" if held.source == "editorial" else held.source
    ends = {"from": held.from_, "kind": held.kind, "to": held.to}
    return {**ends, "record": held.record, "source": held.source, "title": title}


def _shared(clues: Mapping[tuple[str, str], Sequence[str]], forms: NameForms, pair: Pair) -> dict[str, list[str]]:
    """Names and identifiers that both have; a name as the first of the two writes it."""
    names: list[dict[str, str]] = []
    held: list[set[str]] = []
    for record in pair:
        called = [name for kind in ("name", "alias") for name in clues.get((record, kind), ())]
        names.append({key: name for name in reversed(called) if (key := forms.key(name))})
        held.append({value for (of, kind), values in clues.items() if of == record and kind in _KEYS for value in values})
    return {
        "names": [names[0][key] for key in sorted(names[0].keys() & names[1].keys())],
        "identifiers": sorted(held[0] & held[1]),
    }


_KEYS = ("identifier", "url")


def _path(edges: Sequence[dict[str, str]], left: str, right: str) -> list[dict[str, str]]:
    """The shortest chain of joins from one record to the other; empty where there is none."""
    near: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for edge in edges:
        near.setdefault(edge["left"], []).append((edge["right"], edge))
        near.setdefault(edge["right"], []).append((edge["left"], edge))
    paths: dict[str, list[dict[str, str]]] = {left: []}
    queue = [left]
    for record in queue:
        for other, edge in near.get(record, []):
            if other not in paths:
                paths[other] = [*paths[record], edge]
                queue.append(other)
    return paths.get(right, [])
