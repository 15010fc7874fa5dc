"""Figures as stored in the release, and their history: how many of the counted units were in place in each year."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.api.response_models import Figure, FigureHistory
from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries import figures
from overt.queries.as_of import figures_as_of_date_and_by_year
from overt.queries.figures import FigureRow, Sensitivity
from overt.release.figures.figure_serialization import plain_number, sensitivity_data

MAX_ROWS = 2_000
"""Maximum number of rows per figure in a list of figures. A figure requested by name has all its rows."""
_NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "This release has no such figure, or the figure has no history."}
}


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/figures`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/figures/{name}/history", response_model=FigureHistory, response_class=Json, responses=_NOT_FOUND)
    def figure_by_year(name: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return how many of a figure's counted units were in place in each year, for the last 60 years at most.

        A figure has no history (404) if it has no value, is not a count, counts no units, or counts units that don't begin and
        end.
        """
        with site.database.lease() as reader:
            row = figures.find(reader, name)
            units = figures_as_of_date_and_by_year.lasting_units(reader, row) if row else None
        if row is None or units is None:
            missing = (
                "This release has no figure of this name."
                if row is None
                else f"{name}: {figures_as_of_date_and_by_year.NOT_LASTING}."
            )
            raise HTTPException(404, missing)
        years = figures_as_of_date_and_by_year.history(units, int(site.words.meta["manifest"]["date"][:4]))
        return Json({"release": site.prepared.release, "name": name, "years": [year._asdict() for year in years]})

    @router.get("/figures/{name}", response_model=Figure, response_class=Json, responses=_NOT_FOUND)
    def figure(name: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return a figure with all its rows. `NAME@RELEASE` is accepted if RELEASE is the served release, or the complete
        release that it is an edition of.
        """
        name, cited, release = name.partition("@")
        if cited and release not in (site.prepared.release, site.prepared.base_release):
            raise HTTPException(404, f"Only figures of the release that is served here, {site.prepared.release}, are available.")
        with site.database.lease() as reader:
            row = figures.find(reader, name)
            if row is None:
                raise HTTPException(404, "This release has no figure of this name.")
            rows = figures.rows(reader, row, size=row.rows + 1)
            moved = figures.sensitivity(reader, name).get(name, [])
        return Json(_figure(site, row, rows, moved))

    @router.get("/figures", response_model=list[Figure], response_class=Json)
    def figure_list(parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return all figures, as in `overt figures --json`.

        Each has its value with its variants, comparators, sources and gaps, its sensitivity to each source, filter,
        reading and uncertain merge, and at most 2,000 of its rows; `rows_total` is the number of all its rows.
        """
        with site.database.lease() as reader:
            figures_and_rows = [(row, figures.rows(reader, row, size=MAX_ROWS)) for row in figures.all_figures(reader)]
            moved = figures.sensitivity(reader)
        return Json([_figure(site, row, rows, moved.get(row.name, [])) for row, rows in figures_and_rows])

    return router


def _figure(site: Served, figure: figures.Figure, rows: list[FigureRow], moved: list[Sensitivity]) -> dict[str, Any]:
    names = (
        "name",
        "title",
        "question",
        "unit",
        "counting_unit",
        "status",
        "groups",
        "variants",
        "comparators",
        "sources",
        "gaps",
    )
    counted = [{"unit_id": row.unit_id, "amount": _number(row.amount), **row.groups} for row in rows]
    value = None if figure.value is None else Decimal(figure.value)
    return {
        **{name: getattr(figure, name) for name in names},
        "value": _number(figure.value),
        "release": site.prepared.release,
        "rows": sorted(counted, key=lambda row: row["unit_id"]),
        "rows_total": figure.rows,
        "sensitivity": sensitivity_data(value, [row._asdict() for row in moved]),
    }


def _number(text: str | None) -> float | int | None:
    return plain_number(None if text is None else Decimal(text))
