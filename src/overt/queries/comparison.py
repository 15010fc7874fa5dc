"""Two to four countries or organisations side by side, and what they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from overt.queries import countries, organizations, records
from overt.queries.database import Reader, Row
from overt.queries.records import Record

MOST = {"projects": 30, "companies": 30, "countries": 60}
"""Of what all have in common, as many as a page lists."""


@dataclass(frozen=True)
class Shared:
    """What all have in common, and whether there is more of it than these rows."""

    rows: list[Row]
    more: bool


@dataclass(frozen=True)
class Side:
    """What is compared of one of them."""

    id: str
    projects: int
    layers: dict[str, int]
    """Projects by layer; one of several layers counts in each."""
    top: list[Row]
    """Of a country: the organisations with the most projects; of an organisation: all its countries."""
    roles: dict[str, int]
    """Of an organisation: projects by its part in them."""
    money: list[Row]
    """Commitments by unit: `unit`, `commitments`, `stated`, `amount`. Of an organisation: those that it is a financier of."""
    counts: Row
    """Of a country: its row in the list of countries, and what is not known; of an organisation: its row in the list."""


def country(reader: Reader, code: str) -> Side:
    """A country, whether anything is recorded of it or not."""
    held = countries.one(reader, code) or {}
    money: dict[str | None, Row] = {}
    for row in countries.money(reader, code):
        one = money.setdefault(row["unit"], {"unit": row["unit"], "commitments": 0, "stated": 0, "amount": 0.0})
        for name in ("commitments", "stated", "amount"):
            one[name] += row[name]
    layers = {layer: row["projects"] for layer, row in countries.layers(reader, code).items()}
    counts = {**held, **countries.unknown(reader, code)}
    return Side(code, held.get("projects", 0), layers, reader.rows("comparison.top", [code]), {}, list(money.values()), counts)


def latest(reader: Reader, code: str) -> dict[str, Record]:
    """The last value of each series of a country."""
    ids = {row["series"]: row["id"] for row in reader.rows("comparison.latest_series_values", {"country": code})}
    held = {record.id: record for record in records.records(reader, ids.values())}
    return {series: held[identity] for series, identity in ids.items() if identity in held}


def organization(reader: Reader, identity: str) -> Side:
    """An organisation of this release."""
    held = organizations.labels(reader, identity) or {}
    layers = {row["layer"]: row["projects"] for row in reader.rows("comparison.company_layers", [identity])}
    roles = {row["role"]: row["projects"] for row in reader.rows("comparison.company_roles", [identity])}
    places = reader.rows("comparison.company_countries", [identity])
    money = organizations.money(reader, identity)
    return Side(identity, held.get("projects", 0), layers, places, roles, money, held)


def in_common(reader: Reader, by: str, chosen: Sequence[str]) -> tuple[Shared, Shared]:
    """What all of them have: projects; and organisations with a project in each country, or countries in which each has one.

    `by`: `country` or `company`.
    """
    held = {"chosen": orjson.dumps(list(chosen)).decode(), "n": len(chosen)}

    def shared(what: str, **more: str) -> Shared:
        rows = reader.rows(f"comparison.shared_{what}", {**held, **more, "limit": MOST[what] + 1})
        return Shared(rows[: MOST[what]], len(rows) > MOST[what])

    return shared("projects", by=by), shared("companies" if by == "country" else "countries")


def offered(reader: Reader, limit: int) -> list[Row]:
    """Organisations that a form offers, those with the most projects first."""
    return reader.rows("comparison.choices", [limit])
