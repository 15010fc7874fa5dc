"""`overt search`."""

from typing import Annotated, Any

import orjson
import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, progress_bar, release_folder
from overt.cli.show import ReleaseOption
from overt.cli.words import cut
from overt.index.prepare import prepare
from overt.index.prepared import PreparedRelease, ServeSettings
from overt.model.errors import format_count
from overt.model.workspace import Workspace
from overt.queries import records, search
from overt.queries.database import Database, Reader

_NAME = 100
"""Characters of a name that are printed."""


def find(
    words: Annotated[list[str], typer.Argument(help="Part of a name, in any script.", metavar="WORDS…")],
    limit: Annotated[int, typer.Option("--limit", help="Things to list at most.", min=1, max=search.MOST)] = 20,
    json: JsonOption = False,
    release: ReleaseOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Find records by their names, in any script, as the site does: ids, types, countries and sources."""
    atlas = Workspace.open(workspace)
    typed = " ".join(words)
    prepared = _prepared(atlas, release_folder(atlas, release).name)
    database = Database(prepared.database)
    try:
        with database.lease() as reader:
            total, matches = search.find(reader, typed, size=limit)
            found = [_told(reader, match) for match in matches]
    finally:
        database.close()
    if json:
        print_json({"release": prepared.release, "query": typed, "total": total, "found": found})
        return
    for one in found:
        print(_line(one))
    if not found:
        messages.print(f"nothing of release {prepared.release} has a name like that")
    elif total > len(found):
        messages.print(f"… and {format_count(total - len(found), 'more thing')}; --limit prints more")


def _prepared(atlas: Workspace, release: str) -> PreparedRelease:
    """The file that the site reads, made if it is not there yet: the two find the same."""
    with progress_bar() as bar:
        task = bar.add_task("indexing", total=None)
        said: list[str] = []

        def step(name: str) -> None:
            if not said:
                messages.print(f"indexing release {release}, which is done once")
            said.append(name)
            bar.update(task, description=f"indexing: {name}")

        return prepare(ServeSettings(workspace=atlas, release=release), step)


def _told(reader: Reader, match: search.Match) -> dict[str, Any]:
    entry = match.entry
    held = records.members(reader, entry["id"]) if entry["id"].startswith("ovt-") else []
    return {
        "id": entry["id"],
        "type": entry["type"],
        "label": entry["label"],
        "label_zh": entry["label_zh"],
        "name": "".join(match.name),
        "kind": entry["kind"],
        "countries": orjson.loads(entry["countries"]) if entry["countries"] else [],
        "year": entry["year"],
        "projects": entry["projects"],
        "sources": sorted({row["source"] for row in held}),
    }


def _line(one: dict[str, Any]) -> str:
    """The id, and what it is of."""
    also = [one["type"], one["kind"], ", ".join(one["countries"]), one["year"] and str(one["year"])]
    if one["projects"]:
        also.append(format_count(one["projects"], "project"))
    if one["sources"]:
        also.append(f"from {', '.join(one['sources'])}")
    other = f", “{cut(one['name'], _NAME)}”" if one["name"] != one["label"] else ""
    also.append(_NEXT.get(one["type"], "").format(one["id"]))
    return f"{one['id']:<16}  {cut(one['label'] or one['name'], _NAME)}{other}  ({'; '.join(filter(None, also))})"


_NEXT = {
    "figure": "`overt figures {}`",
    "source": "`overt sources`",
    "kind": "/?kind={} of the site",
    "layer": "/?layer={} of the site",
}
"""What tells more of a thing that is no record; `overt show` takes records and countries."""
