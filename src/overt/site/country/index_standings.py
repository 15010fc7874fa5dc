"""Positions of countries in the best-known indexes: newest value, place on the scale, and rank among that year’s countries."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.labels import Term
from overt.site.country.projects_with_details import QUERIES
from overt.site.series.scales import Scale, scale_of, share_of_scale
from overt.site.series_values_in_words import Indicator
from overt.site.site import Site

INDEXES = ("freedom-on-the-net", "freedom-in-the-world", "digital-repression", "vdem-liberal-democracy")
"""The indexes in the table, in order."""


class Standing(NamedTuple):
    """The newest value of an index for a country."""

    term: Term
    indicator: Indicator
    scale: Scale
    low: float
    """Lower end of the scale or, if it has no bounds, the lowest value of that year."""
    high: float
    """Upper end of the scale or, if it has no bounds, the highest value of that year."""
    share: float
    """Position of the value on the scale, from 0 to 1."""
    rank: int
    """1 is the least free country, as on the pages of series. Countries with equal values have the same rank."""
    countries: int
    """Number of countries with a value in that year."""


def standings(site: Site, reader: Reader, code: str, indicators: Sequence[tuple[Term, list[Indicator]]]) -> list[Standing]:
    """Return a country's position in each of `INDEXES` that has a value for it. `indicators`: its series with values by year."""
    newest = {term.id: (term, values[-1]) for term, values in indicators}
    rows = []
    for name in INDEXES:
        if name not in newest:
            continue
        scale = scale_of(name)
        term, value = newest[name]
        values = {
            row["country"]: row["value"] for row in reader.select(QUERIES["queries.values_of_year"], [name, int(value.year)])
        }
        own = values.get(code)
        if own is None:
            continue
        low, high = scale.ends(values.values())
        share = (own - low) / (high - low) if high > low else 0.5
        rank = 1 + sum((other - own) * scale.direction < 0 for other in values.values())
        rows.append(Standing(term, value, scale, low, high, share, rank, len(values)))
    return rows


def scale_shares(latest: Mapping[str, Mapping[str, Indicator]]) -> dict[tuple[str, str], float]:
    """Return the position of values in the best-known indexes on their scales, from 0 to 1, by index and country.

    Indexes without bounds are left out.
    """
    shares: dict[tuple[str, str], float] = {}
    for series in INDEXES:
        bounds = scale_of(series).bounds
        for code, by_series in latest.items():
            if bounds and series in by_series and by_series[series].fact.property == "value":
                shares[series, code] = share_of_scale(float(by_series[series].fact.value), bounds)
    return shares
