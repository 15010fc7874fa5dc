"""Organisations: lists of them, and their roles in projects."""

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
    """Return how many organisations match, and one page of them.

    `country`: the seat. `role`: a role in a project. `active`: a country with a project; with `role`, both in the same project.
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
    total = reader.one("organizations.count", values, where=where)
    order = SORTS[sort].format("DESC" if descending else "ASC")
    return (total or {"held": 0})["held"], reader.rows(
        "organizations.page", [*values, size, size * (number - 1)], where=where, order=order
    )


def parts(reader: Reader, identity: str) -> list[Row]:
    """Return its projects counted by layer and role."""
    return reader.rows("organizations.parts", [identity])


def spread(reader: Reader, identity: str) -> list[Row]:
    """Return its projects counted by country and layer."""
    return reader.rows("organizations.countries", [identity])


def money(reader: Reader, identity: str) -> list[Row]:
    """Return the commitments that it finances, by unit. One with several financiers counts in full; `joint` says how many do."""
    return reader.rows("organizations.money", [identity])


def labels(reader: Reader, identity: str) -> Row | None:
    """Return its row in the list of organisations."""
    return reader.one("organizations.by_id", [identity])


def spans(reader: Reader, identity: str, limit: int = 400) -> list[Row]:
    """Return its newest projects, the oldest of them first, each with its `dates`: EDTF by property."""
    return with_dates(reader.rows("organizations.spans", [identity, limit]))


def clients(reader: Reader, identity: str) -> list[Row]:
    """Return who ordered, owns, runs or was paid for what it supplies or implements, with projects counted and roles."""
    return [{**row, "roles": row["roles"].split(",")} for row in reader.rows("organizations.clients", {"id": identity})]


def financiers(reader: Reader, identity: str) -> list[Row]:
    """Return who finances the projects in which it has another role, by unit; each commitment counts in full."""
    return reader.rows("organizations.financiers", {"id": identity})


def kinds(reader: Reader, identity: str) -> list[Row]:
    """Return its projects counted by kind; a project of two kinds counts in both."""
    return reader.rows("organizations.kinds", [identity])


def sources(reader: Reader, identity: str) -> list[str]:
    """Return the sources of its projects."""
    return [row["source"] for row in reader.rows("organizations.sources", [identity])]
