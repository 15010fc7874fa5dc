"""Dependence of countries on suppliers and cables, with the records behind the numbers."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries.country_dependence import cables as cables_of
from overt.queries.country_dependence import cuts as cuts_of
from overt.queries.country_dependence import sectors as sectors_of
from overt.queries.country_dependence import suppliers as suppliers_of

_LABELS = ("label", "lang", "zh")


class CountryDependence(BaseModel):
    """How concentrated the suppliers and lenders of a country are in each sector, and how few cables connect it."""

    release: str
    country: str
    sectors: list[dict[str, Any]] = Field(
        description="By sector and year: concentration among known suppliers, its bounds, and the share of unknown suppliers."
    )
    suppliers: list[dict[str, Any]] = Field(description="Share of each supplier; `rows` are its units.")
    cables: list[dict[str, Any]] = Field(
        description="Cables with a common supplier or owner, and the fewest whose loss cuts the country off."
    )
    cuts: list[dict[str, Any]] = Field(
        description="The smallest set of cables in use whose loss cuts the country off, for each year of a change: among all "
        "cables, and among those with a known year and a located landing point (`placed_only`)."
    )


def routes(site: Served) -> APIRouter:
    """Return the route of `/api/v1/countries/…/dependence`."""
    router = APIRouter(prefix="/api/v1", tags=["countries"], responses=PROBLEMS, dependencies=ONCE)
    none: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such country."}}

    @router.get("/countries/{code}/dependence", response_model=CountryDependence, response_class=Json, responses=none)
    def country_dependence(code: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return how much a country depends on single suppliers, lenders and cables (see docs/method.md). Lists are empty if
        nothing is recorded.
        """
        if code not in site.words.areas:
            raise HTTPException(404, "There is no country of this code.")
        with site.database.lease() as reader:
            sectors, cables = sectors_of(reader, code), cables_of(reader, code)
            suppliers, cuts = suppliers_of(reader, code), cuts_of(reader, code)
        content = {"release": site.prepared.release, "country": code}
        return Json(
            {
                **content,
                "sectors": _plain(sectors),
                "suppliers": _plain(suppliers),
                "cables": _plain(cables),
                "cuts": _plain(cuts),
            }
        )

    return router


def _plain(rows: Sequence[NamedTuple]) -> list[dict[str, Any]]:
    """Return the rows without the country, which the response states once, and without the labels, which are for pages."""
    return [
        {name: value for name, value in row._asdict().items() if name != "country" and name.rpartition("_")[2] not in _LABELS}
        for row in rows
    ]
