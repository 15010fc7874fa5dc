"""Hand-made judgements and tables of `resolved/`: members, candidates, joins and refused joins."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from overt.ledger import Judgement, Verdict
from overt.model.record_ids import canonical_id
from overt.resolve.resolution_writer import EDGES, MEMBERS, REFUSED
from overt.resolve.resolved_table_reader_and_digests import write_description
from overt.resolve.scored_pair_table import CANDIDATES

AT = "2026-11-24T12:00:00Z"


def judged(*pairs: tuple[str, str, Verdict]) -> list[Judgement]:
    """Return judgements in force, numbered from 1."""
    return [
        Judgement(number, AT, "Ada", "seen", min(left, right), max(left, right), verdict)
        for number, (left, right, verdict) in enumerate(pairs, start=1)
    ]


def resolved(
    folder: Path,
    clusters: Sequence[Sequence[str]],
    scored: Mapping[tuple[str, str], float] | None = None,
    refused: Sequence[tuple[str, str, str, str, str]] = (),
    types: Mapping[str, str] | None = None,
    joins: Sequence[tuple[str, str, str]] = (),
) -> Path:
    """Write `resolved/`: clusters, scores, refused joins (left, right, one, other, why) and joins (left, right, reason).

    The first record of a cluster is its anchor. `types`: types of records that are not organisations.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            "record": record,
            "type": (types or {}).get(record, "organization"),
            "id": canonical_id(members[0]),
            "source": record.partition(":")[0],
            "first_position": 0,
            "own_id": canonical_id(record),
        }
        for members in clusters
        for record in members
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=MEMBERS), folder / "members.parquet")
    columns = ("left", "right", "one", "other", "why")
    lines = [dict(zip(columns, line, strict=True)) | {"reason": "name", "key": "k"} for line in refused]
    edges = [{"left": left, "right": right, "reason": reason, "key": "k"} for left, right, reason in joins]
    pq.write_table(pa.Table.from_pylist(edges, schema=EDGES), folder / "edges.parquet")
    pq.write_table(pa.Table.from_pylist(lines, schema=REFUSED), folder / "contradictions.parquet")
    if scored is not None:
        candidates = [
            {"left": left, "right": right, "probability": probability, "parts": orjson.dumps({"name": 1.5}).decode()}
            for (left, right), probability in scored.items()
        ]
        pq.write_table(pa.Table.from_pylist(candidates, schema=CANDIDATES), folder / "candidates.parquet")
    write_description(folder, "made")
    return folder
