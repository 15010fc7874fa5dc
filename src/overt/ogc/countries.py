"""Countries, with the outlines that the map draws (Natural Earth) and how much is recorded in each."""

from functools import cached_property
from typing import Any

import numpy as np
import orjson
import shapely

from overt.http.served import Served
from overt.language.language import N_
from overt.maps.country_outlines import load_outlines
from overt.ogc.collection import Feature, Said
from overt.ogc.items_query import Asked
from overt.ogc.latitude_bands import Box
from overt.ogc.projects import around
from overt.ogc.property_schemas import COUNTRY
from overt.queries import countries
from overt.queries.database import Database, Reader, Row
from overt.queries.project_arrays import Array


class Countries:
    """Countries and other areas that anything is said of; one without an outline has no geometry."""

    said = Said(
        "countries",
        N_("Countries"),
        N_("Countries and other areas that anything is recorded in, with how much. Outlines are those of Natural Earth."),
        ("Polygon", "MultiPolygon"),
        COUNTRY,
        (),
        ("code",),
        dated=False,
    )

    def __init__(self, database: Database) -> None:
        self._database = database
        self.answered: set[tuple[object, ...]] = set()

    @cached_property
    def rows(self) -> list[Row]:
        """Counts by country, by code."""
        with self._database.lease() as reader:
            return sorted(countries.every(reader), key=lambda row: str(row["code"]))

    @cached_property
    def outlines(self) -> dict[str, dict[str, Any]]:
        """GeoJSON by code; none where the front end has not been built."""
        return load_outlines()

    @cached_property
    def _shapes(self) -> list[shapely.Geometry | None]:
        found = [self.outlines.get(row["code"]) for row in self.rows]
        return [shapely.from_geojson(orjson.dumps(outline)) if outline else None for outline in found]

    def find(self, reader: Reader, asked: Asked) -> list[Array]:
        """By code. A box leaves in what has no outline, at the end."""
        numbers = range(len(self.rows))
        if codes := asked.others.get("code"):
            numbers = [number for number in numbers if self.rows[number]["code"] in codes]  # type: ignore[assignment]
        if asked.box:
            boxes = [shapely.box(*part) for part in asked.box.parts()]
            shapes = self._shapes
            inside = [at for at in numbers if (one := shapes[at]) is not None and any(box.intersects(one) for box in boxes)]
            numbers = [*inside, *(at for at in numbers if shapes[at] is None)]  # type: ignore[assignment]
        return [np.array(list(numbers), np.int32)]

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Features by their numbers."""
        pages = base + site.language.base
        return [orjson.dumps(self._feature(self.rows[number], pages)).decode() for number in numbers.tolist()]

    def _feature(self, row: Row, base: str) -> Feature:
        counts = {name: row[name] for name in ("projects", "located", "assessments", "agreements", "restrictions")}
        names = {"code": row["code"], "name": row["label"], "name_zh": row["label_zh"]}
        return {
            "type": "Feature",
            "id": row["code"],
            "geometry": self.outlines.get(row["code"]),
            "properties": {**names, **counts, "page": f"{base}/country/{row['code']}"},
        }

    def number(self, reader: Reader, identity: str) -> int | None:
        """The number of a country."""
        return next((number for number, row in enumerate(self.rows) if row["code"] == identity), None)

    def extent(self) -> Box | None:
        """The box around all outlines."""
        nothing = np.zeros(0)
        return around(nothing, nothing, nothing, nothing, [shapely.bounds(one).tolist() for one in self._shapes if one])
