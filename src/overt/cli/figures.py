"""`overt figures`."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, release_folder
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.figures import plain_number
from overt.release.read import Release


def figures(
    names: Annotated[
        list[str] | None, typer.Argument(help="Figures, each as NAME or NAME@RELEASE.", metavar="[NAME[@RELEASE] …]")
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print published numbers, with what others reported beside them."""
    atlas = Workspace.open(workspace)
    found = [figure for name in names or [""] for figure in _load(atlas, *_split(name))]
    if json:
        print_json(found)
        return
    for figure in found:
        _print(figure, detail=bool(names))


def _split(name: str) -> tuple[str, str | None]:
    figure, _, release = name.partition("@")
    return figure, release or None


def _load(atlas: Workspace, name: str, release: str | None) -> list[dict[str, Any]]:
    folder: Path = release_folder(atlas, release)
    with Release(folder) as held:
        found = held.rows("SELECT * FROM figures WHERE ? IN ('', name) ORDER BY headline DESC, name", [name])
        if name and not found:
            known = ", ".join(row["name"] for row in held.rows("SELECT name FROM figures ORDER BY name"))
            raise UsageError(f"{name}: there is no such figure (there are {known})")
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in held.rows(
            "SELECT * FROM figure_rows WHERE counted AND ? IN ('', name) ORDER BY name, unit_id, groups", [name]
        ):
            rows.setdefault(row["name"], []).append(
                {"unit_id": row["unit_id"], "amount": plain_number(row["amount"]), **orjson.loads(row["groups"])}
            )
    return [
        {
            "name": figure["name"],
            "title": figure["title"],
            "question": figure["question"],
            "value": plain_number(figure["value"]),
            "unit": figure["unit"],
            "counting_unit": figure["counting_unit"],
            "status": figure["status"],
            "release": folder.name,
            "rows": rows.get(figure["name"], []),
            "rows_total": figure["rows"],
            "groups": orjson.loads(figure["groups"]),
            "variants": orjson.loads(figure["variants"]),
            "comparators": orjson.loads(figure["comparators"]),
        }
        for figure in found
    ]


def _print(figure: dict[str, Any], *, detail: bool) -> None:
    value = figure["status"] if figure["value"] is None else f"{figure['value']:,} {figure['unit']}"
    others = "; ".join(
        f"{said['reported_by']} reported {said['bound'] or ''} {said['value']:,}" for said in figure["comparators"]
    )
    print(f"{figure['name']:<36} {value}{f'   ({others})' if others else ''}")
    if detail:
        print(f"  {figure['question']}  release {figure['release']}, {len(figure['rows']):,} rows")
        for variant in figure["variants"]:
            print(f"  {variant['title']}: {variant['value'] if variant['value'] is None else format(variant['value'], ',')}")
        for group, values in figure["groups"].items():
            shown = sorted(values.items(), key=lambda item: (-(item[1] or 0), item[0]))[:12]
            listed = ", ".join(f"{name} {value:,}" for name, value in shown)
            print(f"  by {group}: {listed}{' …' if len(values) > len(shown) else ''}")
