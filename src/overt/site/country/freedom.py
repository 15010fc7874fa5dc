"""Where a country stands in the best known indexes: the newest value, its scale, and the rank among that year’s countries."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.language.language import N_
from overt.queries.database import Reader
from overt.queries.labels import Term
from overt.site.country.systems import QUERIES
from overt.site.series_texts import Indicator
from overt.site.site import Site


class Scale(NamedTuple):
    """The scale of an index."""

    bounds: tuple[float, float] | None
    """Its lowest and highest possible value; None if it has no bounds, and the year's lowest and highest value are shown."""
    direction: int
    """1 if a higher value means more freedom, -1 if it means less."""
    words: str


FREER, REPRESSION = N_("higher is freer"), N_("higher is more repression")
SCALES = {
    "freedom-on-the-net": Scale((0, 100), 1, FREER),
    "freedom-in-the-world": Scale((0, 100), 1, FREER),
    "digital-repression": Scale(None, -1, REPRESSION),
    "vdem-liberal-democracy": Scale((0, 1), 1, FREER),
}
"""The indexes of the table, in its order."""


class Standing(NamedTuple):
    """The newest value of an index for a country."""

    term: Term
    indicator: Indicator
    scale: Scale
    low: float
    high: float
    share: float
    """Where the value lies on the scale, from 0 to 1."""
    rank: int
    """1 is the freest country; countries with equal values have the same rank."""
    countries: int


def standings(site: Site, reader: Reader, code: str, indicators: Sequence[tuple[Term, list[Indicator]]]) -> list[Standing]:
    """Return where a country stands in the indexes of `SCALES`. `indicators`: its series with their values by year."""
    newest = {term.id: (term, values[-1]) for term, values in indicators}
    rows = []
    for name, scale in SCALES.items():
        if name not in newest:
            continue
        term, value = newest[name]
        values = {
            row["country"]: row["value"] for row in reader.select(QUERIES["queries.values_of_year"], [name, int(value.year)])
        }
        own = values.get(code)
        if own is None:
            continue
        low, high = scale.bounds or (min(values.values()), max(values.values()))
        share = (own - low) / (high - low) if high > low else 0.5
        rank = 1 + sum((other - own) * scale.direction > 0 for other in values.values())
        rows.append(Standing(term, value, scale, low, high, share, rank, len(values)))
    return rows
