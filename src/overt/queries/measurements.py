"""Single measurements: what they give together, and the rows behind it."""

from collections.abc import Collection, Sequence

import orjson

from overt.queries import blocklists as observed
from overt.queries.database import Reader, Row

LISTS = ("mechanisms", "rules", "also")
"""Columns that hold several values."""


def of_names(reader: Reader, names: Collection[str], country: str = "") -> list[Row]:
    """What was measured of hosts, or by tests of one service, in each country and quarter of a year, the last one first."""
    return _read(reader.rows("measurements.quarters", [orjson.dumps(sorted(names)).decode(), country]))


def of_country(reader: Reader, country: str) -> list[Row]:
    """All that was tested in a country, each in the last quarter in which it was."""
    return _read(reader.rows("measurements.country", [country]))


def in_country(reader: Reader, country: str) -> list[Row]:
    """All that was tested in a country, by quarter, the last one first."""
    return _read(reader.rows("measurements.in", [country]))


def networks(reader: Reader, name: str, country: str, most: int) -> list[Row]:
    """What was measured of one host in each network of a country, by quarter, the last one first; at most so many rows."""
    return _read(reader.rows("measurements.networks", [name, country, most]))


def days(reader: Reader, name: str, country: str, most: int) -> list[Row]:
    """The same in all networks of a country together, by day."""
    return _read(reader.rows("measurements.days", [name, country, most]))


def rows(reader: Reader, name: str, country: str, most: int, after: int = 0) -> list[Row]:
    """The measurements themselves, the last ones first; at most so many. `after`: only those behind the one that is `at` it."""
    return _read(reader.rows("measurements.rows", [name, country, after, most]))


def countries(reader: Reader) -> list[str]:
    """The countries in which anything was measured."""
    return [row["country"] for row in reader.rows("measurements.countries")]


def tests(reader: Reader) -> dict[str, str]:
    """The tests that are of one platform alone, each with it."""
    return {row["test_name"]: row["platform"] for row in reader.rows("measurements.platform_tests")}


def platforms(reader: Reader) -> dict[str, str]:
    """The hosts and the tests that platforms are measured by, each with its platform. A domain's own `www.` is its host too:
    lists of what is tested mostly name that one.
    """
    domains = {name: platform for platform, held in observed.domains(reader).items() for name in held}
    return {f"www.{name}": platform for name, platform in domains.items()} | domains | tests(reader)


def names_of(reader: Reader, platform: str) -> list[str]:
    """Those of one platform."""
    return [name for name, of in platforms(reader).items() if of == platform]


def _read(found: Sequence[Row]) -> list[Row]:
    return [{name: orjson.loads(value) if name in LISTS else value for name, value in row.items()} for row in found]
