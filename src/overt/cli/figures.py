"""`overt figures`."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, release_folder
from overt.cli.figure_detail import difference, rests_on
from overt.cli.words import FORMATS, is_money
from overt.language.formats import counted_unit
from overt.model.errors import format_count
from overt.model.workspace import Workspace
from overt.release.figures.answers import figures_of
from overt.release.figures.figure_wording import as_problems, gaps_in_words
from overt.release.figures.reproduction import differences
from overt.release.release import Release

_GROUPS = 12
"""Largest groups that are printed of a figure."""


def figures(
    names: Annotated[
        list[str] | None, typer.Argument(help="Figures, each as NAME or NAME@RELEASE.", metavar="[NAME[@RELEASE] …]")
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print published numbers, with what others reported beside them.

    Of NAME@RELEASE the number is made again of the release's tables; exit code 1 when it is not the one that is stored.
    """
    atlas = Workspace.open(workspace)
    found, differing = [], []
    for name in names or [""]:
        figure, release = _split(name)
        with Release(release_folder(atlas, release)) as held:
            figures = figures_of(held, figure)
            # Whoever names the release asks for the number that it holds: it is made again.
            said = [f"{one['name']}@{held.id}: {why}" for one in figures if release for why in differences(held, one["name"])]
        found += [{**one, "recomputed": not said} for one in figures] if release else figures
        differing += said
    if json:
        print_json(found)
    else:
        for one in found:
            _print(one, detail=bool(names))
    for line in differing:
        messages.print(f"overt: {line}; run `overt verify`")
    if differing:
        raise typer.Exit(1)


def _split(name: str) -> tuple[str, str | None]:
    figure, _, release = name.partition("@")
    return figure, release or None


def _print(figure: dict[str, Any], *, detail: bool) -> None:
    write = _writer(figure["unit"])
    known = figure["value"] is not None
    value = f"{write(figure['value'])} {_unit(figure)}".rstrip() if known else figure["status"]
    if known and figure["status"] != "ok":
        value += f"; {figure['status']}"
    others = "; ".join(f"{said['reported_by']} reported {_reported(said, figure['unit'])}" for said in figure["comparators"])
    rows_lost = sum(gap["rows"] or 0 for gap in figure["gaps"])
    if known and rows_lost:
        value += f"; {format_count(rows_lost, 'row')} left out as {as_problems(rows_lost)}"
    elif known and any(gap["what"] == "withheld" for gap in figure["gaps"]):
        value += "; without sources that are withheld"
    print(f"{figure['name']:<36} {value}{f'   ({others})' if others else ''}")
    if not detail:
        return
    rows = f", {format_count(figure['rows_total'], 'row')}" if known else ""
    rows += ", made again of its tables: the same value, groups and rows" if known and figure.get("recomputed") else ""
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
    for line in [*rests_on(figure, write), *(line for said in figure["comparators"] for line in difference(said, write))]:
        print(f"  {line}")


def _writer(unit: str | None) -> Callable[[object], str]:
    """How numbers of a unit are written: money in three digits, anything else as it is."""
    return (lambda number: FORMATS.money_short(number, unit)) if is_money(unit) else FORMATS.number


def _unit(figure: dict[str, Any]) -> str:
    return FORMATS.prices(figure["unit"]) if is_money(figure["unit"]) else counted_unit(FORMATS, figure, figure["value"])


def _reported(said: dict[str, Any], ours: str) -> str:
    """What somebody else reported, in words: `at least 63`, `more than $17 bn`."""
    number = _writer(said["unit"] or ours)(said["value"])
    return number if said["bound"] in (None, "", "exact", "exactly") else f"{said['bound']} {number}"
