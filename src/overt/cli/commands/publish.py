"""`overt publish`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages, step_bar
from overt.index.project_filter_declarations import SUBSET_FILTERS
from overt.model.errors import UsageError, format_count
from overt.model.workspace import Workspace


def publish(
    target: Annotated[Path, typer.Argument(help="The directory to make.", metavar="DIR", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace an existing edition.")] = False,
    release: Annotated[str | None, typer.Option("--release", help="A release's id.", show_default="the newest one")] = None,
    subset: Annotated[
        list[str] | None,
        typer.Option(
            "--subset",
            help=f"Only projects that match a filter, as in country=KE,ET ({', '.join(SUBSET_FILTERS)})."
            " May be repeated; projects must match all.",
            metavar="FILTER=VALUE,…",
            show_default="all projects",
        ),
    ] = None,
    renew: Annotated[
        bool,
        typer.Option("--renew", help="Only renew the signed statement that the edition in DIR is the newest, before it expires."),
    ] = False,
    replica: Annotated[
        bool, typer.Option("--replica", help="Write a copy for `overt serve --replica` on other machines instead of pages.")
    ] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write the site of a release as static files.

    They contain only what may be published, and work on any host, or from a disk without a host. If the atlas has a root of
    trust (`overt key root`), a signed statement in the edition says that it is the newest.
    """
    if renew:
        if force or release or subset or replica:
            raise UsageError("--renew changes no page; leave out --force, --release, --subset and --replica")
        renew_edition(Workspace.open(workspace), target, json=json)
        return
    if replica:
        if subset:
            raise UsageError("a copy for servers has all projects; leave out --subset")
        publish_replica(Workspace.open(workspace), target, release, force=force, json=json)
        return
    from overt.edition.edition_publication import publish as write
    from overt.index.editions.filtered_project_subset import read_subset

    atlas = Workspace.open(workspace)
    projects = read_subset(subset or (), atlas.content)
    name = release_folder(atlas, release).name
    with step_bar("publishing") as progress:
        edition = write(
            atlas, name, target, force=force, subset=projects, progress=progress,
            announce=lambda pages: messages.print(f"writing {format_count(pages, 'page')} and their files"),
        )  # fmt: skip
    size = f"{edition['bytes'] / 1e6:,.1f} MB"
    counts = f"{format_count(edition['pages'], 'page')}, {format_count(edition['files'], 'file')}"
    messages.print(f"release {edition['release']}: {counts}, {size}")
    if edition["subset"]:
        messages.print(f"subset: {edition['subset']['projects']:,} of {format_count(edition['subset']['of'], 'project')}")
    if edition["update"]:
        messages.print(f"update metadata: version {edition['update']['version']}, until {edition['update']['expires']}")
    _print_left_out(edition)
    print_json(edition) if json else print(target)


def publish_replica(atlas: Workspace, target: Path, release: str | None, *, force: bool, json: bool) -> None:
    """Write a copy for `overt serve --replica` on other machines or, with `force`, update it. Print a summary.

    `release`: None for the latest. Raises the errors of `release_folder` and `publish_copy`.
    """
    from overt.replica.copy_writer import publish_copy

    name = release_folder(atlas, release).name
    with step_bar("publishing") as progress:
        copy = publish_copy(atlas, name, target, force=force, progress=progress)
    messages.print(f"release {copy['release']}: {format_count(copy['files'], 'file')}, {copy['bytes'] / 1e6:,.1f} MB")
    messages.print(f"update metadata: version {copy['update']['version']}, until {copy['update']['expires']}")
    _print_left_out(copy)
    print_json(copy) if json else print(target)


def _print_left_out(published: Mapping[str, Any]) -> None:
    if published["left_out"]:
        names = ", ".join(f"{source['source']} ({source['reuse']})" for source in published["left_out"])
        messages.print(f"left out, because `republish` in overt.toml does not allow it: {names}")


def renew_edition(atlas: Workspace, target: Path, *, json: bool) -> None:
    """Renew the signed statement that an edition or a copy is the newest, and print when it expires.

    Raises the errors of `renew_update_metadata`.
    """
    from overt.edition.tuf_metadata import renew_update_metadata

    version, expires = renew_update_metadata(atlas, target, datetime.now(UTC))
    messages.print(f"update metadata: version {version}, until {expires:%Y-%m-%d}")
    print_json({"directory": str(target), "version": version, "expires": f"{expires:%Y-%m-%d}"}) if json else print(target)
