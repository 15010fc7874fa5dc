"""`overt figures`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from overt.cli.atlas_access import HERE, JsonOption, WorkspaceOption, print_json, release_folder
from overt.cli.completion import complete_figures
from overt.cli.messages import messages

if TYPE_CHECKING:
    from overt.model.workspace import Workspace


def figures(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Figures, each as NAME or NAME@RELEASE.", metavar="[NAME[@RELEASE] …]", autocompletion=complete_figures
        ),
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print published numbers beside what others reported.

    With NAME@RELEASE, the number is computed again from the release's tables. The exit code is 1 when it differs from the
    number that the release stored.
    """
    from overt.model.workspace import Workspace

    atlas = Workspace.open(workspace)
    data: list[dict[str, Any]] = []
    problems: list[str] = []
    for text in names or [""]:
        name, _, release = text.partition("@")
        if release:
            data += _recomputed(atlas, name, release, problems)
        else:
            data += _stored(atlas, name)
    if json:
        print_json(data)
    else:
        from overt.cli.records.figure_text import print_figure

        for figure in data:
            print_figure(figure, detail=bool(names))
    for problem in problems:
        messages.error(f"overt: {problem}; run `overt verify`")
    if problems:
        raise typer.Exit(1)


def _stored(atlas: "Workspace", name: str) -> list[dict[str, Any]]:
    """Return figures of the newest release: from its index, or from its tables if there is no current index."""
    from overt.cli.pipeline.current_index import open_index

    folder = release_folder(atlas, None)
    if (connection := open_index(atlas, folder.name)) is not None:
        from overt.queries.database import Reader
        from overt.queries.full_figures import full_figures

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
    """Return a figure of a release. If its recomputed value differs, the differences are added to `problems`."""
    from overt.release.figures.figure_reader import read_figures
    from overt.release.figures.reproduction import reproduction_differences
    from overt.release.release_reader import Release

    with Release(release_folder(atlas, release_name)) as release:
        data = read_figures(release, name)
        reasons = [
            f"{figure['name']}@{release.id}: {reason}"
            for figure in data
            for reason in reproduction_differences(release, figure["name"])
        ]
    problems += reasons
    return [{**figure, "recomputed": not reasons} for figure in data]
