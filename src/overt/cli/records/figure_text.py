"""The output of `overt figures` for each figure."""

from collections.abc import Callable
from typing import Any

from overt.cli.english_number_formatting import english_formats, is_money
from overt.cli.records.figure_sensitivity_and_difference_text import difference_lines, sensitivity_lines
from overt.language.number_and_money_formats import counted_unit
from overt.model.errors import format_count
from overt.release.figures.gap_and_difference_labels import gap_texts, problem_noun

_MAX_GROUPS = 12
"""Maximum number of groups of a figure that are printed, the largest first."""


def print_figure(figure: dict[str, Any], *, detail: bool) -> None:
    """Print a figure on one line; with `detail`, also its question and, if it has a value, its sources, gaps, variants and
    groups, what it depends on, and how it differs from reported totals.
    """
    write = _writer(figure["unit"])
    known = figure["value"] is not None
    value = f"{write(figure['value'])} {_unit(figure)}".rstrip() if known else figure["status"]
    if known and figure["status"] != "ok":
        value += f"; {figure['status']}"
    reported = "; ".join(
        f"{comparator['reported_by']} reported {_reported(comparator, figure['unit'])}" for comparator in figure["comparators"]
    )
    rows_lost = sum(gap["rows"] or 0 for gap in figure["gaps"] if gap["what"] == "problems")
    currencies = [gap for gap in figure["gaps"] if gap["what"] == "currency"]
    if known and rows_lost:
        value += f"; {format_count(rows_lost, 'row')} left out as {problem_noun(rows_lost)}"
    elif known and any(gap["what"] == "withheld" for gap in figure["gaps"]):
        value += "; without sources that are withheld"
    if known and currencies:
        rows = format_count(sum(gap["rows"] for gap in currencies), "amount")
        value += f"; without {rows} in {', '.join(gap['unit'] for gap in currencies)}"
    print(f"{figure['name']:<36} {value}{f'   ({reported})' if reported else ''}")
    if not detail:
        return
    rows = f", {format_count(figure['rows_total'], 'row')}" if known else ""
    rows += ", recomputed from its tables: the same value, groups and rows" if known and figure.get("recomputed") else ""
    print(f"  {figure['question']}  release {figure['release']}{rows}")
    if not known:
        return
    for source in figure["sources"]:
        when = f"as of {source['as_of']}" if source["as_of"] else f"retrieved {source['retrieved']}"
        print(f"  from {source['source']}: {source['title']}, {when}")
    for gap in gap_texts(figure["gaps"]):
        print(f"  missing: {gap}")
    if is_money(figure["unit"]):
        print(f"  to the cent: {english_formats().money(figure['value'], figure['unit'])}")
    for variant in figure["variants"]:
        same = ", the same rows" if variant.get("same") else ""
        if variant.get("computed") and variant["value"] is not None:
            same += f", computed; {format_count(variant['left_out'], 'amount')} left out"
        number = variant.get("note") or "–" if variant["value"] is None else write(variant["value"])
        print(f"  {variant['title']}: {number}{same}")
    _print_groups(figure, write)
    for line in sensitivity_lines(figure, write):
        print(f"  {line}")
    for comparator in figure["comparators"]:
        for line in difference_lines(comparator, write):
            print(f"  {line}")


def as_of_line(figure: dict[str, Any]) -> str:
    """Return a line with the number of a figure's units that were in place at a date, beside the number today.

    A figure without a value has its status instead.
    """
    if figure["value"] is None:
        return f"{figure['name']:<36} {figure['status']}"
    number = english_formats().number
    in_place = f"{number(figure['value'])} {_unit(figure)}".rstrip()
    more = [
        f"; {number(figure[name])} {words}"
        for name, words in (
            ("earlier", "last on record earlier, without an end"),
            ("later", "first on record later or undated, without a beginning"),
        )
        if figure[name]
    ]
    return (
        f"{figure['name']:<36} {in_place} possibly or certainly in place as of {figure['as_of']}, "
        f"{number(figure['certain'])} certainly{''.join(more)}   (of {number(figure['today'])})"
    )


def region_line(figure: dict[str, Any]) -> str:
    """Return a line with the value of a figure in a region, beside its value everywhere; its status if it has no value."""
    write = _writer(figure["unit"])
    if figure["value"] is None:
        return f"{figure['name']:<36} {figure['status']}"
    return f"{figure['name']:<36} {write(figure['value'])} {_unit(figure)}".rstrip() + f"   (of {write(figure['everywhere'])})"


def _print_groups(figure: dict[str, Any], write: Callable[[object], str]) -> None:
    for group, values in figure["groups"].items():
        if not values or (len(values) > 1 and not is_money(figure["unit"]) and max(values.values()) == 1):
            continue  # Groups of one row each say no more than the rows.
        largest = sorted(values.items(), key=lambda item: (-(item[1] or 0), item[0]))[:_MAX_GROUPS]
        text = ", ".join(f"{name} {write(value)}" for name, value in largest)
        more = f" … and {len(values) - len(largest):,} more, which --json prints" if len(values) > len(largest) else ""
        print(f"  by {group}: {text}{more}")


def _writer(unit: str | None) -> Callable[[object], str]:
    """Return the function that writes numbers of a unit. It rounds only money, to three significant digits."""
    formats = english_formats()
    return (lambda number: formats.money_short(number, unit)) if is_money(unit) else formats.number


def _unit(figure: dict[str, Any]) -> str:
    formats, unit = english_formats(), figure["unit"]
    return formats.prices(unit) if is_money(unit) else counted_unit(formats, figure, figure["value"])


def _reported(comparator: dict[str, Any], ours: str) -> str:
    """Return a total reported by others in words, such as `at least 63` or `more than $17 bn`.

    `ours`: the unit of the figure, for a total that is reported without one.
    """
    number = _writer(comparator["unit"] or ours)(comparator["value"])
    exact = comparator["bound"] in (None, "", "exact", "exactly")
    return number if exact else f"{comparator['bound']} {number}"
