"""The collection of sites. Each place with a point occurs once, no matter how many projects are there."""

import numpy as np
import orjson

from overt.http.served_release import Served
from overt.language.language import N_
from overt.ogc import queryables
from overt.ogc.collection_interface import CollectionInfo
from overt.ogc.cql2.filter_nodes import Condition
from overt.ogc.cql2.filter_sql import filter_sql
from overt.ogc.feature_arrays import MapData
from overt.ogc.items_query_parameters import ItemsQuery
from overt.ogc.latitude_bands import Box
from overt.ogc.projects_and_cables import bounding_box, in_place_in, number_of
from overt.ogc.property_schemas import PROJECT_FILTERS, SITE
from overt.queries.database import Reader, json_array
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Array, Mask

_RANKED = ("country", "precision")
"""Filters that apply to the place itself, not to its projects. `located` isn't one of them, because every site is located."""


class Sites:
    """Places with a point."""

    info = CollectionInfo(
        "sites",
        N_("Sites"),
        N_(
            "Places that are known more exactly than to a country, each listed once with its projects. Times come from the "
            "projects."
        ),
        ("Point",),
        SITE,
        tuple(name for name in PROJECT_FILTERS if name not in (*_RANKED, "located")),
        (*_RANKED, "project"),
        queryables=queryables.SITE,
        vocabulary="ogc_sites",
    )

    def __init__(self, data: MapData) -> None:
        self._data = data
        self.answered: set[tuple[object, ...]] = set()

    def find(self, reader: Reader, query: ItemsQuery) -> list[Array]:
        """Return the numbers of the matching sites, sorted by place id.

        With a box and no other filter, they are sorted from south to north instead.
        """
        vectors, data = reader.vectors, self._data
        inside = data.sites.within(query.box) if query.box else [data.every_site]
        if not (query.projects or query.days or query.own_parameters or query.condition):
            return inside
        mask = np.zeros(len(data.every_site), bool)
        for part in inside:
            mask[part] = True
        if query.projects or query.days or "project" in query.own_parameters:
            mask &= self._sites_of_projects(self._matching(reader, query))
        for name in _RANKED:
            if values := query.own_parameters.get(name):
                known = vectors.arrays[f"site.{name}.ranked"]
                mask &= np.isin(vectors[f"site.{name}.ranks"], [known.index(value) for value in values if value in known])
        if query.condition:
            mask &= self._fulfilling(reader, query.condition)
        return [np.flatnonzero(mask)]

    def _fulfilling(self, reader: Reader, condition: Condition) -> Mask:
        sql, values = filter_sql(condition, queryables.SITE)
        row = reader.first("ogc.sites_where", values, condition=sql) or {}
        numbers = np.array([int(n) for n in (row.get("numbers") or "").split()], np.int64)
        mask = np.zeros(len(self._data.every_site), bool)
        mask[np.searchsorted(reader.vectors["site.n"], numbers)] = True
        return mask

    def _matching(self, reader: Reader, query: ItemsQuery) -> Mask:
        mask = matching_projects(reader, query.projects)
        if query.days:
            mask = mask & in_place_in(self._data.vectors, query.days)
        if ids := query.own_parameters.get("project"):
            numbers = [number for identity in ids if (number := number_of(reader.vectors, identity)) is not None]
            mask = mask & reader.vectors.mask(np.array(numbers, np.int32))
        return mask

    def _sites_of_projects(self, projects: Mask) -> Mask:
        mask = np.zeros(len(self._data.vectors["site.n"]), bool)
        mask[self._data.site_of_point[projects[self._data.vectors["point.project"]]]] = True
        return mask

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Return the features with these numbers as GeoJSON, in that order."""
        n = reader.vectors["site.n"][numbers].tolist()
        rows = {row[0]: row for row in reader.tuples("ogc.sites", [json_array(n)])}
        pages = orjson.dumps(base + site.language.base).decode()[1:-1]
        return [f"{feature}{pages}{page}" for _, feature, page in map(rows.__getitem__, n)]

    def number(self, reader: Reader, identity: str) -> int | None:
        """Return the number of the site with this id; None if there is none."""
        row = reader.first("ogc.site", [identity])
        return int(np.searchsorted(reader.vectors["site.n"], row["n"])) if row else None

    def extent(self) -> Box | None:
        """Return the box around all sites; None if there are none."""
        longitude, latitude = (self._data.vectors[f"site.{name}"] for name in ("longitude", "latitude"))
        return bounding_box(longitude, latitude)
