"""Figures with all their details, read from the index of a release."""

from decimal import Decimal
from itertools import groupby
from typing import Any

import orjson

from overt.model.errors import UsageError
from overt.queries.database import Reader, Row
from overt.release.figures.figure_data import figure_data


def full_figures(reader: Reader, release: str, name: str = "") -> list[dict[str, Any]]:
    """Return every figure, those on the first page first, or only the figure `name`, in the form of `release.figures`.

    Raises UsageError if there is no figure of this name.
    """
    figures = reader.rows("full_figures.figures", {"name": name})
    if name and not figures:
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
        for figure in figures
    ]


def _sensitivity_row(row: Row) -> Row:
    units = {column: orjson.loads(row[column] or "null") for column in ("gone", "come")}
    return {**row, **units, "value": _decimal(row["value"]), "difference": _decimal(row["difference"])}


def _by_name(rows: list[Row]) -> dict[str, list[Row]]:
    return {name: list(group) for name, group in groupby(rows, key=lambda row: str(row["name"]))}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
