"""Builds a release: writes all tables into a temporary directory, then renames it."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa

from overt.importing.snapshot_and_source_selection import EDITION_PREFIX
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, quote_literal, write_parquet
from overt.model.files.atomic_writes import atomic_write, remove_leftovers, sync_directory, sync_file
from overt.model.progress import Progress, no_progress, with_shares, within_step
from overt.model.source import SourceSpec
from overt.release.answers.answer_tables import write_answer_tables
from overt.release.blocklist_and_domain_tables import write_observation_tables
from overt.release.corrections.corrections_table import register_corrections
from overt.release.corrections.withheld_records import leave_out_withheld, reference_properties
from overt.release.denials.denial_weighing import weigh_denials
from overt.release.denials.denied_project_status import add_denied_statuses
from overt.release.figures.figure_tables import write_figure_tables
from overt.release.findings.finding_tables import write_finding_table
from overt.release.flat_projects import write_flat_projects
from overt.release.ids_of_records_renamed_by_sources import renamed_records
from overt.release.measurement_tables import write_measurement_tables
from overt.release.overlaps.source_overlaps_and_estimates import write_overlap_tables
from overt.release.release_folders import LATEST, MANIFEST
from overt.release.release_inputs import ReleaseInputs, SourceInput
from overt.release.release_integrity import verify_release
from overt.release.release_manifest import make_manifest, manifest_bytes, release_date, release_id
from overt.release.release_sql import release_query
from overt.release.source_independence.claim_documents import create_claim_documents
from overt.release.source_recency import ArchivedDay, rank_recency
from overt.release.spans.span_table import write_span_table
from overt.release.tables_derived_from_claims import aliases_query, write_derived_tables

_SHARES = {
    "claims": 0.0, "evidence": 0.06, "members": 0.09, "values and records": 0.11, "changes": 0.32, "spans": 0.325,
    "observations": 0.34, "overlaps": 0.42, "answers": 0.43, "flat projects": 0.45, "figures": 0.46, "manifest": 0.99,
}  # fmt: skip
"""Share of the total processor time that has passed when each step begins, measured on a release of all shipped sources."""
_CLAIM_COLUMNS = (
    "claim_id, source, record, type, property, value, original, unit, lang, valid_from, valid_to, basis, rule, document"
)
_LEDGER_ENTRY = """(
    SELECT 'entry-' || lpad(max(split_part(e.locator, '=', 2)::INTEGER)::VARCHAR, 9, '0')
    FROM editorial_evidence AS e
    WHERE e.claim_id = editorial.claim_id
)"""
"""SQL for the snapshot of an editorial claim: its last ledger entry."""
NO_JOINS = """(SELECT '' AS "left", '' AS "right", '' AS reason, '' AS "key" WHERE false)"""
NO_SCORES = """(SELECT '' AS "left", '' AS "right", 0.0::DOUBLE AS probability, false AS same WHERE false)"""


def build_release(
    inputs: ReleaseInputs,
    content: Catalogue,
    releases: Path,
    *,
    memory: str = "4GB",
    threads: int | None = None,
    progress: Progress = no_progress,
    announce: Callable[[str, dict[str, Any]], None] = lambda release, manifest: None,
) -> str:
    """Make the release of these inputs, point `latest` to it, and return its id.

    With the same content, code and libraries, equal inputs produce equal bytes. A release that exists already stays, unless its
    files are damaged, and becomes the newest of its day. `memory` and `threads` are passed to `connect`. `announce` is called
    with the id and manifest before the release is published. Unfinished files of killed runs in `releases` are removed, so the
    caller must hold the lock.
    """
    progress = with_shares(progress, _SHARES)
    remove_leftovers(releases)
    releases.mkdir(parents=True, exist_ok=True)
    folder = releases / ".tmp-release"
    spill = releases / ".tmp-spill"
    try:
        tables = folder / "tables"
        tables.mkdir(parents=True)
        with connect(threads=threads, memory=memory, spill=spill) as connection:
            rows = _write_tables(connection, inputs, content, tables, progress)
        progress("manifest")
        manifest = make_manifest(inputs, content, folder, rows)
        (folder / MANIFEST).write_bytes(manifest_bytes(manifest))
        identity = release_id(manifest)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                sync_file(path)
        announce(identity, manifest)
        _publish(folder, releases / identity)
        _point_latest(releases / LATEST, f"{identity}\n".encode())
        return identity
    finally:
        remove_leftovers(releases)


def _publish(temporary: Path, folder: Path) -> None:
    """Rename the release folder to its id. An existing release stays if its files are intact."""
    if folder.exists() and next(verify_release(folder), None) is None:
        os.utime(folder)  # This makes the release the newest of its day.
        return
    if folder.exists():
        folder.rename(temporary.with_name(f"{temporary.name}-damaged"))
    temporary.rename(folder)
    sync_directory(folder.parent)


def _point_latest(latest: Path, name: bytes) -> None:
    if not latest.is_file() or latest.read_bytes() != name:
        atomic_write(latest, name)


def _write_tables(
    connection: duckdb.DuckDBPyConnection, inputs: ReleaseInputs, content: Catalogue, tables: Path, progress: Progress
) -> dict[str, int]:
    for view in ("members", "all_members"):
        create_parquet_view(connection, view, inputs.members)
    retracted = pa.array([retraction["target"] for retraction in inputs.retractions], pa.string())
    connection.register("retracted", pa.table({"target": retracted}))
    connection.register("record_properties", reference_properties(content))
    connection.register("renamed_records", renamed_records(content))
    connection.register("editorial", inputs.editorial)
    connection.register("editorial_evidence", inputs.editorial_evidence)
    claims, evidence = _claims_query(inputs.sources), _evidence_query(inputs.sources)
    leave_out_withheld(connection, inputs, claims=claims, evidence=evidence)
    rows: dict[str, int] = {}

    def write(name: str, query: str) -> None:
        progress(name)
        rows[name] = write_parquet(connection, query, tables / f"{name}.parquet")
        if name != "members":  # The next queries need the resolved members, which have more columns.
            create_parquet_view(connection, name, tables / f"{name}.parquet")

    write("claims", release_query("claims.claims", claims=claims))
    create_parquet_view(connection, "claims_out", tables / "claims.parquet")
    write("evidence", release_query("claims.evidence", evidence=evidence))
    rows |= add_denied_statuses(connection, tables / "claims.parquet", tables / "evidence.parquet")
    create_claim_documents(connection)
    weigh_denials(connection, content, tables / "claims.parquet", sorted({*_recency(inputs.sources), *content.sources}))
    write("members", release_query("members_and_merges.members"))
    write("redirects", release_query("members_and_merges.redirects"))
    write("aliases", aliases_query(connection))
    joins = f"read_parquet({quote_literal(inputs.joins)})" if inputs.joins else NO_JOINS
    write("joins", release_query("members_and_merges.joins", edges=joins))
    scores = f"read_parquet({quote_literal(inputs.candidates)})" if inputs.candidates else NO_SCORES
    write("scores", release_query("members_and_merges.scores", candidates=scores))
    values_progress = within_step(progress, "values and records", _SHARES["values and records"], _SHARES["changes"])
    day = date.fromisoformat(release_date(inputs))
    rows |= write_derived_tables(connection, content, tables, _recency(inputs.sources), day, progress=values_progress)
    write("changes", _changes_query(inputs.sources))
    _register_input_rows(connection, inputs, content)
    write("sources", "SELECT * FROM source_rows ORDER BY source")
    progress("spans")
    rows |= write_span_table(connection, content, tables, day)
    write("captures", "SELECT * FROM capture_rows ORDER BY sha256, source, snapshot, role, name")
    write("judgements", release_query("members_and_merges.judgements"))
    write("retractions", release_query("members_and_merges.retractions"))
    register_corrections(connection, inputs)
    connection.execute(f"CREATE TEMP TABLE withheld_rows AS {release_query('corrections_and_withheld_records.withheld')}")
    write("withheld", "FROM withheld_rows ORDER BY id")
    write("corrections", release_query("corrections_and_withheld_records.corrections"))
    create_parquet_view(connection, "members", tables / "members.parquet")
    progress("observations")
    rows |= write_observation_tables(connection, content, tables, inputs.sources)
    rows |= write_measurement_tables(connection, content, tables, inputs.sources)
    progress("overlaps")
    rows |= write_overlap_tables(connection, content, tables)
    progress("answers")
    rows |= write_answer_tables(connection, content, tables)
    progress("flat projects")
    rows |= write_flat_projects(connection, content, tables, day)
    figures_progress = within_step(progress, "figures", _SHARES["figures"], _SHARES["manifest"])
    rows |= write_figure_tables(connection, content, tables, day, progress=figures_progress)
    return rows | write_finding_table(connection, content, tables, day)


def _recency(sources: Sequence[SourceInput]) -> dict[str, int]:
    return rank_recency(ArchivedDay(source.source, source.position, source.retrieved) for source in sources)


def _union(parts: Sequence[str]) -> str:
    return "(" + " UNION ALL ".join(parts) + ")"


def _claims_query(sources: Sequence[SourceInput]) -> str:
    parts = [
        f"SELECT {_CLAIM_COLUMNS}, {quote_literal(source.snapshot)} AS snapshot FROM read_parquet({quote_literal(source.claims)})"
        for source in sources
    ]
    return _union([*parts, f"SELECT {_CLAIM_COLUMNS}, {_LEDGER_ENTRY} AS snapshot FROM editorial"])


def _evidence_query(sources: Sequence[SourceInput]) -> str:
    parts = [f"SELECT * FROM read_parquet({quote_literal(source.evidence)})" for source in sources]
    return _union([*parts, "SELECT * FROM editorial_evidence"])


def _changes_query(sources: Sequence[SourceInput]) -> str:
    pairs = [(source.previous, source.claims) for source in sources if source.previous]
    old = [f"SELECT {_CLAIM_COLUMNS} FROM read_parquet({quote_literal(previous)})" for previous, _ in pairs]
    new = [f"SELECT {_CLAIM_COLUMNS} FROM read_parquet({quote_literal(claims)})" for _, claims in pairs]
    no_claims = f"SELECT {_CLAIM_COLUMNS} FROM editorial WHERE false"
    return release_query("claims.changes", before=_union([*old, no_claims]), after=_union([*new, no_claims]))


def _register_input_rows(connection: duckdb.DuckDBPyConnection, inputs: ReleaseInputs, content: Catalogue) -> None:
    """Register the rows of `sources`, with counts from the import report, and of `captures`, `judgements` and `retractions`."""
    source_rows = []
    recency = _recency(inputs.sources)
    for source in inputs.sources:
        spec = content.sources[source.source]
        source_rows.append(
            {
                **{name: getattr(spec, name) for name in ("title", "publisher", "address", "licence", "attribution", "reuse")},
                "source": source.source,
                "covers": spec.covers,
                "not_covered": spec.not_covered,
                "own": spec.own,
                "licence_url": spec.licence_url,
                "snapshot": source.snapshot,
                "retrieved": source.retrieved,
                "recency": recency[source.source],
                **{name: source.report[name] for name in _ACCOUNT_COLUMNS},
                **_as_shipped(spec, source.snapshot, source.report["part"], inputs),
                "out_of_scope_by_rule": orjson.dumps(
                    [
                        {"rule": rule, "meaning": spec.scope.get(rule, ""), "rows": count}
                        for rule, count in source.report["out_of_scope_by_rule"].items()
                    ]
                ).decode(),
            }
        )
    tables = {
        "source_rows": (source_rows, _SOURCES),
        "capture_rows": ([vars(capture) for capture in inputs.captures], _CAPTURES),
        "judgement_rows": ([dict(judgement) for judgement in inputs.judgements], _JUDGEMENTS),
        "retraction_rows": ([dict(retraction) for retraction in inputs.retractions], _RETRACTIONS),
    }
    for name, (rows, schema) in tables.items():
        connection.register(name, pa.Table.from_pylist(rows, schema=schema))


def _as_shipped(spec: SourceSpec, snapshot: str, part: str | None, inputs: ReleaseInputs) -> dict[str, str | None]:
    """Return `transcribed` (the note on how a snapshot's files were transcribed) and `part` (the part of the data in them).

    A shipped edition can differ from the publisher's own files in both.
    """
    captures = [capture for capture in inputs.captures if (capture.source, capture.snapshot) == (spec.slug, snapshot)]
    shipped = bool(captures) and captures[0].address.startswith(EDITION_PREFIX)
    edition = spec.edition if shipped else None
    return {
        "transcribed": (edition.transcribed if edition else None) or spec.transcribed,
        "part": (edition.part if edition else None) or part,
    }


def _schema(**columns: str) -> pa.Schema:
    types = {"text": pa.string(), "count": pa.int64(), "flag": pa.bool_()}
    return pa.schema([pa.field(name, types[kind]) for name, kind in columns.items()])


_ACCOUNT_COLUMNS = (
    "as_of", "as_of_said", "part", "suppliers", "other_edition", "rows_read", "imported", "out_of_scope", "problems", "claims",
)  # fmt: skip
"""Columns of `sources` that come from the import report."""
_SOURCES = _schema(
    source="text", title="text", publisher="text", address="text", licence="text", licence_url="text", attribution="text",
    reuse="text", transcribed="text", own="flag", covers="text", not_covered="text", snapshot="text", retrieved="text",
    recency="count", as_of="text", as_of_said="text", part="text", suppliers="text", other_edition="text", rows_read="count",
    imported="count", out_of_scope="count", problems="count", claims="count", out_of_scope_by_rule="text",
)  # fmt: skip
_CAPTURES = _schema(
    sha256="text", source="text", role="text", name="text", address="text", retrieved="text", snapshot="text", licence="text",
    bytes="count",
)  # fmt: skip
_JUDGEMENTS = _schema(sequence="count", at="text", why="text", verdict="text", left="text", right="text")
_RETRACTIONS = _schema(sequence="count", at="text", why="text", target="text")
