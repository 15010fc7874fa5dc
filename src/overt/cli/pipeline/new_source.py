"""`overt source new`: proposes a source.yml for a file, and writes it into the atlas."""

import shlex
from pathlib import Path

from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.importing.editing.dry_run import DryRun, dry_run
from overt.importing.folder_import_without_archive import unarchived_files
from overt.importing.proposal.source_proposal import Proposal, propose_source, source_name
from overt.language.single_line import single_line
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError, UsageError, format_count
from overt.model.files.atomic_writes import atomic_write
from overt.model.files.content_file_reading import other_than_file
from overt.model.workspace import Workspace

_MAX_NAME_WIDTH = 28


def new_source(workspace: Path, file: Path, name: str | None, sheet: str | None, *, json: bool) -> None:
    """Write `sources/<slug>/source.yml` for a file, and print its columns and the next steps.

    `name`: the slug; None for one made from the file's name. `sheet`: None for the first sheet with a table.

    Raises UsageError for a name that is invalid or taken, and if there is no such file; also the errors of
    `propose_source`.
    """
    atlas = Workspace.open(workspace)
    if other := other_than_file(file):
        raise UsageError(f"{file}: {other}; name the file with the table")
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file")
    slug = source_name(file, name)
    if slug in atlas.content.source_folders or (atlas.root / "sources" / slug).exists():
        raise UsageError(f"{slug}: there is a source of this name; choose another with --name")
    proposal = propose_source(file, slug, atlas.content, sheet)
    folder = atlas.root / "sources" / slug
    folder.mkdir(parents=True)
    try:
        atomic_write(folder / "source.yml", proposal.yaml.encode())
    except BaseException:
        folder.rmdir()  # An empty folder would be a source that cannot be read.
        raise
    run = _try(Catalogue(atlas.root), slug, file)
    if json:
        print_json({**proposal.as_dict(), "folder": str(folder), "dry_run": run.as_dict()})
    else:
        _print_columns(proposal)
    messages.print(f"wrote {folder / 'source.yml'}; to take it back, delete the folder {folder}")
    messages.print(_result(run))
    at = "" if workspace == Path() else f" -w {shlex.quote(str(workspace))}"
    place = shlex.quote(str(file))
    messages.print(
        "next: complete source.yml where it has “# ?”, and look at what it gives; then archive the file and import it:"
    )
    messages.print(f"  overt{at} import --dry-run {slug} --from {place}")
    messages.print(f"  overt{at} fetch {slug} --from {place}")
    messages.print(f"  overt{at} import {slug}")


def _try(content: Catalogue, slug: str, file: Path) -> DryRun:
    """Import the file as proposed, without storing anything. Any error, even in another source, is returned in the result."""
    try:
        return dry_run(content, slug, unarchived_files(content, slug, file), max_records=0)
    except OvertError as error:
        return DryRun(slug, error=str(error))


def _result(run: DryRun) -> str:
    if run.report is None:
        return f"the file can't be imported yet: {run.error}"
    report = run.report
    causes = f" ({format_count(len(run.groups), 'cause')})" if run.groups else ""
    return (
        f"as it is, {report.imported:,} of {format_count(report.rows_read, 'row')} would be imported,"
        f" and {format_count(report.problem_count, 'row')} would be problems{causes}"
    )


def _print_columns(proposal: Proposal) -> None:
    sniffed = proposal.sniffed
    sheet = f", sheet {single_line(sniffed.sheet)}" if sniffed.sheet else ""
    rows = proposal.columns[0].column.rows
    is_table = sniffed.format in ("csv", "xlsx", "ods")
    header = f", column names in row {' and '.join(map(str, sniffed.header))}" if is_table else ""
    print(f"{sniffed.path.name}: {sniffed.format}{sheet}{header}, {format_count(rows, 'row')}")
    names = [single_line(guess.column.name) for guess in proposal.columns]
    width = min(max(map(len, names)), _MAX_NAME_WIDTH)
    for name, guess in zip(names, proposal.columns, strict=True):
        meaning = guess.meaning + (f" ({guess.lang})" if guess.lang and guess.meaning == "name" else "")
        samples = " · ".join(guess.column.samples(3, 24))
        print(f"  {name[:width]:<{width}}  {guess.column.filled:>6,} filled  {meaning:<18}  {samples}")
