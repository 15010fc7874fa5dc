"""`overt figures`."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, release_folder
from overt.cli.words import FORMATS, counted, is_money
from overt.model.workspace import Workspace
from overt.release.figure_answers import figures_of
from overt.release.figure_gaps import as_problems, gaps_in_words
from overt.release.read import Release

_GROUPS = 12
"""Largest groups that are printed of a figure."""


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
    with Release(release_folder(atlas, release)) as held:
        return figures_of(held, name)


def _print(figure: dict[str, Any], *, detail: bool) -> None:
    write = _writer(figure["unit"])
    known = figure["value"] is not None
    value = f"{write(figure['value'])} {_unit(figure['unit'])}".rstrip() if known else figure["status"]
    if known and figure["status"] != "ok":
        value += f"; {figure['status']}"
    others = "; ".join(f"{said['reported_by']} reported {_reported(said, figure['unit'])}" for said in figure["comparators"])
    rows_lost = sum(gap["rows"] or 0 for gap in figure["gaps"])
    if known and rows_lost:
        value += f"; {counted(rows_lost, 'row')} left out as {as_problems(rows_lost)}"
    elif known and any(gap["what"] == "withheld" for gap in figure["gaps"]):
        value += "; without sources that are withheld"
    print(f"{figure['name']:<36} {value}{f'   ({others})' if others else ''}")
    if not detail:
        return
    rows = f", {counted(figure['rows_total'], 'row')}" if known else ""
    print(f"  {figure['question']}  release {figure['release']}{rows}")
    if not known:
        return
    for used in figure["sources"]:
        when = f"as of {used['as_of']}" if used["as_of"] else f"retrieved {used['retrieved']}"
        print(f"  made of {used['source']}: {used['title']}, {when}")
    for gap in gaps_in_words(figure["gaps"]):
        print(f"  missing: {gap}")
    if is_money(figure["unit"]):
        print(f"  to the cent: {FORMATS.money(figure['value'], figure['unit'])}")
    for variant in figure["variants"]:
        same = ", the same rows" if variant.get("same") else ""
        print(
            f"  {variant['title']}: {variant.get('note') or '–' if variant['value'] is None else write(variant['value'])}{same}"
        )
    for group, values in figure["groups"].items():
        if not values or (len(values) > 1 and not is_money(figure["unit"]) and max(values.values()) == 1):
            continue  # a group for each row says no more than the rows
        shown = sorted(values.items(), key=lambda item: (-(item[1] or 0), item[0]))[:_GROUPS]
        listed = ", ".join(f"{name} {write(value)}" for name, value in shown)
        more = f" … and {len(values) - len(shown):,} more, which --json prints" if len(values) > len(shown) else ""
        print(f"  by {group}: {listed}{more}")


def _writer(unit: str | None) -> Callable[[object], str]:
    """How numbers of a unit are written: money in three digits, anything else as it is."""
    return (lambda number: FORMATS.money_short(number, unit)) if is_money(unit) else FORMATS.number


def _unit(unit: str) -> str:
    return FORMATS.prices(unit) if is_money(unit) else unit


def _reported(said: dict[str, Any], ours: str) -> str:
    """What somebody else reported, in words: `at least 63`, `more than $17 bn`."""
    number = _writer(said["unit"] or ours)(said["value"])
    return number if said["bound"] in (None, "", "exact", "exactly") else f"{said['bound']} {number}"
