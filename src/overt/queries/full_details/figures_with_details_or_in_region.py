"""Figures with all their details, or counted in one region, read from the index of a release."""

from decimal import Decimal
from itertools import groupby
from typing import Any

import orjson

from overt.model.errors import UsageError
from overt.queries import figures
from overt.queries.database import Reader, Row
from overt.queries.figures import Figure
from overt.release.figures.figure_serialization import figure_data, plain_number

NOT_BY_REGION = "it counts nothing that is in a country"


def full_figures(reader: Reader, release: str, name: str = "") -> list[dict[str, Any]]:
    """Return every figure, or only the figure `name`, in the format of `figure_data`.

    Headline figures come first. Raises UsageError if there is no figure of this name.
    """
    stored = reader.rows("full_figures.figures", {"name": name})
    if name and not stored:
        known = ", ".join(row["name"] for row in reader.rows("full_figures.names"))
        raise UsageError(f"{name}: there is no such figure (there are {known})")
    rows = _by_name(reader.rows("full_figures.rows", {"name": name}))
    sensitivity = _by_name(reader.rows("full_figures.sensitivity", {"name": name}))
    return [
        figure_data(
            release,
            {**figure, "value": _decimal(figure["value"])},
            [{**row, "amount": _decimal(row["amount"])} for row in rows.get(figure["name"], [])],
            [_sensitivity_row(row) for row in sensitivity.get(figure["name"], [])],
        )
        for figure in stored
    ]


def _sensitivity_row(row: Row) -> Row:
    units = {column: orjson.loads(row[column] or "null") for column in ("gone", "come")}
    return {**row, **units, "value": _decimal(row["value"]), "difference": _decimal(row["difference"])}


def _by_name(rows: list[Row]) -> dict[str, list[Row]]:
    return {name: list(group) for name, group in groupby(rows, key=lambda row: str(row["name"]))}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def figures_in_region(reader: Reader, release: str, region: str, name: str = "") -> list[dict[str, Any]]:
    """Return every figure, or only the figure `name`, counted in the members of a region on the release's day.

    A unit is in the region if it is a member, a project in a member, or a commitment to such a project. `value` is null, and
    `status` says why, if a figure has no value or counts anything but countries, projects and commitments. `everywhere` is the
    figure's value without a region. Raises UsageError if there is no figure of this name.
    """
    selected = [figure for figure in figures.all_figures(reader) if name in ("", figure.name)]
    if not selected:
        known = ", ".join(figure.name for figure in figures.all_figures(reader))
        raise UsageError(f"{name}: there is no such figure (there are {known})")
    return [_in_region(reader, release, region, figure) for figure in selected]


def _in_region(reader: Reader, release: str, region: str, figure: Figure) -> dict[str, Any]:
    rows = reader.rows("figures.units_in_region", {"name": figure.name, "region": region})
    inside = [row for row in rows if row["inside"]]
    is_placed = all(row["placed"] for row in rows)
    status = figure.status if figure.value is None else "ok" if is_placed else NOT_BY_REGION
    units = {row["unit_id"]: Decimal(row["amount"] or 0) for row in inside}
    value = sum(units.values(), Decimal()) if figure.measure == "sum" else Decimal(len(units))
    has_value = figure.value is not None and is_placed
    return {
        "name": figure.name,
        "title": figure.title,
        "question": figure.question,
        "region": region,
        "value": plain_number(value) if has_value else None,
        "everywhere": plain_number(Decimal(figure.value)) if figure.value is not None else None,
        "unit": figure.unit,
        "counting_unit": figure.counting_unit,
        "status": status,
        "release": release,
        "rows": [{"unit_id": row["unit_id"], "amount": row["amount"]} for row in inside] if has_value else [],
    }
