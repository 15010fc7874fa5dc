"""The state of an atlas: which files count, what is stale, what awaits review, and sizes on disk."""

from collections import Counter
from typing import Any

import pyarrow.parquet as pq

from overt.archive import Archive, Snapshot
from overt.cli.atlas_access import release_folder
from overt.importing.claim_store import ClaimStore
from overt.importing.machine_clock_check import clock_problem
from overt.importing.snapshot_and_source_selection import Choices, is_shipped, newest_last
from overt.importing.snapshot_import import claims_code_digest, claims_fingerprint
from overt.index.cache_locks_and_cleanup import folder_bytes
from overt.ledger import Ledger
from overt.model.engines.named_sql import load_queries
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases, read_manifest
from overt.release.release_manifest import made_by
from overt.release.release_reader import Release
from overt.release.spans.span_table import SPANS
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.open_questions import open_proposals, open_questions
from overt.resolve.workspace_resolution import imported_snapshots, is_current

Row = dict[str, Any]
_PARTS = ("archive", "claims", "resolved", "releases", "cache")


def atlas_status(atlas: Workspace, archive: Archive, ledger: Ledger) -> Row:
    """Return the state of an atlas, as `overt status --json` prints it."""
    choices = ledger.source_choices()
    sources = source_rows(atlas, archive, choices)
    resolved = _resolved(atlas, archive, ledger, choices)
    release = _release(atlas, archive, ledger, sources)
    status: Row = {
        "atlas": str(atlas.root),
        "title": atlas.settings.title,
        "clock": clock_problem(atlas, archive, ledger),
        "sources": sources,
        "resolved": resolved,
        "release": release,
        "review": _review(atlas, ledger),
        "withheld": [
            {"record": row.record, "since": row.at[:10], "why": row.why, "entry": row.sequence} for row in ledger.withholdings()
        ],
        "unconfirmed": _unconfirmed(atlas),
        "bytes": {part: folder_bytes(atlas.root / part) for part in _PARTS},
    }
    return {**status, "next": _next_command(status, allow_problems=_has_allowed_problems(atlas, archive, sources))}


def source_rows(atlas: Workspace, archive: Archive, choices: Choices) -> list[Row]:
    """Return which snapshot of each source counts and why, and whether it is imported.

    Sources that have neither archived files nor an editor's choice of files are left out.
    """
    snapshots = archive.snapshots()
    counting = {snapshot.source: snapshot for snapshot in newest_last(snapshots, choices)}
    ordered = newest_last(snapshots, {})
    selected = set(atlas.settings.sources)
    store, code = ClaimStore(atlas.claims), claims_code_digest()
    rows = []
    for source in sorted({snapshot.source for snapshot in snapshots} | choices.keys()):
        current, choice = counting.get(source), choices.get(source)
        ids = [snapshot.id for snapshot in ordered if snapshot.source == source]
        if choice is not None:
            why = "removed" if choice.snapshot is None else "chosen"
        elif selected and source not in selected:
            why = "not in overt.toml"
        else:
            why = "shipped" if current is not None and is_shipped(current) else "newest"
        counts = current is not None and why != "not in overt.toml"
        rows.append(
            {
                "source": source,
                "snapshot": current.id if current is not None and counts else None,
                "retrieved": current.retrieved if current is not None and counts else None,
                "why": why,
                "entry": choice.sequence if choice else None,
                "later": ids[ids.index(current.id) + 1 :] if current is not None and choice else [],
                "imported": _imported(atlas, store, current, code) if current is not None and counts else None,
            }
        )
    return rows


def _imported(atlas: Workspace, store: ClaimStore, snapshot: Snapshot, code: str) -> str:
    """Return `yes`, `no`, `stale` (imported by other code or content) or `refused`."""
    fingerprints = [claims_fingerprint(atlas.content, snapshot, code, allow_problems=allowed) for allowed in (False, True)]
    stored = store.fingerprint(snapshot.source, snapshot.id)
    if stored in fingerprints:
        return "yes"
    if store.refusal(snapshot.source, snapshot.id, fingerprints[0]):
        return "refused"
    return "stale" if stored else "no"


def _resolved(atlas: Workspace, archive: Archive, ledger: Ledger, choices: Choices) -> str:
    """Return `none`, `current`, or `stale` (claims, ledger or code have changed, or a source is not imported)."""
    if not (atlas.resolved / "members.parquet").is_file():
        return "none"
    try:
        return "current" if is_current(atlas, imported_snapshots(atlas, archive, choices), ledger) else "stale"
    except OvertError:  # At least one source is not imported.
        return "stale"


def _release(atlas: Workspace, archive: Archive, ledger: Ledger, sources: list[Row]) -> Row | None:
    """Return the latest release and, as `lacks`, how it differs from the present state; None if there is no release."""
    folders = list_releases(atlas.releases)
    if not folders:
        return None
    manifest = read_manifest(folders[-1])
    released = {source: data["snapshot"] for source, data in manifest["sources"].items()}
    counting = {row["source"]: row["snapshot"] for row in sources if row["snapshot"] and row["imported"] != "refused"}
    entries = ledger.entries()
    known = next((entry.sequence for entry in reversed(entries) if entry.chain == manifest["ledger"]), 0)
    lacks = {
        "snapshots": sorted(source for source, snapshot in counting.items() if released.get(source) != snapshot),
        "left_out": sorted(
            released.keys() - counting.keys() - {row["source"] for row in sources if row["imported"] == "refused"}
        ),
        "entries": len(entries) - known,
        "code_or_content": any(manifest.get(name) != value for name, value in made_by(atlas.content).items()),
    }
    return {"id": folders[-1].name, "releases": len(folders), "current": not any(lacks.values()), "lacks": lacks}


def _review(atlas: Workspace, ledger: Ledger) -> Row | None:
    """Return the number of questions and of proposed relations that await an editor; None if nothing is resolved."""
    if not (atlas.resolved / "members.parquet").is_file():
        return None
    members, judgements = Members(atlas.resolved), ledger.judgements()
    return {
        "pairs": len(open_questions(atlas.resolved, members, judgements)),
        "relations": len(open_proposals(atlas.resolved, members, judgements)),
    }


def _unconfirmed(atlas: Workspace) -> dict[str, int]:
    """Return the number of stale records in the latest release, by type.

    A stale record is one that no source has confirmed for longer than the rules allow. Roles don't count, because they are
    confirmed with their project.
    """
    folders = list_releases(atlas.releases)
    path = folders[-1] / "tables" / f"{SPANS}.parquet" if folders else None
    if path is None or not path.is_file():  # Older releases lack this table.
        return {}
    table = pq.read_table(path, columns=["type"], filters=[("stale", "=", True), ("type", "!=", "role")])
    return dict(sorted(Counter(map(str, table["type"].to_pylist())).items()))


def unconfirmed_records(atlas: Workspace) -> list[Row]:
    """Return the stale records of the latest release except roles; empty for a release without spans.

    They are ordered, the oldest first, by the date of their last confirmation or, failing that, of the statement that they are
    planned or, failing that, of their status. Raises UsageError if there is no release.
    """
    with Release(release_folder(atlas, None)) as release:
        if SPANS not in release.manifest["tables"]:
            return []
        return release.rows(load_queries("cli", "sql")["long_unconfirmed_records.records"])


def _has_allowed_problems(atlas: Workspace, archive: Archive, sources: list[Row]) -> bool:
    """Return whether a source was imported with `--allow-problems` and has problems. `overt build` alone would refuse it."""
    store, code = ClaimStore(atlas.claims), claims_code_digest()
    imported = {(row["source"], row["snapshot"]) for row in sources if row["imported"] == "yes"}
    return any(
        store.fingerprint(snapshot.source, snapshot.id) == claims_fingerprint(atlas.content, snapshot, code, allow_problems=True)
        and bool(store.snapshot(snapshot.source, snapshot.id).report["problems"])
        for snapshot in archive.snapshots()
        if (snapshot.source, snapshot.id) in imported
    )


def _next_command(status: Row, *, allow_problems: bool) -> str | None:
    """Return the command that brings the atlas up to date; None if it is up to date."""
    build = "overt build --allow-problems" if allow_problems else "overt build"
    if not status["sources"] and status["release"] is None:
        return build
    if any(row["imported"] in ("no", "stale") for row in status["sources"]) or status["resolved"] != "current":
        return build
    if status["release"] is None or not status["release"]["current"]:
        return "overt release"
    return None
