"""Dependence of countries on suppliers, with the rows behind each number."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.problem import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries import dependence

_LABELS = ("label", "lang", "zh")


class CountryDependence(BaseModel):
    """Who supplies a country's networks, cables, data centres and money, and what its cables hang on."""

    release: str
    country: str
    sectors: list[dict[str, Any]] = Field(
        description="By sector and year: concentration of what is known, its bounds, the unknown share."
    )
    suppliers: list[dict[str, Any]] = Field(description="The share of each supplier; `rows`: the units that it has a part in.")
    cables: list[dict[str, Any]] = Field(description="Cables that share a supplier or an owner, and the fewest that cut it off.")
    cuts: list[dict[str, Any]] = Field(
        description="The fewest of its cables in use that cut it off, by year: a row where its cables or these changed, of "
        "all, and of those with a certain year and a located landing (`placed_only`)."
    )


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/countries/…/dependence`."""
    router = APIRouter(prefix="/api/v1", tags=["countries"], responses=PROBLEMS, dependencies=ONCE)
    none: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such country."}}

    @router.get("/countries/{code}/dependence", response_model=CountryDependence, response_class=Json, responses=none)
    def of_country(code: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """On whom a country depends; docs/method.md says how it is computed. Lists are empty where nothing is recorded."""
        if code not in site.words.areas:
            raise HTTPException(404, "There is no country of this code.")
        with site.database.lease() as reader:
            sectors, cables = dependence.sectors(reader, code), dependence.cables(reader, code)
            suppliers, cuts = dependence.suppliers(reader, code), dependence.cuts(reader, code)
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
    """Return the rows without the country, which the answer states once, and without the labels, which are for pages."""
    return [
        {name: value for name, value in row._asdict().items() if name != "country" and name.rpartition("_")[2] not in _LABELS}
        for row in rows
    ]
