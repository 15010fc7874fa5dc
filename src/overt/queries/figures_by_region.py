"""Figures that count only rows in a region."""

from decimal import Decimal
from typing import Any

from overt.model.errors import UsageError
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.release.figures.figure_data import plain_number

NOT_BY_REGION = "it counts nothing that is in a country"


def figures_in_region(reader: Reader, release: str, region: str, name: str = "") -> list[dict[str, Any]]:
    """Return every figure, or only the figure `name`, counted in the members of a region on the release's day.

    A row is in the region if its country is a member, or if its project (of a commitment: the project it is for) is in a member.
    `value` is null, and `status` says why, if a figure has no value or counts neither countries nor projects. Raises UsageError
    if there is no figure of this name.
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
