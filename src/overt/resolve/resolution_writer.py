"""Write a resolution to disk, as the tables of `resolved/`, which can be rebuilt at any time."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.files.atomic_writes import atomic_path, remove_leftovers
from overt.model.record_ids import canonical_id
from overt.resolve.clusters import Contradiction, Edge
from overt.resolve.relations.stated_and_proposed_relations import StatedRelation, relations_table
from overt.resolve.resolved_table_reader_and_digests import write_description
from overt.resolve.resolver import Resolution
from overt.resolve.scored_pair_table import candidates_table

_MEMBERS: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in ("record", "type", "id", "source")]
MEMBERS = pa.schema([*_MEMBERS, ("first_position", pa.int64()), ("own_id", pa.string())])
"""Columns of `resolved/members.parquet`, with a row per record.

`id`: published id of its cluster. `first_position`: position of the first snapshot or editorial claim that has the record.
`own_id`: the published id that is made from this record, by which it can be looked up in any cluster.
"""
_EDGE: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in Edge._fields]
EDGES = pa.schema(_EDGE)
_SEPARATED: list[tuple[str, pa.DataType]] = [(name, pa.string()) for name in ("one", "other", "why", "by")]
REFUSED = pa.schema([*_EDGE, *_SEPARATED, ("path", pa.list_(pa.struct(_EDGE)))])
"""Columns of `resolved/contradictions.parquet`: a refused edge and the reason (`overt.resolve.clusters.Contradiction`)."""


def write_resolution(folder: Path, resolution: Resolution, fingerprint: str, stated: Sequence[StatedRelation] = ()) -> None:
    """Replace `resolved/`. `fingerprint`: fingerprint of the inputs. `stated`: relations that sources and editors state."""
    remove_leftovers(folder.parent)
    columns = list(zip(*resolution.members, strict=True)) or [()] * 5
    sizes = Counter(identity for _, _, identity, *_ in resolution.members)
    own_ids = [
        identity if sizes[identity] == 1 else canonical_id(record)  # the id of a one-record cluster is made from its record
        for record, _, identity, *_ in resolution.members
    ]
    members = pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip([*columns, own_ids], MEMBERS, strict=True)], schema=MEMBERS
    )
    edges = pa.Table.from_pylist([edge._asdict() for edge in sorted(resolution.edges)], schema=EDGES)
    refused = pa.Table.from_pylist(list(map(_refused_row, sorted(resolution.contradictions))), schema=REFUSED)
    with atomic_path(folder) as temporary:
        temporary.mkdir()
        pq.write_table(members, temporary / "members.parquet", compression="zstd")
        pq.write_table(edges, temporary / "edges.parquet", compression="zstd")
        pq.write_table(refused, temporary / "contradictions.parquet", compression="zstd")
        pq.write_table(candidates_table(resolution.scored), temporary / "candidates.parquet", compression="zstd")
        pq.write_table(resolution.aliases, temporary / "aliases.parquet", compression="zstd")
        ids = {record: identity for record, _, identity, *_ in resolution.members}
        relations = relations_table(resolution.scored, ids, stated)
        pq.write_table(relations, temporary / "relations.parquet", compression="zstd")
        write_description(temporary, fingerprint)
        if folder.exists():
            folder.rename(temporary.with_name(temporary.name + "-old"))
    remove_leftovers(folder.parent)


def _refused_row(contradiction: Contradiction) -> dict[str, object]:
    return {
        **contradiction.edge._asdict(),
        "one": contradiction.first,
        "other": contradiction.second,
        "why": contradiction.why,
        "by": contradiction.by,
        "path": [edge._asdict() for edge in contradiction.path],
    }
