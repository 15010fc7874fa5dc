"""Map data: points, routes and counts by country, with the filters of the home page."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.http.problem import GeoJson, Json
from overt.http.query_models import ONCE, PROBLEMS, Filters, Shading
from overt.queries import projects
from overt.queries.maps.map_marks import MapPlace, map_places
from overt.site.explorer.explorer_state import read_view
from overt.site.explorer.map_shading import shade_countries
from overt.site.site import Site


class MapProperties(BaseModel):
    """The project that is at a place."""

    id: str = Field(description="Published id; the page is /project/{id}.")
    name: str | None
    name_zh: str | None = Field(description="What it is called in Chinese, where a source says so.")
    layer: str | None = Field(description="The layer that says most of it.")
    kinds: list[str]
    precision: str = Field(description="How exactly the geometry is known. `country` and `unlocated` never give a feature.")
    country: str | list[str] | None = Field(
        description="Code of the country that the point is in; of a route, of all its countries."
    )
    year: int | None
    status: str | None
    place: str | None = Field(description="What the place is called.")


class MapFeature(BaseModel):
    """A GeoJSON feature."""

    type: Literal["Feature"]
    geometry: dict[str, Any]
    properties: MapProperties


class MapCollection(BaseModel):
    """A GeoJSON feature collection."""

    type: Literal["FeatureCollection"]
    features: list[MapFeature]


class CountryCount(BaseModel):
    """How many projects are recorded in a country, and how many of these have a place there."""

    code: str
    projects: int
    located: int


class MapShading(BaseModel):
    """What a map is shaded by."""

    title: str
    otherwise: str = Field(description="What is said of a country that has no value.")
    countries: dict[str, tuple[int, str]] = Field(description="Of each country its shade, 1 to 5, and its value in words.")


class MapCountries(BaseModel):
    """Counts by country; a project in several counts in each."""

    release: str
    unit: Literal["projects"]
    breaks: list[int] = Field(
        description="Least number in each step of `shading`, where it counts projects or shows a figure; else empty. Those of "
        "projects are of the whole release, with or without submarine cables."
    )
    countries: list[CountryCount]
    shading: MapShading | None


def routes(sites: Mapping[str, Site]) -> APIRouter:
    """Return the routes of `/api/v1/map/…`. Answers use the requested language."""
    site = sites["en"]
    router = APIRouter(prefix="/api/v1/map", tags=["map"], responses=PROBLEMS, dependencies=ONCE)

    def features(request: Request, drawn: Literal["point", "route"]) -> list[MapPlace]:
        selection = site.query(request).filter()
        with site.database.lease() as reader:
            return map_places(reader, selection, drawn)

    @router.get("/places", response_model=MapCollection, response_class=GeoJson)
    def places(request: Request, parameters: Annotated[Filters, Query()]) -> Response:
        """Points of projects, one for each place of each project that is found; of a project in several countries also those that
        are in others than the `country` asked for.
        """
        rows = features(request, "point")
        return _collection(
            row._asdict() | {"geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]}} for row in rows
        )

    @router.get("/routes", response_model=MapCollection, response_class=GeoJson)
    def lines(request: Request, parameters: Annotated[Filters, Query()]) -> Response:
        """Lines of projects; those of precision `schematic` show what is connected, not where it runs."""
        rows = features(request, "route")
        return _collection(
            row._asdict() | {"geometry": orjson.Fragment(row.route or ""), "country": row.country or orjson.loads(row.countries)}
            for row in rows
        )

    @router.get("/countries", response_model=MapCountries, response_class=Json)
    def countries(request: Request, parameters: Annotated[Shading, Query()]) -> Response:
        """How many projects each country has."""
        localized = sites[parameters.lang or "en"]
        view = read_view(localized, request)
        with localized.database.lease() as reader:
            counts = projects.map_countries(reader, view.selection)
            shades = shade_countries(localized, reader, view)
        shading = {"title": shades.title, "otherwise": shades.no_value, "countries": shades.countries} if shades else None
        return Json(
            {
                "release": site.prepared.release,
                "unit": "projects",
                "breaks": list(shades.breaks) if shades else [],
                "countries": [count._asdict() for count in counts],
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
                "kinds": row["kinds"],
                "precision": row["precision"],
                "country": row["country"],
                "year": row["year"],
                "status": row["status"],
                "place": row["place"],
            },
        }
        for row in rows
    ]
    return GeoJson({"type": "FeatureCollection", "features": features})
