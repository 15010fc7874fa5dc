"""Organisations: their list, projects, clients and money, and the official lists that a release has."""

from typing import Any, NamedTuple

from overt.index.search_text import match
from overt.queries.database import Reader
from overt.queries.projects import DatedProject, ProjectDate, gather_dates
from overt.queries.rows.countries import Financier


class Organization(NamedTuple):
    """An entry in the list of organisations."""

    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    kind: str | None
    country: str | None
    """Code of the country in which the organisation is based."""
    projects: int
    countries: int
    listings: int
    sources: int


class RankedOrganization(NamedTuple):
    """A row of the sortable list of organisations."""

    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    kind: str | None
    country: str | None
    projects: int
    countries: int
    listings: int
    independent_sources: int
    """Number of separate sources. For older releases, which lack this number, the number of sources."""
    systems: int
    """Number of surveillance or censorship systems that the organisation supplies.

    Announced, denied, cancelled and unverified systems, and security inspection, don't count.
    """
    indexed: int
    """Number of countries in which an index names the organisation as a supplier."""


class OrganizationProjects(NamedTuple):
    """An organisation and how many projects it has a role in."""

    id: str
    projects: int


class RoleCount(NamedTuple):
    """The number of an organisation's projects of one layer in one role."""

    layer: str
    """Empty for projects without a layer."""
    role: str
    projects: int


class LayerCount(NamedTuple):
    """The number of an organisation's projects of one layer, in any role."""

    layer: str
    projects: int


class FinancedUnit(NamedTuple):
    """An organisation's commitments as a financier, in one unit."""

    unit: str | None
    commitments: int
    stated: int
    """Number of commitments that state an amount."""
    amount: float
    first_year: int | None
    last_year: int | None
    joint: int
    """Number of commitments with several financiers. Each counts in full."""


class FinancedKind(NamedTuple):
    """An organisation's commitments of one flow type, such as `loan`, in one unit."""

    unit: str | None
    kind: str | None
    """The flow type; None if no source states it."""
    amount: float


class Client(NamedTuple):
    """A customer, owner, operator or recipient of projects that another organisation supplies or implements."""

    id: str
    label: str
    label_lang: str | None
    label_zh: str | None
    country: str | None
    projects: int
    roles: list[str]


SORTS = {
    "systems": "w.systems {0}, w.indexed {0}, c.projects {0}, c.sort_label, c.id",
    "indexed": "w.indexed {0}, w.systems {0}, c.sort_label, c.id",
    "projects": "c.projects {0}, c.sort_label, c.id",
    "countries": "c.countries {0}, c.sort_label, c.id",
    "name": "c.sort_label {0}, c.id",
    "listings": "c.listings {0}, c.sort_label, c.id",
}
"""SQL sort orders of the list, by the name of the order. `{0}` stands for the direction."""


def page(
    reader: Reader,
    *,
    q: str = "",
    country: str = "",
    role: str = "",
    active: str = "",
    listed: bool = False,
    sort: str = "systems",
    descending: bool = True,
    size: int = 50,
    number: int = 1,
) -> tuple[int, list[RankedOrganization]]:
    """Count the organisations that match, and return one page of them.

    `q`: words in the organisation's names. `country`: the country in which it is based. `role`: a role that it has in a
    project. `active`: a country in which it has a project (with `role`, a project in which it has that role). `listed`: only
    organisations that are on an official list. `sort`: a name in `SORTS`.
    """
    tests, values = ["true"], list[Any]()
    if country:
        tests.append("c.country = ?")
        values.append(country)
    if role or active:
        part = "k.role = ?" if role else "true"
        place = "EXISTS (SELECT 1 FROM project_country AS w WHERE w.id = k.id AND w.country = ?)" if active else "true"
        tests.append(f"EXISTS (SELECT 1 FROM project_company AS k WHERE k.organization = c.id AND {part} AND {place})")
        values += [value for value in (role, active) if value]
    if listed:
        tests.append("c.listings > 0")
    if q:
        words = match(q)
        matches = (
            "SELECT e.id FROM search AS f JOIN entries AS e ON e.n = f.rowid WHERE search MATCH ? AND e.type = 'organization'"
        )
        tests.append(f"c.id IN ({matches})" if words else "false")
        values += [words] if words else []
    where = " AND ".join(tests)
    total = reader.first("organizations.count", values, where=where)
    order = SORTS[sort].format("DESC" if descending else "ASC")
    return (total or {"organizations": 0})["organizations"], reader.query(
        RankedOrganization, "organizations.page", [*values, size, size * (number - 1)], where=where, order=order
    )


def all_organizations(reader: Reader) -> list[OrganizationProjects]:
    """Return all organisations with their numbers of projects."""
    return reader.query(OrganizationProjects, "static_edition.organizations")


def parts(reader: Reader, identity: str) -> list[RoleCount]:
    """Count an organisation's projects by layer and role. A project with two layers counts in both."""
    return reader.query(RoleCount, "organizations.parts", [identity])


def layers(reader: Reader, identity: str) -> list[LayerCount]:
    """Count an organisation's projects by layer. A project with two layers counts in both."""
    return reader.query(LayerCount, "organizations.layers", [identity])


def money(reader: Reader, identity: str) -> list[FinancedUnit]:
    """Return an organisation's commitments as a financier, by unit, without those that repeat another of its commitments."""
    return reader.query(FinancedUnit, "organizations.money", [identity])


def money_by_kind(reader: Reader, identity: str) -> list[FinancedKind]:
    """Return the commitments of `money` by unit and flow type, the largest amounts first."""
    return reader.query(FinancedKind, "organizations.money_by_kind", [identity])


def find(reader: Reader, identity: str) -> Organization | None:
    """Return an organisation's entry in the list of organisations, or None."""
    return reader.query_first(Organization, "organizations.by_id", [identity])


def rival_seats(reader: Reader) -> dict[str, list[str]]:
    """Return, for organisations on whose seat sources disagree, the codes of the countries that sources name.

    The first code of each organisation is the one that pages show.
    """
    seats: dict[str, list[str]] = {}
    for row in reader.rows("organizations.rival_seats"):
        countries = seats.setdefault(row["organization"], [])
        if row["country"] not in countries:
            countries.append(row["country"])
    return {organization: countries for organization, countries in seats.items() if len(countries) > 1}


def supplied_systems(reader: Reader, identity: str) -> int:
    """Count the surveillance and censorship systems that an organisation supplies, by the rules of
    `RankedOrganization.systems`.
    """
    row = reader.first("organizations.supplied_systems", [identity])
    return int(row["systems"]) if row else 0


def official_lists(reader: Reader) -> list[str]:
    """Return the ids of the official lists from which the release has entries."""
    return [row["list"] for row in reader.rows("organizations.official_lists")]


def lists_in_part(reader: Reader) -> list[str]:
    """Return the ids of the official lists from which the release has the entries of only some organisations."""
    return [row["list"] for row in reader.rows("organizations.lists_in_part")]


def spans(reader: Reader, identity: str, limit: int = 400) -> list[DatedProject]:
    """Return an organisation's `limit` newest projects with their dates, oldest first."""
    return gather_dates(reader.query(ProjectDate, "organizations.spans", [identity, limit]))


def clients(reader: Reader, identity: str) -> list[Client]:
    """Return the clients of an organisation (see `Client`), those with the most of its projects first."""
    return reader.query(Client, "organizations.clients", {"id": identity}, decode={"roles": lambda roles: roles.split(",")})


def financiers(reader: Reader, identity: str) -> list[Financier]:
    """Return the other financiers of an organisation's projects, by unit.

    Projects in which the organisation is only a financier or guarantor are left out. A shared commitment counts in full
    for each financier.
    """
    return reader.query(Financier, "organizations.financiers", {"id": identity})


def sources(reader: Reader, identity: str) -> list[str]:
    """Return the sources of an organisation's projects."""
    return [row["source"] for row in reader.rows("organizations.sources", [identity])]
