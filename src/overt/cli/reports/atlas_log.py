"""The output of `overt log`: releases and entries of the ledger, newest first."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from overt.cli.atlas_access import reading
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.reports.ledger_entry_text import entry_data, entry_line
from overt.cli.text_truncation_and_sizes import plain
from overt.ledger import Entry
from overt.ledger.decisions_in_force import undoing_entries
from overt.model.errors import OvertError, format_count
from overt.release.release_folders import list_releases, read_manifest

_LINE = 2_000
"""Maximum number of characters in a line."""


def print_log(workspace: Path, *, limit: int, json: bool) -> None:
    """Print releases and entries of the ledger, newest first: at most `limit` in all, or all if it is 0."""
    atlas, _, ledger = reading(workspace)
    entries = ledger.entries()
    undone_by = undoing_entries(entries)
    history = list(_newest_first(entries, _releases(atlas.releases)))
    printed = history[:limit] if limit else history
    if json:
        print_json([entry_data(item, undone_by) if isinstance(item, Entry) else item for item in printed])
        return
    for item in printed:
        print(plain(entry_line(item, undone_by) if isinstance(item, Entry) else _release_line(item), _LINE))
    if len(printed) < len(history):
        messages.print(f"… and {len(history) - len(printed):,} more; --limit 0 prints all")
    if not history:
        messages.print("nothing was decided or released yet; begin with `overt build`")


def _releases(folder: Path) -> list[dict[str, Any]]:
    """Return data on each release, newest first: its note, its number of sources, and what differs from the release before.

    A release whose manifest can't be read is left out, with a message.
    """
    releases: list[dict[str, Any]] = []
    before: Mapping[str, Any] | None = None
    for path in list_releases(folder):
        try:
            manifest = read_manifest(path)
        except OvertError as error:
            messages.print(str(error))
            continue
        snapshots = {source: data["snapshot"] for source, data in manifest["sources"].items()}
        earlier = {source: data["snapshot"] for source, data in before["sources"].items()} if before else {}
        changed = sorted(source for source, snapshot in snapshots.items() if earlier.get(source) != snapshot)
        releases.append(
            {
                "release": path.name,
                "note": manifest["note"],
                "sources": len(snapshots),
                "new_snapshots": changed,
                "left_out": sorted(earlier.keys() - snapshots.keys()),
                "new_code": before is not None
                and any(before.get(name) != manifest.get(name) for name in ("code", "content", "libraries")),
                "ledger": manifest["ledger"],
            }
        )
        before = manifest
    return releases[::-1]


def _newest_first(entries: Sequence[Entry], releases: Sequence[dict[str, Any]]) -> Iterator[Entry | dict[str, Any]]:
    """Yield entries and releases, newest first.

    A release is newer than the last entry that was part of its input, and older than the next one; dates are ignored. Releases
    whose last entry is missing from the ledger come first.
    """
    of_chain: dict[str, list[dict[str, Any]]] = {}
    for release in releases:
        of_chain.setdefault(release["ledger"], []).append(release)
    chains = {entry.chain for entry in entries} | {""}
    yield from (release for release in releases if release["ledger"] not in chains)
    for entry in reversed(entries):
        yield from of_chain.get(entry.chain, ())
        yield entry
    yield from of_chain.get("", ())


def _release_line(release: Mapping[str, Any]) -> str:
    parts = [format_count(release["sources"], "source")]
    if release["sources"] > 1 and len(release["new_snapshots"]) == release["sources"]:
        parts.append("new files of all sources")
    elif release["new_snapshots"]:
        parts.append(f"new files of {', '.join(release['new_snapshots'])}")
    if release["left_out"]:
        parts.append(f"without {', '.join(release['left_out'])}")
    if release["new_code"]:
        parts.append("other code or content")
    note = f": {release['note']}" if release["note"] else ""
    return f"release {release['release']}{note} ({'; '.join(parts)})"
