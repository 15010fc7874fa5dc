"""`overt import --dry-run`: runs the imports, and prints what they would produce."""

from pathlib import Path
from typing import Any

from overt.archive import Archive
from overt.cli.atlas_access import reading
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages, progress_bar
from overt.cli.pipeline.import_account import print_problems
from overt.cli.pipeline.importer_consent import require_trust
from overt.cli.text_truncation_and_sizes import cut
from overt.importing.editing.dry_run import DryRun, dry_run
from overt.importing.editing.first_records import FirstRecord, RecordValue
from overt.importing.editing.source_yml_mistakes import content_mistakes
from overt.importing.folder_import_without_archive import folder_files, unarchived_files
from overt.importing.snapshot_and_source_selection import (
    Choices,
    archived_files,
    edition_mark,
    is_shipped,
    newest_last,
    select_sources,
    unknown_source,
)
from overt.importing.snapshot_report import MAX_PROBLEM_ROWS
from overt.language.safe_csv import csv_parts
from overt.language.single_line import single_line
from overt.model.errors import OvertError, UsageError, format_count
from overt.model.files.atomic_writes import atomic_write
from overt.model.workspace import Workspace

MAX_RECORDS = 3
"""Maximum number of records of each type that are printed."""
_MAX_LENGTH = 100
"""Maximum number of characters of a value or record id that are printed."""


def import_dry(workspace: Path, sources: list[str], place: Path | None, table: Path | None, *, trust: bool, json: bool) -> None:
    """Import archived files, or those at `place`, without storing anything; print the results, and write problems to `table`.

    `sources`: as for `select_sources`; if it is empty and there is a `place`, the sources whose files are there are imported,
    except Overt's own registers. `table`: None to write no problems. Raises OvertError for mistakes in content files and if
    `overt import` would refuse anything, and UsageError for an unknown source, for a place without files, and if an importer
    may not run.
    """
    atlas, archive, ledger = reading(workspace)
    own = [slug for slug in atlas.content.source_folders if atlas.content.is_own("sources", slug)]
    for source in sources:
        if source not in atlas.content.source_folders:
            raise unknown_source(atlas, source)
    if mistakes := content_mistakes(atlas.content, sources or own):
        if json:
            print_json({"mistakes": [vars(each) for each in mistakes], "sources": []})
        for each in mistakes:
            if each.where:
                messages.error(f"{each.where}: {format_count(len(each.mistakes), 'mistake')}:")
            for line in each.mistakes:
                messages.error(f"  {line}" if each.where else line)
        raise OvertError("nothing was imported; correct the files above")
    runs = _run_all(atlas, archive, ledger.source_choices(), sources, place, trust=trust)
    if table is not None:
        atomic_write(table, "".join(csv_parts(_problem_rows(runs))).encode())
        if any(run.report and run.report.problem_count > MAX_PROBLEM_ROWS for run in runs):
            messages.print(f"{table}: has the problems of the first {MAX_PROBLEM_ROWS:,} rows of a source")
    if json:
        print_json({"mistakes": [], "sources": [run.as_dict() for run in runs]})
    else:
        for run in runs:
            _print(run)
    if bad := [run.source for run in runs if not run.is_good]:
        raise OvertError(f"nothing was stored; `overt import` would refuse {', '.join(bad)}")
    messages.print("nothing was stored; `overt import` imports this" + (" after `overt fetch`" if place else ""))


def _run_all(
    atlas: Workspace, archive: Archive, choices: Choices, sources: list[str], place: Path | None, *, trust: bool
) -> list[DryRun]:
    content = atlas.content
    snapshots = {snapshot.source: snapshot for snapshot in newest_last(archive.snapshots(), choices)}
    if place is None:
        selected = sorted(select_sources(atlas, archive, choices, sources))
    else:
        if not place.exists():
            raise UsageError(f"{place}: there is no such file or folder")
        selected = sources or [
            slug for slug, spec in content.sources.items() if not spec.own and any(folder_files(content, slug, place).values())
        ]
        if not selected:
            raise UsageError(f"{place}: is not a file of any source (`overt sources` says what each looks for)")
    require_trust(atlas, selected, trust=trust)
    runs = []
    with progress_bar() as bar:
        task = bar.add_task("importing", total=len(selected))
        for source in selected:
            bar.update(task, advance=1, description=f"importing {source}")
            if place:
                files, counts_apply = unarchived_files(content, source, place), True
            else:
                snapshot = snapshots[source]
                files = archived_files(archive, snapshot)
                is_accepted = edition_mark(snapshot) in atlas.settings.complete_snapshots
                counts_apply = not is_shipped(snapshot) and not is_accepted
            runs.append(dry_run(content, source, files, max_records=MAX_RECORDS, counts_apply=counts_apply))
    return runs


def _problem_rows(runs: list[DryRun]) -> list[list[Any]]:
    rows: list[list[Any]] = [["source", "file", "place", "value", "problem"]]
    for run in runs:
        if run.error:
            rows.append([run.source, "", "", "", run.error])
        problems = run.report.problems if run.report else []
        rows += [[run.source, problem.file, problem.locator, problem.value, problem.message] for problem in problems]
    return rows


def _print(run: DryRun) -> None:
    report = run.report
    if report is None:
        messages.error(f"{run.error}")
        return
    print(
        f"{run.source}: {format_count(report.rows_read, 'row')} read = {report.imported:,} imported"
        f" + {report.out_of_scope.total():,} out of scope + {format_count(report.problem_count, 'problem')};"
        f" {format_count(report.claims, 'claim')}"
    )
    for rule, count in sorted(report.out_of_scope.items()):
        print(f"  {count:,} out of scope: {rule}")
    if report.other_edition:
        print(f"  {report.other_edition}")
    if run.is_empty:
        print("  no row gives a claim")
    if run.open_keys:
        messages.print(f"{run.source}: source.yml has no answer yet for {', '.join(run.open_keys)}")
    hints = [[vars(hint) for hint in hints] for _, hints in run.groups]
    print_problems(run.source, [vars(group) | {"hints": each} for (group, _), each in zip(run.groups, hints, strict=True)])
    if run.records:
        print(f"\nthe first records of {run.source} as they would be:")
    for record in run.records:
        _print_record(record)


def _print_record(record: FirstRecord) -> None:
    files = {file for value in record.values for file, _ in value.places}
    print(f"\n{record.type} {cut(record.record, _MAX_LENGTH)}")
    width = max(len(value.property) for value in record.values)
    for value in record.values:
        file, locator = value.places[0]
        place = locator if len(files) == 1 else f"{file} {locator}"
        more = f" and {len(value.places) - 1:,} more" if len(value.places) > 1 else ""
        print(f"  {value.property:<{width}}  {single_line(_value_text(value))}  [{single_line(place)}{more}]")


def _value_text(value: RecordValue) -> str:
    unit = f" {value.unit}" if value.unit else ""
    lang = f" ({value.lang})" if value.lang else ""
    words = f", from “{cut(value.original, _MAX_LENGTH)}”" if value.original else ""
    return f"{cut(value.value, _MAX_LENGTH)}{unit}{lang}{words}"
