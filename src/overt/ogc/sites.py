"""Sites: places that are drawn as a point, each once, whatever the number of projects there."""

import numpy as np
import orjson

from overt.http.served import Served
from overt.language.language import N_
from overt.ogc.collection import Said
from overt.ogc.items_query import Asked
from overt.ogc.latitude_bands import Box
from overt.ogc.map_data import Held
from overt.ogc.projects import around, dated, number_of
from overt.ogc.property_schemas import SITE
from overt.queries.database import Reader
from overt.queries.matching import matching_projects
from overt.queries.project_arrays import Array, Mask

_RANKED = ("country", "precision")


class Sites:
    """Places with a point."""

    said = Said(
        "sites",
        N_("Sites"),
        N_(
            "Places that are known better than to a country, each once, with the projects there. Times are those of the projects."
        ),
        ("Point",),
        SITE,
        ("kind", "layer", "company", "supplier", "financier", "status", "source", "sources", "year", "q"),
        ("country", "precision", "project"),
    )

    def __init__(self, held: Held) -> None:
        self._held = held
        self.answered: set[tuple[object, ...]] = set()

    def find(self, reader: Reader, asked: Asked) -> list[Array]:
        """By id of the place; with a box alone from south to north."""
        vectors, held = reader.vectors, self._held
        inside = held.sites.within(asked.box) if asked.box else [held.every_site]
        if not (asked.wanted or asked.days or asked.others):
            return inside
        mask = np.zeros(len(held.every_site), bool)
        for part in inside:
            mask[part] = True
        if asked.wanted or asked.days or "project" in asked.others:
            mask &= self._of_projects(self._meant(reader, asked))
        for name in _RANKED:
            if values := asked.others.get(name):
                known = vectors.arrays[f"site.{name}.ranked"]
                mask &= np.isin(vectors[f"site.{name}.ranks"], [known.index(value) for value in values if value in known])
        return [np.flatnonzero(mask)]

    def _meant(self, reader: Reader, asked: Asked) -> Mask:
        mask = matching_projects(reader, asked.wanted)
        if asked.days:
            mask = mask & dated(self._held, asked.days)
        if ids := asked.others.get("project"):
            numbers = [number for one in ids if (number := number_of(reader.vectors, one)) is not None]
            mask = mask & reader.vectors.marked(np.array(numbers, np.int32))
        return mask

    def _of_projects(self, projects: Mask) -> Mask:
        mask = np.zeros(len(self._held.vectors["site.n"]), bool)
        mask[self._held.site_of_point[projects[self._held.vectors["point.project"]]]] = True
        return mask

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Features by their numbers."""
        n = reader.vectors["site.n"][numbers].tolist()
        rows = {row[0]: row for row in reader.tuples("ogc.sites", [orjson.dumps(n).decode()])}
        pages = orjson.dumps(base + site.language.base).decode()[1:-1]
        return [f"{said}{pages}{page}" for _, said, page in map(rows.__getitem__, n)]

    def number(self, reader: Reader, identity: str) -> int | None:
        """The number of a site."""
        row = reader.one("ogc.site", [identity])
        return int(np.searchsorted(reader.vectors["site.n"], row["n"])) if row else None

    def extent(self) -> Box | None:
        """The box around all sites."""
        longitude, latitude = (self._held.vectors[f"site.{name}"] for name in ("longitude", "latitude"))
        return around(longitude, longitude, latitude, latitude)
