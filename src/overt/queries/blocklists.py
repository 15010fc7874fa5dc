"""Lists of blocked domains: episodes, series, and the platforms whose domains they name."""

import orjson

from overt.queries.database import Reader, Row


def domain(reader: Reader, name: str) -> list[Row]:
    """Return the episodes of a domain, each with the file of its first list (`capture`, `member`)."""
    return reader.rows("blocklists.domain", [name])


def quarters(reader: Reader, name: str) -> list[Row]:
    """Return a row for each series and quarter with lists: `days_measured`, and on how many of them the domain was listed
    (`days_listed`).
    """
    return reader.rows("blocklists.quarters", [name])


def series(reader: Reader) -> list[Row]:
    """Return all series of lists, each with the gaps between its first and last list (`unmeasured`, spans of days)."""
    return [{**row, "unmeasured": orjson.loads(row["unmeasured"])} for row in reader.rows("blocklists.series")]


def platforms(reader: Reader, *, country: str = "", platform: str = "") -> list[Row]:
    """Return a row for each domain of a platform and each series that lists it.

    It has the number of `episodes`, of lists that name the domain (`measurements`) and of `days` of the series, and when the
    first episode began (`start`) and the last one ended (`end`).
    """
    return reader.rows("blocklists.platforms", {"country": country, "platform": platform})


def domains(reader: Reader, platform: str = "") -> dict[str, list[str]]:
    """Return the domains of each platform, or of one, those that people type first."""
    domains_by_platform: dict[str, list[str]] = {}
    for row in reader.rows("blocklists.platform_domains", [platform]):
        domains_by_platform.setdefault(row["platform"], []).append(row["domain"])
    return domains_by_platform


def measured(reader: Reader) -> dict[tuple[str, str], dict[str, int]]:
    """Return, for each series with days (by source and name), the days measured in each quarter, as `2024-Q1`."""
    days: dict[tuple[str, str], dict[str, int]] = {}
    for row in reader.rows("blocklists.measured"):
        days.setdefault((row["source"], row["series"]), {})[row["quarter"]] = row["days_measured"]
    return days


def platform_quarters(reader: Reader, *, country: str = "", platform: str = "") -> list[Row]:
    """Return a row for each domain of a platform, series and quarter with a listed day: `days_listed`, `first_listed` and
    `last_listed`.
    """
    return reader.rows("blocklists.platform_quarters", {"country": country, "platform": platform})
