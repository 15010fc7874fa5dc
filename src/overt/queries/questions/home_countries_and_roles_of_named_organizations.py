"""What is recorded about the organisations that a question names: their seats, shared projects and roles in projects abroad."""

from collections.abc import Sequence

from overt.queries.database import Reader, json_array

_PAIR = 2


def seats_of(reader: Reader, organizations: Sequence[str]) -> dict[str, str]:
    """Return the countries of the organisations' seats by id. Organisations without a recorded seat are left out."""
    if not organizations:
        return {}
    rows = reader.rows("question_organizations.seats", {"ids": json_array(organizations)})
    return {str(row["id"]): str(row["country"]) for row in rows}


def shared_roles(reader: Reader, organizations: Sequence[str]) -> dict[str, str]:
    """Return the most frequent role of each of two organisations in the projects that they share, by id.

    Empty if they share none, or if there aren't exactly two organisations.
    """
    if len(organizations) != _PAIR:
        return {}
    rows = reader.rows("question_organizations.shared_roles", {"ids": json_array(organizations)})
    return {row["id"]: row["role"] for row in rows}


def acts_abroad(reader: Reader, organizations: Sequence[str]) -> bool:
    """Return whether any of these organisations is a customer or operator of a project outside its own country."""
    return bool(organizations) and bool(reader.rows("question_organizations.abroad", {"ids": json_array(organizations)}))
