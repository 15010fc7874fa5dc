"""Two to four countries or organisations side by side, and what they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from overt.queries import countries, organizations, records
from overt.queries.database import Reader, Row
from overt.queries.records import Record

MOST = {"projects": 30, "companies": 30, "countries": 60}
"""How many shared rows a page lists."""


@dataclass(frozen=True)
class Shared:
    """What all sides have in common, and whether there is more than these rows."""

    rows: list[Row]
    more: bool


@dataclass(frozen=True)
class Side:
    """One of the countries or organisations that are compared."""

    id: str
    projects: int
    layers: dict[str, int]
    """Projects by layer; a project with several layers counts in each."""
    top: list[Row]
    """The organisations with the most projects in a country, or all countries of an organisation."""
    roles: dict[str, int]
    """Projects of an organisation by its role in them."""
    money: list[Row]
    """Commitments by unit: `unit`, `commitments`, `stated`, `amount`. For an organisation, those that it finances."""
    counts: Row
    """The row in the list of countries, with what is not known, or in the list of organisations."""


def country(reader: Reader, code: str) -> Side:
    """Return a country as a side, whether it has records or not."""
    row = countries.one(reader, code) or {}
    money: dict[str | None, Row] = {}
    for sums in countries.money(reader, code):
        total = money.setdefault(sums["unit"], {"unit": sums["unit"], "commitments": 0, "stated": 0, "amount": 0.0})
        for name in ("commitments", "stated", "amount"):
            total[name] += sums[name]
    layers = {layer: counted["projects"] for layer, counted in countries.layers(reader, code).items()}
    counts = {**row, **countries.unknown(reader, code)}
    return Side(code, row.get("projects", 0), layers, reader.rows("comparison.top", [code]), {}, list(money.values()), counts)


def latest(reader: Reader, code: str) -> dict[str, Record]:
    """Return the last value of each series of a country, by series."""
    ids = {row["series"]: row["id"] for row in reader.rows("comparison.latest_series_values", {"country": code})}
    values = {record.id: record for record in records.records(reader, ids.values())}
    return {series: values[identity] for series, identity in ids.items() if identity in values}


def organization(reader: Reader, identity: str) -> Side:
    """Return an organisation of the release as a side."""
    row = organizations.labels(reader, identity) or {}
    layers = {counted["layer"]: counted["projects"] for counted in reader.rows("comparison.company_layers", [identity])}
    roles = {counted["role"]: counted["projects"] for counted in reader.rows("comparison.company_roles", [identity])}
    places = reader.rows("comparison.company_countries", [identity])
    money = organizations.money(reader, identity)
    return Side(identity, row.get("projects", 0), layers, places, roles, money, row)


def in_common(reader: Reader, by: str, chosen: Sequence[str]) -> tuple[Shared, Shared]:
    """Return the shared projects, and the organisations with a project in each country, or the countries in which each has one.

    `by`: `country` or `company`.
    """
    chosen_values = {"chosen": orjson.dumps(list(chosen)).decode(), "n": len(chosen)}

    def shared(what: str, **more: str) -> Shared:
        rows = reader.rows(f"comparison.shared_{what}", {**chosen_values, **more, "limit": MOST[what] + 1})
        return Shared(rows[: MOST[what]], len(rows) > MOST[what])

    return shared("projects", by=by), shared("companies" if by == "country" else "countries")


def offered(reader: Reader, limit: int) -> list[Row]:
    """Return organisations to choose from, those with the most projects first."""
    return reader.rows("comparison.choices", [limit])
