"""Choosing the snapshot that counts for a source, and leaving a source out."""

from pathlib import Path
from typing import Any

from overt.archive import Archive, Snapshot
from overt.cli.atlas_access import writing
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.importing.snapshot_and_source_selection import Choices, newest_last
from overt.ledger import Entry
from overt.model.errors import OvertError, UsageError, format_count
from overt.model.spelling_suggestions import did_you_mean
from overt.model.workspace import Workspace
from overt.resolve.review.decision import BUILD_HINT


def use_snapshot(workspace: Path, first: str, second: str, why: str, who: str, *, json: bool) -> None:
    """Add a ledger entry that chooses a snapshot, and print what changes.

    With `second`, `first` is the source and `second` the snapshot; otherwise `first` is the snapshot. Raises the errors of
    `find_snapshot`, and LedgerError if an entry already chooses this snapshot.
    """
    with writing(workspace) as (atlas, archive, ledger):
        chosen = find_snapshot(atlas, archive, second or first, source=first if second else None)
        before = _current(archive, ledger.source_choices(), chosen.source)
        entry = ledger.choose_snapshot(chosen.source, chosen.id, who, why)
    ordered = [snapshot for snapshot in newest_last(archive.snapshots(), {}) if snapshot.source == chosen.source]
    later = ordered[ordered.index(chosen) + 1 :]
    if before == chosen.id:
        change = f"{chosen.id} counts as before, and now stays in use whatever is fetched later"
    else:
        change = f"{chosen.id} counts instead of {before}" if before else f"{chosen.id} counts; the source was left out before"
    left_out = f"; {format_count(len(later), 'later snapshot')} won't count" if later else ""
    _print_entry(entry, chosen.source, f"{change}{left_out}")
    if json:
        left = [snapshot.id for snapshot in later]
        print_json({**_data(entry, chosen.source), "snapshot": chosen.id, "before": before, "left_out": left})


def remove_source(workspace: Path, source: str, why: str, who: str, *, json: bool) -> None:
    """Add a ledger entry that removes a source, and print what changes.

    Raises UsageError for an unknown source, and LedgerError if the source is already removed.
    """
    with writing(workspace) as (atlas, archive, ledger):
        archived = {snapshot.source for snapshot in archive.snapshots()}
        if source not in archived | atlas.content.sources.keys():
            hint = did_you_mean(source, archived | atlas.content.sources.keys())
            raise UsageError(f"{source}: there is no such source{hint} (`overt sources` lists them)")
        before = _current(archive, ledger.source_choices(), source)
        entry = ledger.remove_source(source, who, why)
    change = "its claims won't be in the next release; the archive keeps its files" if before else "it had no files that count"
    _print_entry(entry, source, change)
    if json:
        print_json({**_data(entry, source), "snapshot": None, "before": before})


def find_snapshot(atlas: Workspace, archive: Archive, name: str, source: str | None = None) -> Snapshot:
    """Return the snapshot with this id, or the only one whose id or hash begins with `name`.

    `source`: look only among its snapshots. Raises UsageError if there is none, or several.
    """
    snapshots = archive.snapshots()
    if source is not None:
        archived = {snapshot.source for snapshot in snapshots}
        if source not in archived:
            known = archived | atlas.content.sources.keys()
            what = (
                "the archive has no files of it" if source in known else f"there is no such source{did_you_mean(source, known)}"
            )
            raise UsageError(f"{source}: {what} (`overt sources` lists them)")
        snapshots = archive.snapshots(source)
    elif name in {snapshot.source for snapshot in snapshots}:
        ids = ", ".join(snapshot.id for snapshot in archive.snapshots(name))
        raise UsageError(f"{name}: name a snapshot after it: {ids}")
    matches = [snapshot for snapshot in snapshots if snapshot.id == name] or [
        snapshot for snapshot in snapshots if snapshot.id.startswith(name) or _hash(snapshot).startswith(name)
    ]
    if not matches:
        hint = did_you_mean(name, sorted({snapshot.id for snapshot in snapshots}))
        raise UsageError(f"{name}: the archive has no such snapshot{hint} (`overt status` lists them)")
    if len(matches) > 1:
        listed = ", ".join(f"{snapshot.source} {snapshot.id}" for snapshot in matches)
        raise UsageError(f"{name}: could be more than one snapshot ({listed}); name the source before it, or write more of it")
    return matches[0]


def _hash(snapshot: Snapshot) -> str:
    return snapshot.id.rpartition("-")[2]


def _current(archive: Archive, choices: Choices, source: str) -> str | None:
    """Return the id of the snapshot that counts for a source; None if none does."""
    try:
        counting = newest_last(archive.snapshots(), choices)
    except OvertError:  # A chosen snapshot is missing. This is not an error, because the user can choose another one.
        return None
    return next((snapshot.id for snapshot in reversed(counting) if snapshot.source == source), None)


def _print_entry(entry: Entry, source: str, change: str) -> None:
    messages.print(f"entry {entry.sequence}: {source}: {change}")
    messages.print(f"next: {BUILD_HINT}; `overt judge undo {entry.sequence} --why … --who …` takes it back")


def _data(entry: Entry, source: str) -> dict[str, Any]:
    return {"entry": entry.sequence, "source": source, "next": "overt build"}
