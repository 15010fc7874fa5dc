"""A collection: what it is called, what its features have, and how they are found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from overt.http.served import Served
from overt.ogc.items_query import Asked
from overt.ogc.latitude_bands import Box
from overt.queries.database import Reader
from overt.queries.project_arrays import Array

CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
Feature = dict[str, Any]
"""GeoJSON, read."""


@dataclass(frozen=True)
class Said:
    """What a collection says of itself. Titles and descriptions are messages."""

    id: str
    title: str
    description: str
    geometry: tuple[str, ...]
    """Types of GeoJSON that its features may have; empty: none."""
    properties: Mapping[str, Mapping[str, Any]]
    """Of each property of a feature its JSON schema."""
    filters: tuple[str, ...]
    """Parameters by which projects are found."""
    own: tuple[str, ...] = ()
    """Other parameters, each the name of a property."""
    dated: bool = True


class Collection(Protocol):
    """Features of one kind, in an order that stays the same as long as the release is served."""

    said: Said
    answered: set[tuple[object, ...]]
    """By what somebody has asked and had an answer: what it is made from is there."""

    def find(self, reader: Reader, asked: Asked) -> list[Array]:
        """Numbers of the features asked for, in their order, in parts, without regard to `limit` and `offset`."""

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Features by their numbers, in that order, each as JSON; `base`: what the addresses of pages begin with."""

    def number(self, reader: Reader, identity: str) -> int | None:
        """The number of the feature with an id; None where there is none."""

    def extent(self) -> Box | None:
        """The box around all features."""
