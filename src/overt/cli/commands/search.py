"""`overt search`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from overt.cli.atlas_access import HERE, JsonOption, ReleaseOption, WorkspaceOption, print_json, release_folder
from overt.cli.messages import messages, step_bar
from overt.model.errors import format_count

if TYPE_CHECKING:
    from overt.model.workspace import Workspace
    from overt.queries.database import Reader
    from overt.queries.name_search.search import Match

_MOST_CHARACTERS = 100
"""Maximum number of characters of a name that are printed."""
_MOST_RESULTS = 1_000
"""As `overt.queries.name_search.search.MOST`."""
_HINTS = {
    "figure": "`overt figures {}`",
    "source": "`overt sources`",
    "kind": "/?kind={} of the site",
    "layer": "/?layer={} of the site",
}
"""Type of an entry that is not a record → command that shows it. `overt show` shows records and countries."""


def find(
    words: Annotated[list[str], typer.Argument(help="Part of a name, in any script.", metavar="WORDS…")],
    limit: Annotated[int, typer.Option("--limit", help="Maximum number of results to print.", min=1, max=_MOST_RESULTS)] = 20,
    json: JsonOption = False,
    release: ReleaseOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Find records by name, in any script, as the site does.

    Prints ids, types, countries and sources; also finds countries, figures and sources.
    """
    from overt.model.workspace import Workspace
    from overt.queries.name_search import search

    atlas = Workspace.open(workspace)
    name = release_folder(atlas, release).name
    typed = " ".join(words)
    reader = _open_index(atlas, name)
    try:
        total, matches = search.find(reader, typed, size=limit)
        results = [_result(reader, match) for match in matches]
    finally:
        reader.close()
    if json:
        print_json({"release": name, "query": typed, "total": total, "found": results})
        return
    for result in results:
        print(_line(result))
    if not results:
        messages.print(f"nothing of release {name} has a name like that")
    elif total > len(results):
        messages.print(f"… and {format_count(total - len(results), 'more thing')}; --limit prints more")


def _open_index(atlas: "Workspace", release: str) -> "Reader":
    """Open the index that the site reads; make it if there is none."""
    from overt.cli.pipeline.current_index import open_index
    from overt.index.fingerprint import open_read_only
    from overt.queries.database import Reader

    connection = open_index(atlas, release)
    if connection is None:
        from overt.index.prepared_release import ServeSettings
        from overt.index.release_preparation import prepare

        with step_bar("indexing") as show_step:
            is_announced = False

            def progress(step: str, share: float | None = None) -> None:
                nonlocal is_announced
                if not is_announced:
                    messages.print(f"indexing release {release}, which is done once")
                is_announced = True
                show_step(step, share)

            connection = open_read_only(prepare(ServeSettings(workspace=atlas, release=release), progress).database)
    return Reader(connection)


def _result(reader: "Reader", match: "Match") -> dict[str, Any]:
    import orjson

    from overt.queries import records

    entry = match.entry
    members = records.members(reader, entry.id) if entry.id.startswith("ovt-") else []
    return {
        "id": entry.id,
        "type": entry.type,
        "label": entry.label,
        "label_zh": entry.label_zh,
        "name": "".join(match.name),
        "kind": entry.kind,
        "countries": orjson.loads(entry.countries) if entry.countries else [],
        "year": entry.year,
        "projects": entry.projects,
        "sources": sorted({row.source for row in members}),
    }


def _line(result: dict[str, Any]) -> str:
    """Return a line with the id and what it stands for."""
    from overt.cli.text_lines import cut

    details = [result["type"], result["kind"], ", ".join(result["countries"]), result["year"] and str(result["year"])]
    if result["projects"]:
        details.append(format_count(result["projects"], "project"))
    if result["sources"]:
        details.append(f"from {', '.join(result['sources'])}")
    details.append(_HINTS.get(result["type"], "").format(result["id"]))
    other = f", “{cut(result['name'], _MOST_CHARACTERS)}”" if result["name"] != result["label"] else ""
    label = cut(result["label"] or result["name"], _MOST_CHARACTERS)
    return f"{result['id']:<16}  {label}{other}  ({'; '.join(filter(None, details))})"
