"""The interface of a collection: its description, and how its features are found and encoded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from overt.http.served_release import Served
from overt.ogc.cql2.filter_sql import Queryable
from overt.ogc.items_query_parameters import ItemsQuery
from overt.ogc.latitude_bands import Box
from overt.queries.database import Reader
from overt.queries.projects_in_memory import Array
from overt.release.columns.shared_and_former_column_names import former_names

CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
Feature = dict[str, Any]
"""Parsed GeoJSON."""


@dataclass(frozen=True)
class CollectionInfo:
    """Metadata of a collection. `title` and `description` are message ids."""

    id: str
    title: str
    description: str
    geometry: tuple[str, ...]
    """GeoJSON geometry types that features can have; empty if features have no geometry."""
    properties: Mapping[str, Mapping[str, Any]]
    """JSON schema of each property of features, by its name."""
    filters: tuple[str, ...]
    """Names of the parameters that filter projects."""
    own_parameters: tuple[str, ...] = ()
    """Names of other parameters. Each has the name of the property that it filters."""
    dated: bool = True
    """Whether features have a time, which the parameter `datetime` can limit."""
    queryables: Mapping[str, Queryable] = field(default_factory=dict)
    """Queryables, by the names that the parameter `filter` uses."""
    vocabulary: str = ""
    """Name of the collection's entry in the vocabulary of column names, which lists the old names of properties and
    queryables."""

    @property
    def former(self) -> Mapping[str, str]:
        """Current names of properties and queryables, by their old names. Requests can use both."""
        return former_names(self.vocabulary)


class Collection(Protocol):
    """Features of one kind, in a stable order."""

    info: CollectionInfo
    answered: set[tuple[object, ...]]
    """Kinds of queries that were answered before, so the arrays that they need are already built."""

    def find(self, reader: Reader, query: ItemsQuery) -> list[Array]:
        """Return the numbers of the matching features, in order and in several arrays. `limit` and `offset` are ignored."""

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Return the features as GeoJSON, in the order of `numbers`. `base`: prefix of the addresses of pages."""

    def number(self, reader: Reader, identity: str) -> int | None:
        """Return the number of the feature with this id; None if there is none."""

    def extent(self) -> Box | None:
        """Return the box around all features; None if no feature has a geometry."""
