"""Who is who on disk: `resolved/`, which can be made again at any time."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.atomic_files import atomic_path, remove_leftovers
from overt.model.record_ids import canonical_id
from overt.resolve.clusters import Edge
from overt.resolve.relation_table import Stated, relations_table
from overt.resolve.resolver import Resolution
from overt.resolve.review.review_queue import candidates_table

_MEMBERS: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in ("record", "type", "id", "source")]
MEMBERS = pa.schema([*_MEMBERS, ("first_position", pa.int64()), ("own_id", pa.string())])
_EDGE: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in Edge._fields]
EDGES = pa.schema(_EDGE)
_APART: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in ("one", "other", "why", "by")]
REFUSED = pa.schema([*_EDGE, *_APART, ("path", pa.list_(pa.struct(_EDGE)))])
"""`resolved/contradictions.parquet`: the edge that was refused, and what `overt.resolve.clusters.Contradiction` says of it."""


def write_resolution(folder: Path, resolution: Resolution, fingerprint: str, stated: Sequence[Stated] = ()) -> None:
    """Replace `resolved/` as a whole. `stated`: the relations between organisations that sources and editors state."""
    remove_leftovers(folder.parent)
    columns = list(zip(*resolution.members, strict=True)) or [()] * 5
    sizes = Counter(identity for _, _, identity, *_ in resolution.members)
    own = [
        identity if sizes[identity] == 1 else canonical_id(record)  # alone in its cluster, a record is its anchor
        for record, _, identity, *_ in resolution.members
    ]
    members = pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip([*columns, own], MEMBERS, strict=True)], schema=MEMBERS
    )
    edges = pa.Table.from_pylist([edge._asdict() for edge in sorted(resolution.edges)], schema=EDGES)
    refused = pa.Table.from_pylist(
        [
            {**found.edge._asdict(), **found._asdict(), "path": [step._asdict() for step in found.path]}
            for found in sorted(resolution.contradictions)
        ],
        schema=REFUSED,
    )
    with atomic_path(folder) as temporary:
        temporary.mkdir()
        pq.write_table(members, temporary / "members.parquet", compression="zstd")
        pq.write_table(edges, temporary / "edges.parquet", compression="zstd")
        pq.write_table(refused, temporary / "contradictions.parquet", compression="zstd")
        scored = candidates_table((held.left, held.right, held.probability, held.same, held.parts) for held in resolution.scored)
        pq.write_table(scored, temporary / "candidates.parquet", compression="zstd")
        pq.write_table(resolution.aliases, temporary / "aliases.parquet", compression="zstd")
        pq.write_table(relations_table(resolution, stated), temporary / "relations.parquet", compression="zstd")
        (temporary / "resolution.json").write_bytes(orjson.dumps({"fingerprint": fingerprint}))
        if folder.exists():
            folder.rename(temporary.with_name(temporary.name + "-old"))
    remove_leftovers(folder.parent)


def resolved_fingerprint(folder: Path) -> str | None:
    """What `resolved/` was made from; nothing when it is not there."""
    path = folder / "resolution.json"
    return str(orjson.loads(path.read_bytes())["fingerprint"]) if path.is_file() else None
