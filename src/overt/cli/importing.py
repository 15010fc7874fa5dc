"""`overt import`."""

from collections import Counter
from typing import Annotated, Any

import typer

from overt.archive import Archive
from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, progress_bar, writing
from overt.importing.snapshot_import import SnapshotImport, import_snapshots
from overt.model.content import Catalogue
from overt.model.errors import OvertError, format_count
from overt.model.workspace import Workspace

_PROBLEMS = 20
"""Problem rows that are printed of a source."""
AllowProblems = Annotated[
    bool, typer.Option("--allow-problems", help="Import the good rows of a file although others are problems.")
]


def import_(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources to import; all where none is named.", metavar="[SOURCE …]")
    ] = None,
    allow_problems: AllowProblems = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Turn archived bytes into claims: rows read = imported + out of scope + problems."""
    with writing(workspace) as (atlas, archive, _):
        results = import_all(atlas, archive, sources or [], allow_problems=allow_problems)
    if json:
        print_json(account(results))
    else:
        print_account(results)
    refuse(results, atlas.content)


def import_all(atlas: Workspace, archive: Archive, sources: list[str], *, allow_problems: bool = False) -> list[SnapshotImport]:
    """Import with a bar."""
    with progress_bar() as bar:
        task = bar.add_task("importing", total=len(archive.snapshots()))
        return import_snapshots(
            atlas, archive, sources, allow_problems=allow_problems,
            progress=lambda source: bar.update(task, advance=1, description=f"importing {source}"),
        )  # fmt: skip


def account(results: list[SnapshotImport]) -> list[dict[str, Any]]:
    """As data what `print_account` prints: of a snapshot that was refused, why."""
    return [
        {
            **{name: value for name, value in (held.report or {}).items() if name != "fingerprint"},
            "source": held.source,
            "snapshot": held.snapshot,
            "stands": held.is_current,
            "new": held.is_new,
            "error": held.error,
        }
        for held in results
    ]


def print_account(results: list[SnapshotImport]) -> None:
    """A line a snapshot: rows read = imported + out of scope + problems."""
    times = Counter(held.source for held in results)
    names = [f"{held.source} {held.snapshot}" if times[held.source] > 1 else held.source for held in results]
    width = max((len(name) for name in names), default=0)
    for name, held in zip(names, results, strict=True):
        if report := held.report:
            again = "" if held.is_new else "  (unchanged)"
            rows, claims = report["rows_read"], report["claims"]
            print(
                f"{name:<{width}}  {rows:>7,} {'row ' if rows == 1 else 'rows'} = {report['imported']:>6,} imported"
                f" + {report['out_of_scope']:>6,} out of scope + {format_count(report['problems'], 'problem')};"
                f"  {claims:>7,} claim{'' if claims == 1 else 's'}{again}"
            )
            for rule, count in report["out_of_scope_by_rule"].items() if held.is_new else ():
                print(f"{'':<{width}}  {count:>7,} out of scope: {rule}")
            for row in report["problem_rows"][:_PROBLEMS]:
                where = ": ".join(filter(None, (held.source, row["file"], row["locator"])))
                messages.print(f"{where}: {row['message']}")
            if (more := len(report["problem_rows"]) - _PROBLEMS) > 0:
                messages.print(
                    f"{held.source}: … and {format_count(more, 'problem')} more; `overt import {held.source} --json` lists all"
                )


def refuse(results: list[SnapshotImport], content: Catalogue) -> None:
    """Raise OvertError when a snapshot that stands was refused; all but the last refusal are printed before.

    An older one that another has replaced is only mentioned: the archive never forgets it, and it must not stand in the way.
    """
    old = [held.error for held in results if held.error and not held.is_current]
    errors = [held.error for held in results if held.error and held.is_current]
    for error in old:
        messages.print(f"{error} (an older snapshot, which a newer one has replaced)")
    for error in errors[:-1]:
        messages.print(f"overt: {error}")
    if errors:
        raise OvertError(errors[-1])
    most = {slug: spec.counts.problems.max for slug, spec in content.sources.items()}
    stand = [(most[held.source], held.report["problems"]) for held in results if held.is_current and held.report]
    if any(allowed is not None and found > allowed for allowed, found in stand):
        raise OvertError("some rows are problems and were left out; see the lines above")
