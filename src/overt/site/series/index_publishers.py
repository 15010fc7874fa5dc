"""The publishers of index series: how charts credit them, and where to find newer values than a release has."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from overt.language.language import N_
from overt.queries import series, sources
from overt.queries.database import Reader
from overt.queries.sources import Source
from overt.site.site import Site


class IndexPublisher(NamedTuple):
    """The maker of an index. `name` is in English, and pages translate it."""

    name: str
    address: str
    newest: int | None = None
    """The newest year for which values are known to be published; None if this isn't recorded here."""
    revises: bool = False
    """Whether each version of the index changes the values of earlier years."""

    def short_name(self, site: Site) -> str:
        """Return the publisher's name in the site's language, without the part in brackets: `V-Dem`."""
        return re.split(r" \(|（", site.gettext(self.name))[0]


_V_DEM = IndexPublisher(
    N_("V-Dem (Varieties of Democracy, University of Gothenburg)"), "https://www.v-dem.net/", newest=2025, revises=True
)
"""Version 16 of V-Dem's data, of March 2026, has values up to 2025."""
_NET = IndexPublisher(N_("Freedom House"), "https://freedomhouse.org/report/freedom-net")
_WORLD = IndexPublisher(N_("Freedom House"), "https://freedomhouse.org/report/freedom-world")
_PUBLISHERS = {
    "vdem-": _V_DEM,
    "digital-repression-": _V_DEM,
    "freedom-on-the-net": _NET,
    "fotn-": _NET,
    "freedom-in-the-world": _WORLD,
    "fiw-": _WORLD,
}
"""Prefix of series ids → publisher of the newest values."""


_REVERSED = "digital-repression-"
"""Id prefix of series whose values have the opposite sign of those that their maker publishes."""


def has_opposite_sign(series: str) -> bool:
    """Return whether the values of a series have the opposite sign of those that its maker publishes."""
    return series.startswith(_REVERSED)


def index_publisher(series: str) -> IndexPublisher | None:
    """Return the publisher of a series' newest values; None if no publisher is known."""
    return next((publisher for start, publisher in _PUBLISHERS.items() if series.startswith(start)), None)


def publisher_of_newer_values(series: str, year: int) -> IndexPublisher | None:
    """Return the publisher of a series if it has published values for a year after `year`, or may have; None otherwise."""
    publisher = index_publisher(series)
    return None if publisher is None or (publisher.newest is not None and publisher.newest <= year) else publisher


def mixes_versions(series: str, sources: Sequence[str]) -> bool:
    """Return whether values of a series may come from versions of an index that rate the same year differently.

    `sources`: slugs of the sources of the series.
    """
    publisher = index_publisher(series)
    return publisher is not None and publisher.revises and len(sources) > 1


def series_credits(site: Site, reader: Reader, name: str) -> tuple[tuple[str, str], ...]:
    """Return the names and addresses of a series' sources, which its charts credit.

    If the sources only pass on the values of the series' maker, the maker comes first.
    """
    rows = [row for slug in series.sources(reader, name) if slug in site.sources and (row := sources.find(reader, slug))]
    credits = site.credits(row.source for row in rows)
    maker = index_publisher(name)
    return ((site.gettext(maker.name), maker.address), *credits) if maker and _passed_on(name, rows) else credits


def passing_on(site: Site, reader: Reader, name: str) -> str:
    """Return the titles of the sources of a series, if its maker published none of them; empty otherwise.

    Such sources may lack countries that the maker rates.
    """
    rows = [row for slug in series.sources(reader, name) if (row := sources.find(reader, slug))]
    titles = [site.gettext("“%(title)s”", title=site.language.translated(row.title)) for row in rows]
    return site.formats.join(titles) if _passed_on(name, rows) else ""


def is_passed_on(site: Site, reader: Reader, name: str, source: str) -> bool:
    """Return whether a source of a series passes on the values of a known maker that isn't the source's publisher."""
    row = sources.find(reader, source) if source in site.sources else None
    return row is not None and _passed_on(name, [row])


def _passed_on(name: str, rows: Iterable[Source]) -> bool:
    """Return whether none of a series' sources (`rows`) is published by its maker; false if the maker is unknown."""
    maker = index_publisher(name)
    return maker is not None and not any(maker.name.partition(" (")[0] in (row.publisher or "") for row in rows)
