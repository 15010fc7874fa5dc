"""What was measured to be blocked."""

import orjson

from overt.publish.read.database import Reader, Row


def domain(reader: Reader, name: str) -> list[Row]:
    """The episodes of a domain, each with the file (`capture`, `member`) that has its first list; none: no finding."""
    return reader.rows("observed_domain", [name])


def quarters(reader: Reader, name: str) -> list[Row]:
    """Of each series with days and each quarter of a year in which it was measured: `days_measured`, and on how many of them the
    domain was listed (`days_listed`).
    """
    return reader.rows("observed_quarters", [name])


def series(reader: Reader) -> list[Row]:
    """All series of lists, each with the spans of days between its first and last list of which there is none (`unmeasured`)."""
    return [{**row, "unmeasured": orjson.loads(row["unmeasured"])} for row in reader.rows("observed_series")]


def platforms(reader: Reader, *, country: str = "", platform: str = "") -> list[Row]:
    """What was found of the domains of platforms: a row a domain and series, with the number of `episodes`, of lists that name it
    (`measurements`) and of days of the series. Of domains without a finding there is no row.
    """
    return reader.rows("observed_platforms", {"country": country, "platform": platform})


def domains(reader: Reader, platform: str = "") -> dict[str, list[str]]:
    """The domains that count as each platform, or as one, the one that people type first."""
    found: dict[str, list[str]] = {}
    for row in reader.rows("platform_domains", [platform]):
        found.setdefault(row["platform"], []).append(row["domain"])
    return found
