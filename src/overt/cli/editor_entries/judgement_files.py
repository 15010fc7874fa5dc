"""Exporting judgements for other atlases, and importing theirs."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from overt.cli.atlas_access import reading, writing
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.ledger import Draft, Entry, Judgement
from overt.ledger.entry import format_moment
from overt.model.errors import OvertError, UsageError, format_count
from overt.model.files.atomic_writes import write_output
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.workspace import SETTINGS, UNTITLED, Workspace
from overt.resolve.review.decision import PUBLISH_HINT
from overt.resolve.review.judgement_exchange import ImportPlan, check_lines, export_lines, plan_import, read_lines
from overt.resolve.review.member_lookup import Members

MAX_BYTES = 200_000_000
"""Maximum size of a file of judgements, in bytes."""
_MAX_CONFLICTS = 20
"""Maximum number of conflicts in messages; --json prints all."""


def export_judgements(workspace: Path, file: str, *, everything: bool) -> None:
    """Write the judgements in force as JSON lines, for another atlas to import; `-` is standard output.

    Without `everything`, judgements about records that may not be republished are left out.
    """
    atlas, _, ledger = reading(workspace)
    judged = ledger.judgements()
    shared = judged if everything else [judgement for judgement in judged if _may_leave(atlas, judgement)]
    data = b"".join(export_lines(shared, ledger.entries(), atlas.settings.title))
    if file == "-":
        sys.stdout.write(data.decode())
    else:
        write_output(Path(file), data)
    if left := len(judged) - len(shared):
        messages.print(
            f"{left:,} left out: they name records that `republish` in overt.toml does not allow (--everything includes them)"
        )
    messages.print(f"{format_count(len(shared), 'judgement')} written")
    if atlas.settings.title == UNTITLED:
        messages.print(
            f"they are from “{UNTITLED}”, a title that other atlases may have too; give the atlas a title of its own in"
            f" {SETTINGS}"
        )


def import_judgements(workspace: Path, file: str, *, take_conflicts: bool, json: bool) -> None:
    """Import the judgements that another atlas exported; `-` is standard input.

    Without `take_conflicts`, lines that contradict judgements here or one another are left out.

    Raises OvertError before anything is imported if the file can't be read, or if a line is broken or is about records that can
    never be the same. Also raises OvertError after the import if lines were left out.
    """
    name = "standard input" if file == "-" else file
    lines = read_lines(_read(file), name, format_moment(datetime.now(UTC) + timedelta(days=1)))
    made = ImportPlan()
    with writing(workspace) as (atlas, _, ledger):
        unknown = check_lines(lines, name, Members(atlas.resolved), atlas.content.schema)

        def choose(entries: list[Entry]) -> list[Draft]:
            nonlocal made
            made = plan_import(entries, lines, take_conflicts=take_conflicts)
            return made.taken

        entries = ledger.append_drafts(choose)
    messages.print(
        f"{format_count(len(lines), 'line')} = {len(made.taken):,} taken in + {made.known:,} here already"
        f" + {made.agreeing:,} that agree with those here + {made.left_out:,} in conflict"
    )
    if unknown:
        messages.print(
            f"of these, {format_count(unknown, 'line')} about a record that is not here, without effect until its"
            " source is imported"
        )
    if entries:
        first, last = entries[0].sequence, entries[-1].sequence
        messages.print(
            f"entries {first} to {last}; `overt judge undo {first}..{last} --why … --who …` takes the import back; {PUBLISH_HINT}"
        )
    for conflict in made.conflicts[:_MAX_CONFLICTS]:
        messages.print(conflict)
    if (more := len(made.conflicts) - _MAX_CONFLICTS) > 0:
        messages.print(f"and {more:,} more")
    if json:
        counts = {"taken": len(made.taken), "known": made.known, "agreeing": made.agreeing, "in_conflict": made.left_out}
        ends = {"first": entries[0].sequence, "last": entries[-1].sequence} if entries else {"first": None, "last": None}
        print_json(
            {
                "lines": len(lines),
                **counts,
                "unknown": unknown,
                **ends,
                "conflicts": [str(conflict) for conflict in made.conflicts],
            }
        )
    if made.left_out:
        raise OvertError(
            f"{name}: {format_count(made.left_out, 'line')} in conflict with judgements here, or with one another, not taken;"
            " judge yourself, or take all with --take-conflicts"
        )


def _may_leave(atlas: Workspace, judgement: Judgement) -> bool:
    """Return whether a judgement may be exported: each of its records must be an editor's or from a source that may be
    republished, because ids of records can contain names.
    """
    for record in (judgement.left, judgement.right):
        source = record.partition(":")[0]
        spec = atlas.content.sources.get(source)
        if source != EDITORIAL_SOURCE and (spec is None or spec.reuse not in atlas.settings.republish):
            return False
    return True


def _read(file: str) -> bytes:
    if file == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        try:
            with Path(file).open("rb") as handle:
                data = handle.read(MAX_BYTES + 1)
        except OSError as error:
            raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{file}: is larger than {MAX_BYTES:,} bytes; that is not a file of judgements")
    return data
