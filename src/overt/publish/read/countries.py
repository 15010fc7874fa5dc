"""Countries: what is recorded in them, who has a part in it, whose money, and what is not known."""

from overt.publish.read.database import Reader, Row


def every(reader: Reader) -> list[Row]:
    """All countries that anything is said of."""
    return reader.rows("countries")


def one(reader: Reader, code: str) -> Row | None:
    """The counts of one country."""
    return reader.one("country", [code])


def layers(reader: Reader, code: str) -> dict[str, int]:
    """Projects by layer; a project of two layers counts in both."""
    return {row["layer"]: row["projects"] for row in reader.rows("country_layers", [code])}


def suppliers(reader: Reader, code: str, limit: int = 60) -> list[Row]:
    """Who has which part in how many projects of which layer; organisations that only finance or receive are left out."""
    return reader.rows("country_suppliers", {"country": code, "limit": limit})


def money(reader: Reader, code: str) -> list[Row]:
    """Commitments by unit and year; those to projects in several countries count in full, `shared` says how many these are."""
    return reader.rows("country_money", [code])


def layer_years(reader: Reader, code: str) -> dict[int | None, dict[str, int]]:
    """Projects by year (None: not known) and layer; a project of two layers counts in both."""
    found: dict[int | None, dict[str, int]] = {}
    for row in reader.rows("country_layer_years", [code]):
        found.setdefault(row["year"], {})[row["layer"]] = row["projects"]
    return found


def sources(reader: Reader, code: str) -> list[str]:
    """The sources that any project of the country has."""
    return [row["source"] for row in reader.rows("country_sources", [code])]


def money_sources(reader: Reader, code: str) -> dict[str, list[str]]:
    """The sources of its commitments by unit; of those without an amount under an empty one."""
    found: dict[str, list[str]] = {}
    for row in reader.rows("country_money_sources", [code]):
        found.setdefault(row["unit"] or "", []).append(row["source"])
    return found


def unknown(reader: Reader, code: str) -> Row:
    """How many projects lack a place, a date, a company, a second source, a status."""
    return reader.one("country_unknown", [code]) or {}
