"""How organisations stand to each other: what sources and editors state, and what the machine proposes.

`resolved/relations.parquet` holds both. A proposal is no claim: it becomes a record when a person accepts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import orjson
import pyarrow as pa

from overt.model.duckdb_connection import sql
from overt.resolve.resolved_tables import read_rows

if TYPE_CHECKING:
    from overt.resolve.relations import Verdict
    from overt.resolve.resolver import Inputs, Resolution
    from overt.resolve.scored_pair import Scored

_SQL = files("overt") / "resolve" / "review" / "sql"
_TEXTS: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in ("from", "kind", "to", "record", "parts")]
RELATIONS = pa.schema([*_TEXTS, ("probability", pa.float64())])
"""`resolved/relations.parquet`; `from` and `to` are source records. Stated: `record` is the relation's own. Proposed:
`probability` is that of the kind, `parts` a JSON list of clues (`name`, `words`, `bits`).
"""


class Stated(NamedTuple):
    """A relation that a source or an editor states; its ends are source records."""

    from_: str
    kind: str
    to: str
    record: str
    """The relation's own record; its source is the one that states it."""

    @property
    def source(self) -> str:
        """Who states it."""
        return self.record.partition(":")[0]


class Proposal(NamedTuple):
    """A relation that the machine holds for likely. Of a parent and its subsidiary it is told as `parent`, from below."""

    from_: str
    kind: str
    to: str
    probability: float
    """Of the kind, among all ways in which the two may stand to each other."""
    parts: tuple[Mapping[str, Any], ...]
    """Clues (`name`, `words`, `bits`): what speaks for the kind, in bits against the mean of all kinds."""

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, sorted."""
        return min(self.from_, self.to), max(self.from_, self.to)


def stated_relations(inputs: "Inputs", connection: duckdb.DuckDBPyConnection) -> list[Stated]:
    """The relations that stand, sorted. The connection has the table `editorial` where there are editorial claims."""
    from overt.resolve.resolver import claims_query

    claims = claims_query(inputs, connection)
    if not claims:
        return []
    connection.register("taken_back", pa.table({"target": pa.array(sorted(inputs.retracted), pa.string())}))
    standing = "AND claim_id NOT IN (FROM taken_back) AND record NOT IN (FROM taken_back)" if inputs.retracted else ""
    return [Stated(*row) for row in connection.execute(sql(_SQL, "stated", {"claims": claims, "standing": standing})).fetchall()]


def proposed(left: str, right: str, verdict: "Verdict") -> Proposal | None:
    """The relation that a verdict on two records proposes, if any."""
    if (held := verdict.relation(left, right)) is None:
        return None
    ends = (held.to, "parent", held.from_) if held.kind == "subsidiary" else held
    return Proposal(*ends, verdict.probability, clues_of(verdict))


def clues_of(verdict: "Verdict") -> tuple[Mapping[str, Any], ...]:
    """The clues of a verdict as plain data."""
    return tuple({"name": part.clue, "words": part.level, "bits": part.bits} for part in verdict.parts)


def proposals(scored: Iterable["Scored"], ids: Mapping[str, str], stated: Iterable[Stated]) -> list[Proposal]:
    """The likeliest relation of every two things of which none is stated, sorted by pair; `ids`: record → its thing.

    Of two records that are one thing a rename is proposed and nothing else.
    """
    known = {_things(held.from_, held.to, ids) for held in stated}
    found: dict[tuple[str, str], Proposal] = {}
    for pair in scored:
        held = proposed(pair.left, pair.right, pair.kin) if pair.kin is not None else None
        if held is None or (ids[pair.left] == ids[pair.right] and held.kind != "renamed"):
            continue
        things = _things(*held.pair, ids)
        if things in known:
            continue
        before = found.get(things)
        if before is None or (-held.probability, held.pair) < (-before.probability, before.pair):
            found[things] = held
    return sorted(found.values(), key=lambda held: held.pair)


def relations_table(resolution: "Resolution", stated: Sequence[Stated]) -> pa.Table:
    """What is stated and what is proposed, as RELATIONS has it."""
    ids = {record: identity for record, _, identity, *_ in resolution.members}
    rows: list[dict[str, Any]] = [
        {"from": held.from_, "kind": held.kind, "to": held.to, "record": held.record} for held in stated
    ]
    for held in proposals(resolution.scored, ids, stated):
        said = {"from": held.from_, "kind": held.kind, "to": held.to, "probability": held.probability}
        rows.append(said | {"parts": orjson.dumps(held.parts).decode()})
    return pa.Table.from_pylist(rows, schema=RELATIONS)


def read_relations(resolved: Path) -> tuple[list[Stated], list[Proposal]]:
    """What `overt resolve` left; nothing where it has not run. Raises OvertError for a table that cannot be used."""
    stated, found = [], []
    for row in read_rows(resolved / "relations.parquet", RELATIONS.names):
        ends = row["from"], row["kind"], row["to"]
        if row["record"] is not None:
            stated.append(Stated(*ends, row["record"]))
        else:
            found.append(Proposal(*ends, row["probability"], tuple(orjson.loads(row["parts"]))))
    return stated, found


def _things(one: str, other: str, ids: Mapping[str, str]) -> tuple[str, str]:
    first, second = ids.get(one, one), ids.get(other, other)
    return min(first, second), max(first, second)
