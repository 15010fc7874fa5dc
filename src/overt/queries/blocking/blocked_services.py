"""Services that are restricted: where, since when, and what replaced them."""

from typing import NamedTuple

import orjson

from overt.queries.database import Reader, json_array

CUTS = frozenset({"blocking", "shutdown", "throttling"})
"""Kinds of restriction that affect a service as a whole."""


class BlockedService(NamedTuple):
    """A service that one restriction names, in one of its countries."""

    known: int
    """Whether `service` is a term of the vocabulary `platforms`."""
    service: str
    country: str
    kind: str | None
    """Kind of the restriction: blocking, withdrawal …"""
    is_cut: int
    """Whether a source states a kind of restriction in `CUTS`; kinds computed from lists of domains don't count."""
    begun: str | None
    ended: str | None
    replaced_by: list[str]
    id: str


class RestrictedCountry(NamedTuple):
    """A country and its number of restrictions."""

    code: str
    restrictions: int


def blocked_services(reader: Reader) -> list[BlockedService]:
    """Return one row for each restriction, each of its countries and each service that it names, sorted by country and start
    date.
    """
    return reader.query(BlockedService, "blocked_services.all", [json_array(sorted(CUTS))], decode={"replaced_by": orjson.loads})


def restricted_countries(reader: Reader) -> list[RestrictedCountry]:
    """Return the countries with a restriction, those with the most restrictions first."""
    return reader.query(RestrictedCountry, "blocked_services.countries")
