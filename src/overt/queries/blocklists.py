"""What was measured to be blocked."""

import orjson

from overt.queries.database import Reader, Row


def domain(reader: Reader, name: str) -> list[Row]:
    """The episodes of a domain, each with the file (`capture`, `member`) that has its first list; none: no finding."""
    return reader.rows("blocklists.domain", [name])


def quarters(reader: Reader, name: str) -> list[Row]:
    """Of each series with days and each quarter of a year in which it was measured: `days_measured`, and on how many of them the
    domain was listed (`days_listed`).
    """
    return reader.rows("blocklists.quarters", [name])


def series(reader: Reader) -> list[Row]:
    """All series of lists, each with the spans of days between its first and last list of which there is none (`unmeasured`)."""
    return [{**row, "unmeasured": orjson.loads(row["unmeasured"])} for row in reader.rows("blocklists.series")]


def platforms(reader: Reader, *, country: str = "", platform: str = "") -> list[Row]:
    """What was found of the domains of platforms: a row a domain and series, with the number of `episodes`, of lists that name it
    (`measurements`) and of days of the series, when its first episode began (`start`) and its last one ended (`end`). Of domains
    without a finding there is no row.
    """
    return reader.rows("blocklists.platforms", {"country": country, "platform": platform})


def domains(reader: Reader, platform: str = "") -> dict[str, list[str]]:
    """The domains that count as each platform, or as one, the one that people type first."""
    found: dict[str, list[str]] = {}
    for row in reader.rows("blocklists.platform_domains", [platform]):
        found.setdefault(row["platform"], []).append(row["domain"])
    return found


def measured(reader: Reader) -> dict[tuple[str, str], dict[str, int]]:
    """Of each series (its source and name) with days: the quarters of a year in which there are lists, as `2024-Q1`, and of how
    many days.
    """
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in reader.rows("blocklists.measured"):
        found.setdefault((row["source"], row["series"]), {})[row["quarter"]] = row["days_measured"]
    return found


def platform_quarters(reader: Reader, *, country: str = "", platform: str = "") -> list[Row]:
    """On how many days of a quarter (`days_listed`) the lists of a series name a domain of a platform, and on which one first and
    last (`first_listed`, `last_listed`). Of quarters without such a day there is no row.
    """
    return reader.rows("blocklists.platform_quarters", {"country": country, "platform": platform})
