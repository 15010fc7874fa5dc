"""Recomputes a release from the archive and the ledger, and compares it, its claims and its resolution with those on disk."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import orjson

from overt.archive import Archive
from overt.importing.claim_store import REPORT, ClaimStore, SnapshotClaims
from overt.importing.snapshot_and_source_selection import newest_last, select_sources
from overt.importing.snapshot_import import claims_code_digest, claims_fingerprint, import_snapshots
from overt.ledger import Ledger
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.errors import OvertError, format_count
from overt.model.files.file_digests import sha256_file
from overt.model.library_versions import library_versions
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace
from overt.release.release_folders import MANIFEST, read_manifest
from overt.release.release_manifest import made_by
from overt.release.verification.past_inputs import Origin, PastInputs
from overt.release.workspace_release import make_release
from overt.resolve.resolved_table_reader_and_digests import RESOLUTION
from overt.resolve.workspace_resolution import imported_snapshots, is_current

_NAMES = {"duckdb": "DuckDB", "python": "Python", "unicode": "Unicode"}


def obstacles(origin: Origin, atlas: Workspace) -> list[str]:
    """Return the differences between a release's software or content and this installation's.

    Each difference is a phrase such as `DuckDB 1.5.4 (here 1.5.5)`. Without differences, the release can be recomputed.
    """
    here = made_by(atlas.content)
    differences = []
    if origin.code != here["code"] or origin.settings is None:
        differences.append(f"other code of Overt (version {origin.overt})")
    libraries = library_versions()
    for name in sorted(origin.libraries.keys() | libraries.keys(), key=lambda name: (name not in _NAMES, name)):
        then, now = origin.libraries.get(name), libraries.get(name)
        if then != now:
            differences.append(f"{_NAMES.get(name, name)} {then or 'not recorded'} (here {now or 'not used'})")
    if origin.content != here["content"]:
        differences.append("other content (schema, vocabularies, sources or figures)")
    return differences


def recompute(inputs: PastInputs, progress: Progress = no_progress) -> Path:
    """Import, resolve and release again, and return the new release's folder.

    Claims that an earlier call made in the same folder, from the same bytes and by the same code, are reused. Raises OvertError
    if the inputs don't produce a release.
    """
    workspace, archive, ledger, snapshots, note = inputs
    choices = ledger.source_choices()
    for result in import_snapshots(workspace, archive, choices, progress=lambda source: progress(f"importing {source}")):
        # If the release has the newest snapshot although some of its rows have problems, someone allowed them.
        if result.error and result.is_current and snapshots.get(result.source) == result.snapshot:
            import_snapshots(workspace, archive, choices, [result.source], allow_problems=True)
    progress("resolving")
    return workspace.releases / make_release(workspace, archive, ledger, note=note, progress=progress)


def compare_release(folder: Path, recomputed: Path, memory: str) -> Iterator[str]:
    """Yield a line for each table or manifest entry of an intact release that differs from the recomputed release.

    `memory` is passed to `connect`.
    """
    if (folder / MANIFEST).read_bytes() == (recomputed / MANIFEST).read_bytes():
        return
    before, after = read_manifest(folder), read_manifest(recomputed)
    for name in sorted(before["tables"].keys() | after["tables"].keys()):
        then, now = before["tables"].get(name), after["tables"].get(name)
        if then is None or now is None:
            yield f"{folder.name}: table {name} {'is missing' if then is None else 'is in no release of these inputs'}"
        elif then != now:
            rows = _different_rows(folder / "tables" / f"{name}.parquet", recomputed / "tables" / f"{name}.parquet", memory)
            yield f"{folder.name}: table {name} is not what the archive and the ledger give ({rows})"
    for name in sorted((before.keys() | after.keys()) - {"tables"}):
        if before.get(name) != after.get(name):
            yield f"{folder.name}: {name} in its manifest is not what the archive and the ledger give"


def compare_claims(inputs: PastInputs) -> Iterator[str]:
    """Yield a line for each file of claims of a release's sources that differs from what the archive produces.

    Claims made with other code or content, or from snapshots that don't count, are skipped, because nothing reads them. Claims
    with a damaged file are skipped, too, because `verify_claims` reports the file.
    """
    workspace, archive, choices = inputs.workspace, inputs.archive, inputs.ledger.source_choices()
    store, recomputed, code = ClaimStore(workspace.atlas.claims), ClaimStore(workspace.claims), claims_code_digest()
    sources = select_sources(workspace, archive, choices)
    for snapshot in newest_last(archive.snapshots(), choices):
        if snapshot.source not in sources:
            continue
        current = {claims_fingerprint(workspace.content, snapshot, code, allow_problems=allowed) for allowed in (False, True)}
        is_intact = store.changed_file(snapshot.source, snapshot.id) is None  # `verify_claims` reports damaged files.
        if is_intact and store.fingerprint(snapshot.source, snapshot.id) in current:
            stored, expected = (each.snapshot(snapshot.source, snapshot.id) for each in (store, recomputed))
            is_released = inputs.snapshots.get(snapshot.source) == snapshot.id
            todo = f"delete {stored.folder} and run `overt import {snapshot.source}`"
            for name in _differing_files(stored, expected, with_report=is_released):
                rows = _different_rows(stored.folder / name, expected.folder / name, workspace.settings.engine.memory)
                yield f"{stored.folder / name}: is not what the archive gives ({rows}); {todo}"


def _differing_files(stored: SnapshotClaims, expected: SnapshotClaims, *, with_report: bool) -> Iterator[str]:
    names = {path.name for folder in (stored.folder, expected.folder) if folder.is_dir() for path in folder.iterdir()}
    for name in sorted(names - {REPORT}):
        if not _are_equal(stored.folder / name, expected.folder / name):
            yield name
    if with_report and (expected.folder / REPORT).is_file():
        reports = (report.report | {"fingerprint": ""} for report in (stored, expected))
        if len({orjson.dumps(report, option=orjson.OPT_SORT_KEYS) for report in reports}) > 1:
            yield REPORT


def compare_resolution(inputs: PastInputs, archive: Archive, ledger: Ledger) -> Iterator[str]:
    """Yield a line for each table of `resolved/` that differs from what the claims and judgements produce.

    Nothing is compared unless `resolved/` was made from these inputs.
    """
    atlas, recomputed = inputs.workspace.atlas, inputs.workspace.resolved
    if archive.captures() != inputs.archive.captures() or ledger.head() != inputs.ledger.head():
        return
    try:
        if not is_current(atlas, imported_snapshots(atlas, archive, ledger.source_choices()), ledger):
            return
    except OvertError:  # A newer snapshot has not been imported yet.
        return
    for path in sorted(recomputed.iterdir()):
        stored = atlas.resolved / path.name
        if path.name != RESOLUTION and not _are_equal(stored, path):
            rows = _different_rows(stored, path, inputs.workspace.settings.engine.memory)
            todo = f"delete {atlas.resolved} and run `overt resolve`"
            yield f"{stored}: is not what the claims and judgements give ({rows}); {todo}"


def _are_equal(path: Path, other: Path) -> bool:
    return path.is_file() and other.is_file() and sha256_file(path) == sha256_file(other)


def _different_rows(path: Path, expected: Path, memory: str) -> str:
    """Return a phrase about how a file differs from the expected file (Parquet: by how many rows). Either may be missing."""
    if not path.is_file() or not expected.is_file():
        return "there should be no such file" if path.is_file() else "it is missing"
    if path.suffix != ".parquet":
        return "other counts"
    stored, recomputed = (f"SELECT * FROM read_parquet({quote_literal(file)})" for file in (path, expected))
    try:
        with connect(memory=memory) as connection:
            counts = [
                connection.execute(f"SELECT count(*) FROM ({left} EXCEPT ALL {right})").fetchall()[0][0]
                for left, right in ((stored, recomputed), (recomputed, stored))
            ]
    except (duckdb.BinderException, duckdb.InvalidInputException, duckdb.IOException):
        return "it cannot be compared row by row"
    if not any(counts):
        return "the same rows in other bytes"
    return f"{format_count(counts[0], 'row')} too many, {format_count(counts[1], 'row')} missing"
