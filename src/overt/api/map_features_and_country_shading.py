"""Map data: points, routes, and counts and shades by country, with the filters of the explorer."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.http.json_and_problem_responses import GeoJson, Json
from overt.http.query_models import ONCE, PROBLEMS, Filters, Shading
from overt.queries import projects
from overt.queries.maps.cable_colours_by_supplier import CABLES_LAYER, suppliers_of_cables
from overt.queries.maps.map_marks import MapPlace, map_places
from overt.site.explorer.explorer_state import read_view
from overt.site.explorer.map_shading import shade_countries
from overt.site.site import Site


class MapProperties(BaseModel):
    """The project that a point or line belongs to."""

    id: str = Field(description="Published id; the page is /project/{id}.")
    name: str | None
    name_zh: str | None = Field(description="Chinese name, if a source has one.")
    layer: str | None = Field(description="The most specific layer of the project.")
    kind: list[str]
    precision: str = Field(description="How precisely the place is known. Places with `country` or `unlocated` are not features.")
    country: str | list[str] | None = Field(description="Code of the country of a point; codes of all countries of a route.")
    year: int | None
    status: str | None
    place_name: str | None = Field(description="Name of the place.")
    supplier: list[str] | None = Field(None, description="Ids of the suppliers of a cable. Only for routes of cables.")


class MapFeature(BaseModel):
    """A place or route of a project, as a GeoJSON feature."""

    type: Literal["Feature"]
    geometry: dict[str, Any]
    properties: MapProperties


class MapCollection(BaseModel):
    """The places or routes of the matching projects, as a GeoJSON feature collection."""

    type: Literal["FeatureCollection"]
    features: list[MapFeature]


class CountryCount(BaseModel):
    """Number of projects in a country, and how many of them have a location there."""

    code: str
    projects: int
    located_projects: int


class MapShading(BaseModel):
    """The shading of a map: its title and palette, the shade and value of each country, and the numbers drawn as circles."""

    title: str
    palette: str = Field(description="Palette of the shades in the site’s style sheet: `project`, `count` or `score`.")
    otherwise: str = Field(description="Text for a country without a value.")
    countries: dict[str, tuple[int, str]] = Field(description="By country: its shade (1 to 5) and its value in words.")
    numbers: dict[str, int] = Field(
        description="By country: the number of projects or systems, or of a figure, which is drawn as a circle. The shade "
        "is then 1. Empty for indexes and assessments."
    )


class MapCountries(BaseModel):
    """Counts by country, and the shades and circles of the map. A project in several countries counts in each."""

    release: str
    unit: Literal["projects"]
    countries: list[CountryCount]
    shading: MapShading | None


def routes(sites: Mapping[str, Site]) -> APIRouter:
    """Return the routes of `/api/v1/map/…`. `sites` has the site of each language, by its code.

    Only the texts of the shading depend on the language.
    """
    site = sites["en"]
    router = APIRouter(prefix="/api/v1/map", tags=["map"], responses=PROBLEMS, dependencies=ONCE)

    def features(request: Request, drawn: Literal["point", "route"]) -> list[MapPlace]:
        selection = site.query(request).filter()
        with site.database.lease() as reader:
            return map_places(reader, selection, drawn)

    @router.get("/places", response_model=MapCollection, response_class=GeoJson)
    def places(request: Request, parameters: Annotated[Filters, Query()]) -> Response:
        """Return a point for each place of each matching project, if the place is known more precisely than its country. Places
        outside the requested `country` are included.
        """
        rows = features(request, "point")
        return _collection(
            row._asdict() | {"geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]}} for row in rows
        )

    @router.get("/routes", response_model=MapCollection, response_class=GeoJson)
    def lines(request: Request, parameters: Annotated[Filters, Query()]) -> Response:
        """Return the routes of matching projects. A route with precision `schematic` shows what it connects, not its course."""
        rows = features(request, "route")
        with site.database.lease() as reader:
            suppliers = suppliers_of_cables(reader)
        return _collection(
            row._asdict()
            | {"geometry": orjson.Fragment(row.route or ""), "country": row.country or orjson.loads(row.countries)}
            | ({"supplier": suppliers.get(row.id, [])} if row.layer == CABLES_LAYER else {})
            for row in rows
        )

    @router.get("/countries", response_model=MapCountries, response_class=Json)
    def countries(request: Request, parameters: Annotated[Shading, Query()]) -> Response:
        """Return the number of matching projects in each country, and the shading of the map."""
        localized = sites[parameters.lang or "en"]
        view = read_view(localized, request)
        with localized.database.lease() as reader:
            counts = projects.map_countries(reader, view.selection)
            shades = shade_countries(localized, reader, view)
        shading = None
        if shades:
            shading = {
                "title": shades.title,
                "palette": shades.palette,
                "otherwise": shades.no_value,
                "countries": shades.countries,
                "numbers": {code: counted.number for code, counted in shades.numbers.items()},
            }
        return Json(
            {
                "release": site.prepared.release,
                "unit": "projects",
                "countries": [
                    {"code": count.code, "projects": count.projects, "located_projects": count.located} for count in counts
                ],
                "shading": shading,
            }
        )

    return router


def _collection(rows: Any) -> Response:
    features = [
        {
            "type": "Feature",
            "geometry": row["geometry"],
            "properties": {
                "id": row["id"],
                "name": row["label"],
                "name_zh": row["label_zh"],
                "layer": row["layer"],
                "kind": row["kinds"],
                "precision": row["precision"],
                "country": row["country"],
                "year": row["year"],
                "status": row["status"],
                "place_name": row["place"],
                **({"supplier": row["supplier"]} if "supplier" in row else {}),
            },
        }
        for row in rows
    ]
    return GeoJson({"type": "FeatureCollection", "features": features})
