"""Results of the gazetteer: a town, a province, several candidates, or nothing."""

from dataclasses import dataclass
from math import pi, sqrt

_RESIDENTS_PER_KM2 = 1000
"""Assumed density of a town together with its outskirts, where airports, data centres and factories are."""
_MIN_RADIUS, _MAX_RADIUS = 3.0, 40.0
"""Bounds of a town's radius in kilometres. The lower bound is for villages, whose municipality is larger than the village."""
_NOT_COUNTED = 5.0
"""Radius in kilometres of a town with unknown population."""


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames."""

    id: int
    name: str
    country: str
    admin1: str
    """GeoNames code of the town's province, such as `09`; empty if it has none."""
    province: str
    """Name of the town's province; empty if unknown."""
    latitude: float
    longitude: float
    population: int
    """Number of residents; 0 if GeoNames doesn't know it."""

    @property
    def precision(self) -> str:
        """Term of the vocabulary `precision`."""
        return "locality"

    @property
    def radius(self) -> float:
        """Radius in kilometres of a circle around the point that should contain the town, estimated from its population."""
        if not self.population:
            return _NOT_COUNTED
        return round(min(_MAX_RADIUS, max(_MIN_RADIUS, sqrt(self.population / _RESIDENTS_PER_KM2 / pi))), 1)

    @property
    def label(self) -> str:
        """The town in words, such as `GeoNames 3169070: Rome, Lazio`."""
        return f"GeoNames {self.id}: {', '.join(filter(None, (self.name, self.province)))}"


@dataclass(frozen=True, slots=True)
class Province:
    """A first-level division of a country. Its point is the centre of its towns, because the tables lack GeoNames' own point."""

    id: int
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    """Total number of residents of the province's towns."""
    radius: float
    """Distance in kilometres from the point to the farthest town."""

    @property
    def precision(self) -> str:
        """Term of the vocabulary `precision`."""
        return "admin1"

    @property
    def label(self) -> str:
        """The province in words, such as `GeoNames 3174976: Lazio`."""
        return f"GeoNames {self.id}: {self.name}"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that may mean several towns or provinces, some of which may be missing from the gazetteer."""

    candidates: tuple[Town | Province, ...]
    """The candidates in the gazetteer, most populous first."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that the gazetteer does not have where the source places it, or a source that contradicts itself about the place."""
