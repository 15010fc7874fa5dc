"""Network measurements: their verdicts by quarter, day and network, and the measurements themselves."""

from collections.abc import Collection, Sequence

import orjson

from overt.queries import blocklists
from overt.queries.database import Reader, Row

LISTS = ("mechanisms", "rules", "also")
"""Columns that hold several values."""


def of_names(reader: Reader, names: Collection[str], country: str = "") -> list[Row]:
    """Return verdicts on hosts, or of tests of one service, by country and quarter, the last quarter first."""
    return _parse_lists(reader.rows("measurements.quarters", [orjson.dumps(sorted(names)).decode(), country]))


def of_country(reader: Reader, country: str) -> list[Row]:
    """Return verdicts on all that was tested in a country, each in its last quarter."""
    return _parse_lists(reader.rows("measurements.country", [country]))


def in_country(reader: Reader, country: str) -> list[Row]:
    """Return verdicts on all that was tested in a country, by quarter, the last first."""
    return _parse_lists(reader.rows("measurements.in", [country]))


def networks(reader: Reader, name: str, country: str, most: int) -> list[Row]:
    """Return verdicts on one host in each network of a country, by quarter, the last first; at most `most` rows."""
    return _parse_lists(reader.rows("measurements.networks", [name, country, most]))


def days(reader: Reader, name: str, country: str, most: int) -> list[Row]:
    """Return verdicts on one host in all networks of a country together, by day; at most `most` rows."""
    return _parse_lists(reader.rows("measurements.days", [name, country, most]))


def rows(reader: Reader, name: str, country: str, most: int, after: int = 0) -> list[Row]:
    """Return measurements, the last first; at most `most`. `after`: the `at` of the last row of the part before."""
    return _parse_lists(reader.rows("measurements.rows", [name, country, after, most]))


def countries(reader: Reader) -> list[str]:
    """Return the codes of countries with measurements."""
    return [row["country"] for row in reader.rows("measurements.countries")]


def tests(reader: Reader) -> dict[str, str]:
    """Return the platform of each test that tests one platform only."""
    return {row["test_name"]: row["platform"] for row in reader.rows("measurements.platform_tests")}


def platforms(reader: Reader) -> dict[str, str]:
    """Return the platform of each host and test by which platforms are measured.

    The `www.` host of a domain counts as well: test lists mostly name that one.
    """
    domains = {name: platform for platform, names in blocklists.domains(reader).items() for name in names}
    return {f"www.{name}": platform for name, platform in domains.items()} | domains | tests(reader)


def names_of(reader: Reader, platform: str) -> list[str]:
    """Return the hosts and tests of one platform."""
    return [name for name, owner in platforms(reader).items() if owner == platform]


def _parse_lists(rows: Sequence[Row]) -> list[Row]:
    return [{name: orjson.loads(value) if name in LISTS else value for name, value in row.items()} for row in rows]
