"""Making a release: all tables into a temporary directory, then one rename."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import orjson
import pyarrow as pa

from overt.importing.snapshots import EDITION_PREFIX
from overt.model.atomic_files import atomic_write, remove_leftovers, sync_directory, sync_file
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, quote_literal, sql, write_parquet
from overt.model.source import SourceSpec
from overt.release.observation_tables import write_observed
from overt.release.derived_tables import SQL, aliases_of, derive, properties_of, view
from overt.release.figures.figure_tables import run_figures
from overt.release.release_inputs import ReleaseInputs, SourceInput
from overt.release.release_manifest import make_manifest, manifest_bytes, release_id
from overt.release.measurement_tables import write_measured
from overt.release.overlaps.source_overlaps import write_overlaps
from overt.release.release_folders import LATEST, MANIFEST
from overt.release.release_verification import verify_release

Progress = Callable[[str], None]
_CLAIM = "claim_id, source, record, type, property, value, original, unit, lang, valid_from, valid_to, basis, rule, document"
_ENTRY = """(
    SELECT 'entry-' || lpad(max(split_part(e.locator, '=', 2)::INTEGER)::VARCHAR, 9, '0')
    FROM editorial_evidence AS e
    WHERE e.claim_id = editorial.claim_id
)"""
"""What stands for the snapshot of an editorial claim: its last entry in the ledger."""
NO_JOINS = """(SELECT '' AS "left", '' AS "right", '' AS reason, '' AS "key" WHERE false)"""
NO_SCORES = """(SELECT '' AS "left", '' AS "right", 0.0::DOUBLE AS probability, false AS same WHERE false)"""


def build_release(
    inputs: ReleaseInputs,
    content: Catalogue,
    releases: Path,
    *,
    memory: str = "4GB",
    threads: int | None = None,
    progress: Progress = lambda step: None,
) -> str:
    """Make the release of these inputs, unless it is there already, and return its id. Equal inputs give equal bytes."""
    remove_leftovers(releases)
    releases.mkdir(parents=True, exist_ok=True)
    folder = releases / ".tmp-release"
    spill = releases / ".tmp-spill"
    try:
        tables = folder / "tables"
        tables.mkdir(parents=True)
        with connect(threads=threads, memory=memory, spill=spill) as connection:
            rows = _tables(connection, inputs, content, tables, progress)
        progress("manifest")
        manifest = make_manifest(inputs, content, folder, rows)
        (folder / MANIFEST).write_bytes(manifest_bytes(manifest))
        identity = release_id(manifest)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                sync_file(path)
        _put(folder, releases / identity)
        _point(releases / LATEST, f"{identity}\n".encode())
        return identity
    finally:
        remove_leftovers(releases)


def _put(made: Path, place: Path) -> None:
    """Give the release its name. One that is there already stays, unless its bytes are no longer those it was made with."""
    if place.exists() and next(verify_release(place), None) is None:
        os.utime(place)  # the one made last is the newest of its day
        return
    if place.exists():
        place.rename(made.with_name(f"{made.name}-damaged"))
    made.rename(place)
    sync_directory(place.parent)


def _point(latest: Path, name: bytes) -> None:
    """Let `latest` name this release, unless it does."""
    if not latest.is_file() or latest.read_bytes() != name:
        atomic_write(latest, name)


def _tables(
    connection: duckdb.DuckDBPyConnection, inputs: ReleaseInputs, content: Catalogue, tables: Path, progress: Progress
) -> dict[str, int]:
    view(connection, "members", inputs.members)
    connection.register("retracted", pa.table({"target": pa.array([held["target"] for held in inputs.retractions], pa.string())}))
    connection.register("record_properties", properties_of(content, "record"))
    connection.register("editorial", inputs.editorial)
    connection.register("editorial_evidence", inputs.editorial_evidence)
    rows: dict[str, int] = {}

    def write(name: str, query: str) -> None:
        progress(name)
        rows[name] = write_parquet(connection, query, tables / f"{name}.parquet")
        if name != "members":  # while it is made, SQL sees the resolution, which has more columns
            view(connection, name, tables / f"{name}.parquet")

    write("claims", sql(SQL, "claims", {"claims": _union(inputs.sources)}))
    view(connection, "claims_out", tables / "claims.parquet")
    write("evidence", sql(SQL, "evidence", {"evidence": _evidence(inputs.sources)}))
    write("members", sql(SQL, "members"))
    write("redirects", sql(SQL, "redirects"))
    write("aliases", aliases_of(connection))
    joins = f"read_parquet({quote_literal(inputs.joins)})" if inputs.joins else NO_JOINS
    write("joins", sql(SQL, "joins", {"edges": joins}))
    scores = f"read_parquet({quote_literal(inputs.candidates)})" if inputs.candidates else NO_SCORES
    write("scores", sql(SQL, "scores", {"candidates": scores}))
    progress("values and records")
    rows |= derive(connection, content, tables, {held.source: held.retrieved for held in inputs.sources})
    write("changes", _changes(inputs.sources))
    _plain(connection, inputs, content)
    write("sources", "SELECT * FROM source_rows ORDER BY source")
    write("captures", "SELECT * FROM capture_rows ORDER BY sha256, source, snapshot, role, name")
    write("judgements", "SELECT * FROM judgement_rows ORDER BY sequence")
    write("retractions", "SELECT * FROM retraction_rows ORDER BY sequence")
    view(connection, "members", tables / "members.parquet")
    progress("observations")
    rows |= write_observed(connection, content, tables, inputs.sources)
    rows |= write_measured(connection, content, tables, inputs.sources)
    progress("overlaps")
    rows |= write_overlaps(connection, content, tables)
    progress("figures")
    rows |= run_figures(connection, content, tables)
    return rows


def _union(sources: Sequence[SourceInput]) -> str:
    parts = [
        f"SELECT {_CLAIM}, {quote_literal(held.snapshot)} AS snapshot FROM read_parquet({quote_literal(held.claims)})"
        for held in sources
    ]
    return "(" + " UNION ALL ".join([*parts, f"SELECT {_CLAIM}, {_ENTRY} AS snapshot FROM editorial"]) + ")"


def _evidence(sources: Sequence[SourceInput]) -> str:
    parts = [f"SELECT * FROM read_parquet({quote_literal(held.evidence)})" for held in sources]
    return "(" + " UNION ALL ".join([*parts, "SELECT * FROM editorial_evidence"]) + ")"


def _changes(sources: Sequence[SourceInput]) -> str:
    old = [f"SELECT {_CLAIM} FROM read_parquet({quote_literal(held.previous)})" for held in sources if held.previous]
    new = [f"SELECT {_CLAIM} FROM read_parquet({quote_literal(held.claims)})" for held in sources if held.previous]
    none = f"SELECT {_CLAIM} FROM editorial WHERE false"
    return sql(
        SQL,
        "changes",
        {"before": "(" + " UNION ALL ".join([*old, none]) + ")", "after": "(" + " UNION ALL ".join([*new, none]) + ")"},
    )


def _plain(connection: duckdb.DuckDBPyConnection, inputs: ReleaseInputs, content: Catalogue) -> None:
    """Tables that are lists already: sources with the account of their rows, captures, judgements, retractions."""
    described = []
    for held in inputs.sources:
        spec = content.sources[held.source]
        described.append(
            {
                **{name: getattr(spec, name) for name in ("title", "publisher", "address", "licence", "attribution", "reuse")},
                "transcribed": _transcribed(spec, held.snapshot, inputs),
                "source": held.source,
                "covers": spec.covers,
                "not_covered": spec.not_covered,
                "own": spec.own,
                "licence_url": spec.licence_url,
                "snapshot": held.snapshot,
                "retrieved": held.retrieved,
                **{name: held.report[name] for name in _ACCOUNT},
                "out_of_scope_by_rule": orjson.dumps(
                    [
                        {"rule": rule, "meaning": spec.scope.get(rule, ""), "rows": count}
                        for rule, count in held.report["out_of_scope_by_rule"].items()
                    ]
                ).decode(),
            }
        )
    connection.register("source_rows", pa.Table.from_pylist(described, schema=_SOURCES))
    connection.register("capture_rows", pa.Table.from_pylist([vars(capture) for capture in inputs.captures], schema=_CAPTURES))
    connection.register("judgement_rows", pa.Table.from_pylist([dict(held) for held in inputs.judgements], schema=_JUDGEMENTS))
    connection.register("retraction_rows", pa.Table.from_pylist([dict(held) for held in inputs.retractions], schema=_RETRACTIONS))


def _transcribed(spec: SourceSpec, snapshot: str, inputs: ReleaseInputs) -> str | None:
    """How the files of a snapshot came to be what they are: what Overt ships is not written as the publisher's own are."""
    stands = [held for held in inputs.captures if (held.source, held.snapshot) == (spec.slug, snapshot)]
    shipped = bool(stands) and stands[0].address.startswith(EDITION_PREFIX)
    return (spec.edition.transcribed if shipped and spec.edition else None) or spec.transcribed


def _schema(**columns: str) -> pa.Schema:
    kinds = {"text": pa.string(), "count": pa.int64(), "flag": pa.bool_()}
    return pa.schema([pa.field(name, kinds[kind]) for name, kind in columns.items()])


_ACCOUNT = (
    "as_of",
    "as_of_said",
    "part",
    "suppliers",
    "other_edition",
    "rows_read",
    "imported",
    "out_of_scope",
    "problems",
    "claims",
)
_SOURCES = _schema(
    source="text", title="text", publisher="text", address="text", licence="text", licence_url="text", attribution="text",
    reuse="text", transcribed="text", own="flag", covers="text", not_covered="text", snapshot="text", retrieved="text",
    as_of="text", as_of_said="text", part="text", suppliers="text", other_edition="text", rows_read="count", imported="count",
    out_of_scope="count", problems="count", claims="count", out_of_scope_by_rule="text",
)  # fmt: skip
_CAPTURES = _schema(
    sha256="text",
    source="text",
    role="text",
    name="text",
    address="text",
    retrieved="text",
    snapshot="text",
    licence="text",
    bytes="count",
)
_JUDGEMENTS = _schema(sequence="count", at="text", who="text", why="text", verdict="text", left="text", right="text")
_RETRACTIONS = _schema(sequence="count", at="text", who="text", why="text", target="text")
