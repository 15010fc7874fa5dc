"""The output of `overt status`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from overt.cli.atlas_access import reading
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.reports.atlas_status import atlas_status, unconfirmed_records
from overt.cli.text_truncation_and_sizes import format_bytes
from overt.model.errors import format_count

Row = dict[str, Any]
_IMPORTED = {"no": "not imported", "stale": "imported with other code or content", "refused": "the importer refused it"}
_WHY = {
    "newest": "newest in the archive",
    "shipped": "shipped with Overt",
    "not in overt.toml": "not among `sources` of overt.toml",
}


def print_status(workspace: Path, *, json: bool) -> None:
    """Print the state of an atlas."""
    status = atlas_status(*reading(workspace))
    if json:
        print_json(status)
        return
    if status["clock"]:
        messages.error(f"overt: {status['clock']}")
    for line in status_lines(status):
        print(line)


def status_lines(status: Row) -> Iterator[str]:
    """Yield the lines that `overt status` prints, from `atlas_status`."""
    yield f"{status['title']} ({status['atlas']})"
    width = max((len(row["source"]) for row in status["sources"]), default=0)
    if not status["sources"]:
        yield "sources: the archive has no files yet"
    for row in status["sources"]:
        imported = f"; {_IMPORTED[row['imported']]}" if row["imported"] in _IMPORTED else ""
        yield f"  {row['source']:<{width}}  {row['snapshot'] or '–':<19}  {_why(row)}{imported}"
    yield f"resolved: {_resolved(status['resolved'])}"
    yield f"release: {_release(status['release'])}"
    if review := status["review"]:
        pairs, relations = format_count(review["pairs"], "pair"), format_count(review["relations"], "relation")
        yield f"review: {pairs} and {relations} wait for `overt judge review`"
    if status["withheld"]:
        yield f"withheld: {format_count(len(status['withheld']), 'record')} in dispute; `overt claim list` says which and why"
    if unconfirmed := status["unconfirmed"]:
        counts = ", ".join(format_count(number, kind.replace("_", " ")) for kind, number in unconfirmed.items())
        yield f"not confirmed by a source for a long time: {counts}; `overt status --unconfirmed` lists them"
    yield "disk: " + ", ".join(f"{part} {format_bytes(size)}" for part, size in status["bytes"].items())
    yield f"next: {status['next']}" if status["next"] else "everything is up to date"


def print_unconfirmed(workspace: Path, *, json: bool) -> None:
    """Print the stale records of the latest release except roles, so that editors can look them up again."""
    atlas, _, _ = reading(workspace)
    records = unconfirmed_records(atlas)
    if json:
        print_json(records)
        return
    for row in records:
        when = row["confirmed"] and f"last confirmed {row['confirmed']}"
        since = f" as of {row['status_as_of']}" if row["status_as_of"] else ""
        status = f"{row['status']}{since}" if row["status"] else ""
        plan = row["planned"] and f"planned for {row['planned']}"
        print(f"{row['id']}  {row['label'] or row['type']}  ({'; '.join(filter(None, (row['type'], plan, when, status)))})")
    messages.print(format_count(len(records), "record"))


def _why(row: Row) -> str:
    if row["why"] == "removed":
        return f"left out by entry {row['entry']}"
    if row["why"] == "chosen":
        later = f"; {format_count(len(row['later']), 'later snapshot')} not counted" if row["later"] else ""
        return f"chosen by entry {row['entry']}{later}"
    return _WHY[row["why"]]


def _resolved(state: str) -> str:
    return {
        "current": "up to date",
        "stale": "older than claims, ledger or code",
        "none": "nothing yet",
    }[state]


def _release(release: Row | None) -> str:
    if release is None:
        return "none yet"
    lacks = release["lacks"]
    parts = []
    if lacks["snapshots"]:
        parts.append(f"it lacks the current files of {', '.join(lacks['snapshots'])}")
    if lacks["left_out"]:
        parts.append(f"it still has {', '.join(lacks['left_out'])}")
    if lacks["entries"]:
        parts.append(_newer_entries(lacks["entries"]))
    if lacks["code_or_content"]:
        parts.append("made with other code or content")
    return f"{release['id']}, {'; '.join(parts) if parts else 'up to date'} ({format_count(release['releases'], 'release')})"


def _newer_entries(number: int) -> str:
    return "1 entry of the ledger is newer" if number == 1 else f"{number:,} entries of the ledger are newer"
