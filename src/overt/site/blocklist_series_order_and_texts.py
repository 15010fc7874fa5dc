"""Series of blocklists on pages: their keys and order, their texts in the site's language, and when they list a domain."""

from collections.abc import Sequence
from typing import Any

from overt.queries.blocking.blocklists import DomainEpisode, DomainQuarter, ObservedSeries, PlatformListing, PlatformQuarter
from overt.site.restriction_facts import without_open_end
from overt.site.site import Site

Key = tuple[str, str]
"""Source and name of a series."""
_OfSeries = ObservedSeries | PlatformListing | PlatformQuarter | DomainEpisode | DomainQuarter


def key(row: _OfSeries) -> Key:
    """Return the key of a row's series: its source and name."""
    return row.source, row.series


def listing_period(row: PlatformListing, series: ObservedSeries) -> dict[str, Any]:
    """Return the period in which a domain was on the lists of a series.

    `start`: when it was first listed; None if it was already on the first list, or if the date is unknown. `end`: when it was
    last listed; None if it was still on the last list, or if the date is unknown. `episodes`: how often it was listed; 0 if
    only once, or if the lists have no dates.
    """
    return {
        "start": None if (row.start or "../").startswith("../") else row.start,
        "end": without_open_end(row.end),
        "episodes": row.episodes if row.episodes > 1 and series.days else 0,
    }


def dated_first(series: Sequence[ObservedSeries]) -> list[ObservedSeries]:
    """Sort series: series with dated lists first, and series of entire countries before those of parts of countries."""
    return sorted(series, key=lambda row: (not row.days, row.place is not None))


def localize_series(site: Site, rows: list[ObservedSeries]) -> list[ObservedSeries]:
    """Return series with their texts in the site's language."""
    chinese = site.language.code == "zh"
    if not chinese:
        return rows
    return [
        row._replace(label=row.label_zh or row.label, place=row.place_zh or row.place, vantage=row.vantage_zh or row.vantage)
        for row in rows
    ]
