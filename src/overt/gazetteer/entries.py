"""What the gazetteer answers: a town, a province, several candidates, or nothing."""

from dataclasses import dataclass
from math import pi, sqrt

_RESIDENTS_PER_KM2 = 1000
"""Density of a town together with its outskirts, where airports, data centres and factories are."""
_SMALLEST, _LARGEST = 3.0, 40.0
"""Bounds of a town's radius in kilometres. The municipality of a village is larger than the village."""
_NOT_COUNTED = 5.0
"""Radius in kilometres of a town whose population GeoNames doesn't know."""


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames."""

    id: int
    name: str
    country: str
    admin1: str
    """GeoNames' code of its province, as in `09`; empty if it has none."""
    province: str
    """Name of its province; empty if unknown."""
    latitude: float
    longitude: float
    population: int
    """0 if GeoNames doesn't know it."""

    @property
    def precision(self) -> str:
        """Term of the vocabulary `precision`."""
        return "locality"

    @property
    def radius(self) -> float:
        """How far from the point, in kilometres, a site in this town may be: a circle that has room for its residents."""
        if not self.population:
            return _NOT_COUNTED
        return round(min(_LARGEST, max(_SMALLEST, sqrt(self.population / _RESIDENTS_PER_KM2 / pi))), 1)

    @property
    def label(self) -> str:
        """The entry in words, as in `GeoNames 3169070: Rome, Lazio`."""
        return f"GeoNames {self.id}: {', '.join(filter(None, (self.name, self.province)))}"


@dataclass(frozen=True, slots=True)
class Province:
    """A first-level division of a country. Its point is the middle of its towns, since GeoNames' own point is not at hand."""

    id: int
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    """Residents of its towns."""
    radius: float
    """Distance in kilometres from the point to the farthest town."""

    @property
    def precision(self) -> str:
        """Term of the vocabulary `precision`."""
        return "admin1"

    @property
    def label(self) -> str:
        """The entry in words, as in `GeoNames 3174976: Lazio`."""
        return f"GeoNames {self.id}: {self.name}"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that several towns or provinces have, none of which is clearly meant."""

    candidates: tuple[Town | Province, ...]
    """The most populous first."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that the gazetteer lacks in this country."""
