"""Lists of blocked domains: series of lists, episodes (periods during which lists contain a domain), and platforms' domains on
the lists.
"""

from typing import NamedTuple

import orjson

from overt.queries.database import Reader


class DomainEpisode(NamedTuple):
    """A period during which the lists of a series contained a domain."""

    domain: str
    source: str
    series: str
    first_listed: str | None
    last_listed: str | None
    start: str | None
    """The first day on the list (EDTF): an interval if the day before was not measured; None if the list is undated."""
    end: str | None
    """The last day on the list (EDTF): an interval if the day after was not measured; None if the list is undated."""
    measurements: int
    unmeasured_days: int
    vantage_points: int | None
    rule: str
    capture: str | None
    """SHA-256 of the archived file with the episode's first list."""
    member: str | None
    """Name of that list within the archived file; None if the file is the list itself."""


class DomainQuarter(NamedTuple):
    """A quarter in which a series has lists, with the number of days on which they contained a domain."""

    source: str
    series: str
    quarter: str
    """For example `2024-Q1`."""
    days_measured: int
    days_listed: int


class ObservedSeries(NamedTuple):
    """A series of blocklists measured from one place with one protocol."""

    source: str
    series: str
    label: str
    label_zh: str | None
    country: str
    place: str | None
    place_zh: str | None
    protocol: str | None
    vantage: str | None
    vantage_zh: str | None
    vantage_points: int | None
    rule: str
    days: int | None
    days_from: str | None
    days_to: str | None
    unmeasured: list[str]
    """Periods (EDTF) without a list between the first and the last list."""


class PlatformListing(NamedTuple):
    """A domain of a platform, and a series of lists that contains it."""

    platform: str
    domain: str
    position: int
    source: str
    series: str
    episodes: int
    measurements: int
    """Number of lists that contain the domain."""
    days: int | None
    """Number of days on which the series has a list."""
    protocol: str | None
    country: str
    start: str | None
    """`start` of the first episode, as in `DomainEpisode`."""
    end: str | None
    """`end` of the last episode, as in `DomainEpisode`."""


class PlatformQuarter(NamedTuple):
    """A quarter in which a series lists a domain of a platform."""

    platform: str
    domain: str
    source: str
    series: str
    quarter: str
    """For example `2024-Q1`."""
    days_listed: int
    first_listed: str
    last_listed: str


def domain_episodes(reader: Reader, name: str) -> list[DomainEpisode]:
    """Return the episodes of the domain `name`, sorted by source, series and first day."""
    return reader.query(DomainEpisode, "blocklists.domain_episodes", [name])


def domain_quarters(reader: Reader, name: str) -> list[DomainQuarter]:
    """Return one row for each series and each quarter in which it has dated lists, even if it never lists the domain."""
    return reader.query(DomainQuarter, "blocklists.domain_quarters", [name])


def series(reader: Reader) -> list[ObservedSeries]:
    """Return all series of lists."""
    return reader.query(ObservedSeries, "blocklists.series", decode={"unmeasured": orjson.loads})


def platform_listings(reader: Reader, *, country: str = "", platform: str = "") -> list[PlatformListing]:
    """Return one row for each domain of a platform and each series of lists that contains it.

    `country`, `platform`: only series about this country, and only domains of this platform; empty for all.
    """
    return reader.query(PlatformListing, "blocklists.platform_listings", {"country": country, "platform": platform})


def platform_domains(reader: Reader, platform: str = "") -> dict[str, list[str]]:
    """Return the domains of each platform, or of one platform, the best-known one first."""
    domains_by_platform: dict[str, list[str]] = {}
    for row in reader.rows("blocklists.platform_domains", [platform]):
        domains_by_platform.setdefault(row["platform"], []).append(row["domain"])
    return domains_by_platform


def days_measured(reader: Reader) -> dict[tuple[str, str], dict[str, int]]:
    """Return the number of days with a list in each quarter (`2024-Q1`), by source and series, for series with dated lists."""
    days: dict[tuple[str, str], dict[str, int]] = {}
    for row in reader.rows("blocklists.days_measured"):
        days.setdefault((row["source"], row["series"]), {})[row["quarter"]] = row["days_measured"]
    return days


def platform_quarters(reader: Reader, *, country: str = "", platform: str = "") -> list[PlatformQuarter]:
    """Return one row for each domain of a platform, each series and each quarter in which the series lists the domain.

    `country`, `platform`: as for `platform_listings`.
    """
    return reader.query(PlatformQuarter, "blocklists.platform_quarters", {"country": country, "platform": platform})
