"""`overt figures`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from overt.cli.as_of_option import AsOfOption, as_of_date
from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_figures
from overt.cli.json_output import print_json
from overt.cli.known_option import ChosenRelease, KnownOption, chosen_release
from overt.cli.messages_and_progress import messages
from overt.model.errors import UsageError

if TYPE_CHECKING:
    from overt.model.workspace import Workspace


def figures(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Figures, each as NAME or NAME@RELEASE.", metavar="[NAME[@RELEASE] …]", autocompletion=complete_figures
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", help="Count only rows in a region, by its id or name.", show_default=False),
    ] = None,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print published numbers beside what others reported.

    With NAME@RELEASE, numbers are computed again from the release's tables. The exit code is 1 if one of them
    differs from the number that the release stored.
    """
    from overt.model.workspace import Workspace

    atlas = Workspace.open(workspace)
    cited = next((name for name in names or () if "@" in name), None)
    if cited and known is not None:
        raise UsageError(f"{cited}: --known chooses the release; leave out @…")
    if unfinished := next((name for name in names or () if name.endswith("@")), None):
        raise UsageError(f"{unfinished}: no release follows the @; write NAME@RELEASE, or leave out the @")
    data: list[dict[str, Any]] = []
    problems: list[str] = []
    with chosen_release(atlas, None, known) as chosen:
        if as_of is not None:
            _print_as_of(chosen, names or [""], as_of, region, json=json)
            return
        if region is not None:
            _print_in_region(chosen, names or [""], region, json=json)
            return
        for text in names or [""]:
            name, is_cited, release = text.partition("@")
            if is_cited:
                data += _recomputed(atlas, name, release, problems)
            else:
                data += _stored(chosen, name)
    _print(data, chosen, json=json, detail=bool(names))
    for problem in problems:
        messages.error(f"overt: {problem}; run `overt verify`")
    if problems:
        raise typer.Exit(1)


def _print(data: list[dict[str, Any]], chosen: ChosenRelease, *, json: bool, detail: bool) -> None:
    from overt.cli.records.figure_text import print_figure

    if _print_header(data, chosen, json=json):
        for figure in data:
            print_figure(figure, detail=detail)


def _print_header(data: list[dict[str, Any]], chosen: ChosenRelease, *, json: bool) -> bool:
    """With `json`, print the figures as JSON. Otherwise, print only how the release was computed, if it isn't a stored one.

    Return whether the figures must still be printed as text.
    """
    computed = chosen.computed
    if json:
        print_json([{**figure, "computed": computed} for figure in data] if computed else data)
    elif computed:
        print(computed)
    return not json


def _print_as_of(chosen: ChosenRelease, names: list[str], as_of: str, region: str | None, *, json: bool) -> None:
    """Print a release's figures, each with how many of its counted units were in place at a date.

    Raises UsageError if a name has the form NAME@RELEASE, if there is also a `region`, or if a named figure can't be counted at
    a date.
    """
    from overt.cli.pipeline.current_index import open_reader
    from overt.cli.records.figure_text import as_of_line
    from overt.queries.as_of.figures_as_of_date_and_by_year import figures_as_of

    if region is not None:
        raise UsageError("--as-of and --region: a figure takes one of them at a time; leave one out")
    if recomputed := next((name for name in names if "@" in name), None):
        raise UsageError(f"{recomputed}: --as-of works with --known RELEASE, not with @…")
    date = as_of_date(as_of, chosen.folder)
    release = chosen.folder.name
    reader = open_reader(chosen.atlas, release)
    try:
        data = [figure for name in names for figure in figures_as_of(reader, release, date, name)]
    finally:
        reader.close()
    for figure in data if names != [""] else []:
        if figure["value"] is None:
            raise UsageError(f"{figure['name']}: {figure['status']}; leave out --as-of")
    if _print_header(data, chosen, json=json):
        for figure in data:
            print(as_of_line(figure))


def _print_in_region(chosen: ChosenRelease, names: list[str], region: str, *, json: bool) -> None:
    """Print a release's figures, counting only rows in a region. Raises UsageError for NAME@RELEASE and an unknown region."""
    from overt.cli.pipeline.current_index import open_reader
    from overt.cli.records.figure_text import region_line
    from overt.queries.full_details.figures_with_details_or_in_region import figures_in_region
    from overt.queries.labels import load_words

    if recomputed := next((name for name in names if "@" in name), None):
        raise UsageError(f"{recomputed}: --region works with --known RELEASE, not with @…")
    release = chosen.folder.name
    reader = open_reader(chosen.atlas, release)
    try:
        words = load_words(reader)
        identity = words.find_region(region)
        if identity is None:
            raise UsageError(f"--region {region}: is not a region; use one of {', '.join(words.regions)}")
        data = [figure for name in names for figure in figures_in_region(reader, release, identity, name)]
    finally:
        reader.close()
    if _print_header(data, chosen, json=json):
        messages.print(f"{words.region(identity)}: members on {words.meta['manifest']['date']}, the release's day")
        for figure in data:
            print(region_line(figure))


def _stored(chosen: ChosenRelease, name: str) -> list[dict[str, Any]]:
    """Return figures of a release: from its index, or from its tables if there is no current index."""
    from overt.cli.pipeline.current_index import open_index

    atlas, folder, _ = chosen
    if (connection := open_index(atlas, folder.name)) is not None:
        from overt.queries.database import Reader
        from overt.queries.full_details.figures_with_details_or_in_region import full_figures

        reader = Reader(connection)
        try:
            return full_figures(reader, folder.name, name)
        finally:
            reader.close()
    from overt.release.figures.figure_reader import read_figures
    from overt.release.release_reader import Release

    with Release(folder) as release:
        return read_figures(release, name)


def _recomputed(atlas: "Workspace", name: str, release_name: str, problems: list[str]) -> list[dict[str, Any]]:
    """Read figures from a release's tables, compute them again, and return them.

    `recomputed` in a figure says whether the result was the same. Each difference adds a line to `problems`.
    """
    from overt.release.figures.figure_reader import read_figures
    from overt.release.figures.figure_recomputation_check import reproduction_differences
    from overt.release.release_reader import Release

    with Release(release_folder(atlas, release_name)) as release:
        data = read_figures(release, name)
        reasons = {figure["name"]: reproduction_differences(release, figure["name"]) for figure in data}
        problems += [f"{figure}@{release.id}: {reason}" for figure, of_figure in reasons.items() for reason in of_figure]
    return [{**figure, "recomputed": not reasons[figure["name"]]} for figure in data]
