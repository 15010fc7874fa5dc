"""`overt export`."""

from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from overt.cli.as_of_option import AsOfOption, as_of_date
from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages, step_bar
from overt.model.errors import UsageError, format_count
from overt.model.workspace import Workspace


def export(
    form: Annotated[str, typer.Argument(help="A format, as --list prints them.", metavar="FORMAT", show_default=False)] = "",
    target: Annotated[
        Path | None,
        typer.Argument(help="The file or folder to make; .zip packs a folder.", metavar="PATH", show_default=False),
    ] = None,
    formats: Annotated[bool, typer.Option("--list", help="Print the formats, and stop.")] = False,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", help="Only projects in a region, by its id or name; may be repeated.", show_default=False),
    ] = None,
    subset: Annotated[
        list[str] | None,
        typer.Option("--subset", help="Only projects that match a filter, as in country=KE,ET.", metavar="FILTER=VALUE,…"),
    ] = None,
    as_of: AsOfOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing export.")] = False,
    release: Annotated[str | None, typer.Option("--release", help="A release's id.", show_default="the newest one")] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write a release as files for other tools.

    They contain only what may be published; a report says what is left out. With --as-of, they have the state of the world at
    that date, and say so in their metadata and in the name of the release.
    """
    from overt.export.format_registry import FORMATS

    if formats:
        _list(FORMATS, json=json)
        return
    if form not in FORMATS:
        raise UsageError(f"{f'{form}: is not a format' if form else 'no format is given'}; use one of {', '.join(FORMATS)}")
    if target is None:
        raise UsageError(f"{form}: say where to write it: overt export {form} PATH")
    from overt.export.atomic_export import export as write
    from overt.export.public_release_reader import open_public_release
    from overt.index.editions.filtered_project_subset import read_subset

    atlas = Workspace.open(workspace)
    part = read_subset([*(subset or ()), *(f"region={name}" for name in region or ())], atlas.content)
    folder = release_folder(atlas, release)
    date = as_of_date(as_of, folder) if as_of is not None else ""
    with (
        step_bar("exporting") as progress,
        open_public_release(atlas, folder, progress, subset=part, as_of=date) as public_release,
    ):
        report = write(public_release, FORMATS[form], target, force=force)
    _report(report, is_folder=target.is_dir())
    print_json(report) if json else print(target)


def _list(formats: Any, *, json: bool) -> None:
    if json:
        print_json([{"name": form.name, "what": form.description, "ending": form.ending or None} for form in formats.values()])
        return
    room = max(map(len, formats))
    for form in formats.values():
        print(f"{form.name:<{room}}  {form.description}")


def _report(report: dict[str, Any], *, is_folder: bool) -> None:
    """Print what the export contains, and what was left out and why."""
    written = sum(counts["written"] for counts in report["records"].values())
    place = f", {format_count(len(report['files']), 'file')} in a folder" if is_folder else ""
    messages.print(f"release {report['release']}: {format_count(written, 'record')} written as {report['format']}{place}")
    if report["left_out"]:
        names = ", ".join(f"{source['source']} ({source['reuse']})" for source in report["left_out"])
        messages.print(f"left out, because `republish` in overt.toml does not allow it: {names}")
    for (why, kept_in), losses in groupby(report["not_carried"], key=lambda loss: (loss["why"], loss["kept_in"])):
        what = ", ".join(f"{loss['count']:,} {loss['what']}" for loss in losses)
        messages.print(f"not carried: {what}: {why}{f' ({kept_in} has them)' if kept_in else ''}")
    for note in report["notes"]:
        messages.print(f"note: {note}")
