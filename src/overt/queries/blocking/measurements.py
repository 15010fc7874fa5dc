"""Network measurements, verdicts on them by quarter, day and network, and the platforms of the tested hosts."""

from collections.abc import Collection
from typing import NamedTuple

import orjson

from overt.queries.blocking import blocklists
from overt.queries.database import Reader, json_array


class Verdict(NamedTuple):
    """The result of the measurements of a host or service in one country or network and one period."""

    domain: str
    """The host; for a test of one service, the test's name."""
    country: str
    test_name: str
    period: str
    """A day, or a quarter such as `2024-Q1`."""
    asn: int | None
    """Autonomous system number of the network; None for all networks of the country."""
    source: str
    first_day: str
    last_day: str
    days: int
    measurements: int
    networks: int
    vantage_points: int | None
    blocked: int
    share: float | None
    low: float | None
    high: float | None
    state: str
    mechanisms: list[str]
    down: int
    insufficient: int
    rules: list[str]
    fingerprints: list[str]
    """Versions of the lists of block pages that were used."""


class Measurement(NamedTuple):
    """One measurement of a host or service."""

    at: int
    """Position among all measurements, in stored order."""
    domain: str
    country: str
    test_name: str
    day: str
    asn: int | None
    verdict: str
    mechanism: str | None
    also: list[str]
    """Further blocking mechanisms."""
    rule: str | None
    confidence: str | None
    fingerprints: str | None
    """Version of the lists of block pages that were used."""
    resolver_asn: int | None
    software: str | None
    platform: str | None
    observations: int | None
    """Number of queries, connections, handshakes and requests in the measurement."""
    source: str
    id: str
    capture: str | None
    member: str | None
    place: str | None


_DECODE = {"mechanisms": orjson.loads, "rules": orjson.loads, "fingerprints": orjson.loads}


def name_quarters(reader: Reader, names: Collection[str], country: str = "") -> list[Verdict]:
    """Return quarterly verdicts on these hosts or tests, for all networks of a country together.

    `country`: a country's code; empty for all countries. The verdicts are sorted by country, host and test, the latest quarter
    first.
    """
    return reader.query(Verdict, "measurements.name_quarters", [json_array(sorted(names)), country], decode=_DECODE)


def last_quarters(reader: Reader, country: str) -> list[Verdict]:
    """Return the latest quarter's verdict on each host and service tested in a country, for all its networks together."""
    return reader.query(Verdict, "measurements.last_quarters", [country], decode=_DECODE)


def country_quarters(reader: Reader, country: str) -> list[Verdict]:
    """Return quarterly verdicts on all hosts and services tested in a country, for all its networks together.

    They are sorted by host and test, the latest quarter first.
    """
    return reader.query(Verdict, "measurements.country_quarters", [country], decode=_DECODE)


def network_quarters(reader: Reader, name: str, country: str, limit: int) -> list[Verdict]:
    """Return up to `limit` verdicts on a host or test, by quarter and network of a country, the latest quarter first."""
    return reader.query(Verdict, "measurements.network_quarters", [name, country, limit], decode=_DECODE)


def days(reader: Reader, name: str, country: str, limit: int) -> list[Verdict]:
    """Return up to `limit` daily verdicts on a host or test, the latest first, for all networks of a country together."""
    return reader.query(Verdict, "measurements.days", [name, country, limit], decode=_DECODE)


def measurements(reader: Reader, name: str, country: str, limit: int, after: int = 0) -> list[Measurement]:
    """Return up to `limit` measurements of a host or test in a country, the latest first.

    `after`: the `at` of the last row on the previous page.
    """
    return reader.query(Measurement, "measurements.rows", [name, country, after, limit], decode={"also": orjson.loads})


def countries(reader: Reader) -> list[str]:
    """Return the codes of countries with measurements."""
    return [row["country"] for row in reader.rows("measurements.countries")]


def platform_tests(reader: Reader) -> dict[str, str]:
    """Return the platform of each test that tests only one platform."""
    return {row["test_name"]: row["platform"] for row in reader.rows("measurements.platform_tests")}


def platforms(reader: Reader) -> dict[str, str]:
    """Return the platform of each host that belongs to one, and of each test that tests only one.

    The `www.` host of a domain is included, because most test lists contain that host.
    """
    domains = {name: platform for platform, names in blocklists.platform_domains(reader).items() for name in names}
    return {f"www.{name}": platform for name, platform in domains.items()} | domains | platform_tests(reader)


def platform_names(reader: Reader, platform: str) -> list[str]:
    """Return the hosts and tests of one platform."""
    return [name for name, owner in platforms(reader).items() if owner == platform]
