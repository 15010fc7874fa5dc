"""Organisations: lists of them, and what each has a part in."""

from typing import Any

from overt.index.search_text import match
from overt.queries.database import Reader, Row
from overt.queries.projects import with_dates

SORTS = {
    "projects": "c.projects {0}, c.sort_label, c.id",
    "countries": "c.countries {0}, c.sort_label, c.id",
    "name": "c.sort_label {0}, c.id",
    "listings": "c.listings {0}, c.sort_label, c.id",
}
"""Orders of the list."""


def page(
    reader: Reader,
    *,
    q: str = "",
    country: str = "",
    role: str = "",
    active: str = "",
    listed: bool = False,
    sort: str = "projects",
    descending: bool = True,
    size: int = 50,
    number: int = 1,
) -> tuple[int, list[Row]]:
    """How many organisations there are of these, and one page of them.

    `country`: of its seat; `role` and `active`: with this part in a project, with a project in this country; with both in one.
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
        found = "SELECT e.id FROM search AS f JOIN entries AS e ON e.n = f.rowid WHERE search MATCH ? AND e.type = 'organization'"
        tests.append(f"c.id IN ({found})" if words else "false")
        values += [words] if words else []
    where = " AND ".join(tests)
    total = reader.one("organizations.count", values, where=where)
    order = SORTS[sort].format("DESC" if descending else "ASC")
    return (total or {"held": 0})["held"], reader.rows(
        "organizations.page", [*values, size, size * (number - 1)], where=where, order=order
    )


def parts(reader: Reader, identity: str) -> list[Row]:
    """In how many projects of each layer it has which part."""
    return reader.rows("organizations.parts", [identity])


def spread(reader: Reader, identity: str) -> list[Row]:
    """Its projects by country and layer."""
    return reader.rows("organizations.countries", [identity])


def money(reader: Reader, identity: str) -> list[Row]:
    """Commitments that it is a financier of, by unit; one with several financiers counts in full, `joint` says how many do."""
    return reader.rows("organizations.money", [identity])


def labels(reader: Reader, identity: str) -> Row | None:
    """Its row in the list."""
    return reader.one("organizations.by_id", [identity])


def spans(reader: Reader, identity: str, limit: int = 400) -> list[Row]:
    """Its newest projects, the oldest of them first, each with the dates that its sources say: `dates`, EDTF by property."""
    return with_dates(reader.rows("organizations.spans", [identity, limit]))


def clients(reader: Reader, identity: str) -> list[Row]:
    """Who ordered, owns, runs or was paid for what it supplies or carries out, each with in how many projects and as what."""
    return [{**row, "roles": row["roles"].split(",")} for row in reader.rows("organizations.clients", {"id": identity})]


def financiers(reader: Reader, identity: str) -> list[Row]:
    """Who promised money to the projects in which it has another part, by unit; each commitment counts in full."""
    return reader.rows("organizations.financiers", {"id": identity})


def kinds(reader: Reader, identity: str) -> list[Row]:
    """Its projects by kind; a project of two kinds counts in both."""
    return reader.rows("organizations.kinds", [identity])


def sources(reader: Reader, identity: str) -> list[str]:
    """The sources that any of its projects has."""
    return [row["source"] for row in reader.rows("organizations.sources", [identity])]
