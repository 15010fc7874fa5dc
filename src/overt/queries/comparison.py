"""Several countries or organisations side by side, and what they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from overt.queries import countries, organizations, records
from overt.queries.database import Reader, Row, json_array
from overt.queries.labels import RecordLabel
from overt.queries.organizations import FinancedUnit, Organization
from overt.queries.rows.countries import AreaOrganization, Country, Unknown
from overt.queries.rows.records import Record

MAX_SHARED_ROWS = {"projects": 30, "companies": 30, "countries": 60}
"""Maximum number of shared rows that a page lists, by kind of row."""


class CountryProjects(NamedTuple):
    """A country and how many projects an organisation has in it."""

    country: str
    projects: int


class UnitMoney(NamedTuple):
    """The commitments to a country's projects in one unit, such as `USD`."""

    unit: str | None
    commitments: int
    stated: int
    """Number of commitments that state an amount."""
    amount: float


@dataclass(frozen=True)
class Shared:
    """Rows that all sides have in common, and whether there are more of them."""

    rows: list[Row]
    more: bool


@dataclass(frozen=True)
class Side:
    """One of the compared countries or organisations."""

    id: str
    projects: int
    layers: dict[str, int]
    """Number of projects by layer; a project with several layers counts in each."""
    top: list[AreaOrganization] | list[CountryProjects]
    """For a country, the five organisations with the most projects there. For an organisation, all countries where it has any."""
    roles: dict[str, int]
    """Number of an organisation's projects by its role; empty for a country."""
    money: list[UnitMoney] | list[FinancedUnit]
    """Commitments by unit; for an organisation, those it finances."""
    listed: Country | Organization | None
    """The entry in the list of countries or organisations; None if there is none."""
    unknown: Unknown | None = None
    """For a country, the numbers of projects with gaps."""


def country(reader: Reader, code: str) -> Side:
    """Return a country as one side of a comparison, even if it has no records."""
    row = countries.find(reader, code)
    money: dict[str | None, UnitMoney] = {}
    for sums in countries.money(reader, code):
        total = money.get(sums.unit, UnitMoney(sums.unit, 0, 0, 0.0))
        money[sums.unit] = UnitMoney(
            sums.unit, total.commitments + sums.commitments, total.stated + sums.stated, total.amount + sums.amount
        )
    layers = {layer: counted.projects for layer, counted in countries.layers(reader, code).items()}
    top = reader.query(AreaOrganization, "comparison_page.top", [code])
    unknown = countries.unknown(reader, code)
    return Side(code, row.projects if row else 0, layers, top, {}, list(money.values()), row, unknown)


def latest_values(reader: Reader, code: str) -> dict[str, Record]:
    """Return the latest value of each series for a country, by series."""
    ids = {row["series"]: row["id"] for row in reader.rows("comparison_page.latest_series_values", {"country": code})}
    values = {record.id: record for record in records.records(reader, ids.values())}
    return {series: values[identity] for series, identity in ids.items() if identity in values}


def organization(reader: Reader, identity: str) -> Side:
    """Return an organisation of the release as one side of a comparison."""
    row = organizations.find(reader, identity)
    layers = {counted.layer: counted.projects for counted in organizations.layers(reader, identity)}
    roles = {counted["role"]: counted["projects"] for counted in reader.rows("comparison_page.company_roles", [identity])}
    places = reader.query(CountryProjects, "comparison_page.company_countries", [identity])
    money = organizations.money(reader, identity)
    return Side(identity, row.projects if row else 0, layers, places, roles, money, row)


def in_common(reader: Reader, by: str, chosen: Sequence[str]) -> tuple[Shared, Shared]:
    """Return the projects and the organisations or countries that all chosen sides share, up to `MAX_SHARED_ROWS` of each.

    `by`: `country` for countries, which share the organisations with a project in each of them; `company` for organisations,
    which share the countries in which each has a project.
    """
    chosen_values = {"chosen": json_array(chosen), "n": len(chosen)}

    def shared(what: str, **more: str) -> Shared:
        rows = reader.rows(f"comparison_page.shared_{what}", {**chosen_values, **more, "limit": MAX_SHARED_ROWS[what] + 1})
        return Shared(rows[: MAX_SHARED_ROWS[what]], len(rows) > MAX_SHARED_ROWS[what])

    return shared("projects", by=by), shared("companies" if by == "country" else "countries")


def choices(reader: Reader, limit: int) -> list[RecordLabel]:
    """Return the labels of up to `limit` organisations that a reader can choose, those with the most projects first."""
    return reader.query(RecordLabel, "comparison_page.choices", [limit])
