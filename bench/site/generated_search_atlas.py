"""Generate an atlas of organisations for `bench/site/search.py`: claims, their release, and the served file."""

import sys
from itertools import pairwise
from pathlib import Path
from time import monotonic, process_time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.linkage.generated_organizations import SCHEMA, write
from bench.releases.release_scale import REPORT
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, write_parquet
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from overt.release.release_build import build_release
from overt.release.release_inputs import ReleaseInputs, SourceInput
from overt.resolve.resolution_writer import MEMBERS

EXAMPLES = (["Huawei", "华为", "华为技术有限公司"], ["Hikvision", "海康威视"], ["ZTE", "中兴", "中兴通讯"])
"""Names of well-known organisations. They are added to the generated names, because everyone searches for them."""
_SOURCES = {"us_dod_1260h": ("register_a", "register_b"), "us_fcc_covered": ("register_c", "list_d")}
_DATE = "2026-11-24"
_CLAIMS = """
WITH property_value AS (
    SELECT record, 'name' AS property, unnest(names) AS value FROM record
    UNION ALL SELECT record, 'country', unnest(countries) FROM record
    UNION ALL SELECT record, 'identifier', unnest(identifiers) FROM record
)
SELECT md5(record || chr(31) || property || chr(31) || value) AS claim_id, '{source}' AS source, record, 'organization' AS type,
    property, value, NULL::VARCHAR AS original, NULL::VARCHAR AS unit,
    CASE WHEN property = 'name' AND regexp_matches(value, '[一-龥]') THEN 'zh' END AS lang,
    NULL::VARCHAR AS valid_from, NULL::VARCHAR AS valid_to, 'stated' AS basis, NULL::VARCHAR AS rule, NULL::VARCHAR AS document
FROM (SELECT DISTINCT * FROM property_value WHERE record LIKE '{source}:%')
ORDER BY record, property, claim_id
"""
_EVIDENCE = """
SELECT claim_id, repeat('0', 64) AS capture, 'row=' || split_part(record, ':', 2) || ';col=' || property AS locator,
    value AS excerpt, NULL::VARCHAR AS document
FROM read_parquet({claims}) ORDER BY ALL
"""


def make(root: Path, names: int, memory: str) -> dict[str, Any]:
    """Make an atlas of `names` generated records in `root/atlas`, with its release and the served file.

    Returns what `serve_file` returns. `memory`: DuckDB's limit, such as `4GB`.

    `things.parquet` in `root` has all names of each organisation, by its `entity`, which is negative for those in EXAMPLES.
    """
    root.mkdir(parents=True, exist_ok=True)
    records = root / "records.parquet"
    _records(records, names)
    workspace = Workspace.create(root / "atlas")
    sources = []
    with connect(memory=memory, spill=root / "spill") as connection:
        connection.execute(f"CREATE TABLE record AS SELECT * FROM {quote_literal(records)}")
        for source in _SOURCES:
            claims, evidence = root / f"{source}.parquet", root / f"{source}-evidence.parquet"
            write_parquet(connection, _CLAIMS.format(source=source), claims)
            write_parquet(connection, _EVIDENCE.format(claims=quote_literal(claims)), evidence)
            sources.append(SourceInput(source, "bench", _DATE, claims, evidence, REPORT))
        things = "SELECT entity, list_distinct(flatten(list(names))) AS names FROM record GROUP BY entity ORDER BY entity"
        write_parquet(connection, things, root / "things.parquet")
    _members(records, root / "members.parquet")
    build_release(ReleaseInputs(sources, [], root / "members.parquet"), workspace.content, workspace.releases, memory=memory)
    return serve_file(workspace)


def serve_file(workspace: Workspace) -> dict[str, Any]:
    """Make the served file of the newest release.

    Returns its path, the wall-clock and processor seconds for all steps together, and the wall-clock seconds for the tables of
    the search and for the database indexes.
    """
    begin, cpu = monotonic(), process_time()
    steps: list[tuple[str, float]] = []

    def progress(step: str, share: float | None = None) -> None:
        if step not in dict(steps):
            steps.append((step, monotonic()))
            print(f"  {steps[-1][1] - begin:6.1f} s  {step}", file=sys.stderr, flush=True)

    prepared = prepare(ServeSettings(workspace), progress)
    end = monotonic()
    seconds = {name: round(after - at, 1) for (name, at), (_, after) in pairwise([*steps, ("", end)])}
    return {
        "database": str(prepared.database),
        "seconds_to_make_the_file": round(end - begin, 1),
        "cpu_seconds_to_make_the_file": round(process_time() - cpu, 1),
        "of_which_search": seconds.get("search", 0.0),
        "of_which_indexes": seconds.get("indexes", 0.0),
    }


def _records(path: Path, names: int) -> None:
    """Write the generated records and the examples. The names of their sources are replaced with those of packaged sources."""
    generated = path.with_suffix(".made")
    write(names, generated)
    table = pq.read_table(generated)
    renamed = {old: new for new, olds in _SOURCES.items() for old in olds}
    examples = [
        {"record": f"list_d:example-{number}", "source": "list_d", "names": example} for number, example in enumerate(EXAMPLES)
    ]
    rows = [
        {"type": "organization", "countries": ["CN"], "identifiers": [], "entity": -1 - at, **row}
        for at, row in enumerate(examples)
    ]
    table = pa.concat_tables([table, pa.Table.from_pylist(rows, schema=SCHEMA)])
    ids = [
        f"{renamed[source]}:{record.partition(':')[2]}"
        for source, record in zip(*_columns(table, "source", "record"), strict=True)
    ]
    pq.write_table(table.set_column(0, "record", pa.array(ids)), path)
    generated.unlink()


def _members(records: Path, path: Path) -> None:
    table = pq.read_table(records, columns=["record", "type", "entity"]).sort_by(
        [("entity", "ascending"), ("record", "ascending")]
    )
    anchors: dict[int, str] = {}
    rows: list[tuple[Any, ...]] = []
    for record, kind, entity in zip(*_columns(table, "record", "type", "entity"), strict=True):
        identity = anchors.get(entity) or anchors.setdefault(entity, canonical_id(record))
        rows.append((record, kind, identity, record.partition(":")[0], 0, canonical_id(record)))
    columns = [pa.array(column, field.type) for column, field in zip(zip(*sorted(rows), strict=True), MEMBERS, strict=True)]
    pq.write_table(pa.Table.from_arrays(columns, schema=MEMBERS), path)


def _columns(table: pa.Table, *names: str) -> list[list[Any]]:
    return [table[name].to_pylist() for name in names]
