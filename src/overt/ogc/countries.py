"""The collection of countries, with outlines (Natural Earth) and counts of records."""

from functools import cached_property
from typing import Any

import numpy as np
import orjson
import shapely

from overt.http.served_release import Served
from overt.language.language import N_
from overt.maps.country_shapes import load_outlines
from overt.ogc import queryables
from overt.ogc.collection_interface import CollectionInfo, Feature
from overt.ogc.cql2.filter_sql import filter_sql
from overt.ogc.items_query_parameters import ItemsQuery
from overt.ogc.latitude_bands import Box
from overt.ogc.projects_and_cables import bounding_box
from overt.ogc.property_schemas import COUNTRY
from overt.queries import countries
from overt.queries.database import Database, Reader
from overt.queries.projects_in_memory import Array
from overt.queries.rows.countries import Country


class Countries:
    """Countries and other areas with at least one record. Those without an outline have no geometry."""

    info = CollectionInfo(
        "countries",
        N_("Countries"),
        N_("Countries and other areas with records, and how many there are. Outlines come from Natural Earth."),
        ("Polygon", "MultiPolygon"),
        COUNTRY,
        (),
        ("code",),
        dated=False,
        queryables=queryables.COUNTRY,
        vocabulary="ogc_countries",
    )

    def __init__(self, database: Database) -> None:
        self._database = database
        self.answered: set[tuple[object, ...]] = set()

    @cached_property
    def rows(self) -> list[Country]:
        """Countries with their counts, sorted by code."""
        with self._database.lease() as reader:
            return sorted(countries.all_countries(reader), key=lambda row: row.code)

    @cached_property
    def outlines(self) -> dict[str, dict[str, Any]]:
        """GeoJSON outlines by country code; empty if the front end is not built."""
        return load_outlines()

    @cached_property
    def _shapes(self) -> list[shapely.Geometry | None]:
        outlines = [self.outlines.get(row.code) for row in self.rows]
        return [shapely.from_geojson(orjson.dumps(outline)) if outline else None for outline in outlines]

    def find(self, reader: Reader, query: ItemsQuery) -> list[Array]:
        """Return the numbers of the matching countries, sorted by code.

        Countries without an outline match every box. If the query has a box, they come last.
        """
        numbers = range(len(self.rows))
        if codes := query.own_parameters.get("code"):
            numbers = [number for number in numbers if self.rows[number].code in codes]  # type: ignore[assignment]
        if query.condition:
            sql, values = filter_sql(query.condition, queryables.COUNTRY)
            row = reader.first("ogc.countries_where", values, condition=sql) or {}
            fulfilling = set((row.get("codes") or "").split())
            numbers = [number for number in numbers if self.rows[number].code in fulfilling]  # type: ignore[assignment]
        if query.box:
            boxes = [shapely.box(*part) for part in query.box.parts()]
            shapes = self._shapes
            inside = [at for at in numbers if (shape := shapes[at]) is not None and any(box.intersects(shape) for box in boxes)]
            numbers = [*inside, *(at for at in numbers if shapes[at] is None)]  # type: ignore[assignment]
        return [np.array(list(numbers), np.int32)]

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Return the features with these numbers as GeoJSON, in that order."""
        pages = base + site.language.base
        return [orjson.dumps(self._feature(self.rows[number], pages)).decode() for number in numbers.tolist()]

    def _feature(self, row: Country, base: str) -> Feature:
        counts = {name: getattr(row, name) for name in ("assessments", "agreements", "restrictions")}
        located = {"projects": row.projects, "located_projects": row.located}
        names = {"code": row.code, "name": row.label, "name_zh": row.label_zh}
        return {
            "type": "Feature",
            "id": row.code,
            "geometry": self.outlines.get(row.code),
            "properties": {**names, **located, **counts, "page": f"{base}/country/{row.code}"},
        }

    def number(self, reader: Reader, identity: str) -> int | None:
        """Return the number of the country with this code; None if there is none."""
        return next((number for number, row in enumerate(self.rows) if row.code == identity), None)

    def extent(self) -> Box | None:
        """Return the box around all outlines; None if there are none."""
        nothing = np.zeros(0)
        return bounding_box(nothing, nothing, [shapely.bounds(shape).tolist() for shape in self._shapes if shape])
