"""Countries: what is recorded in them, who has a part in it, whose money, and what is not known."""

from collections.abc import Sequence

import orjson

from overt.queries import records
from overt.queries.database import Reader, Row
from overt.queries.projects import unpacked, with_dates
from overt.queries.records import Record


def every(reader: Reader) -> list[Row]:
    """All countries that anything is said of."""
    return reader.rows("countries.all")


def one(reader: Reader, code: str) -> Row | None:
    """The counts of one country."""
    return reader.one("countries.by_code", [code])


def layers(reader: Reader, code: str) -> dict[str, Row]:
    """Projects by layer: how many, of which years, and how many name a supplier; a project of two layers counts in both."""
    return {row["layer"]: row for row in reader.rows("countries.layers", [code])}


def parts(reader: Reader, code: str) -> list[Row]:
    """Who has which part (`supplied`, `held`, `financed`, `joined`) in how many projects of which layer, the most first."""
    return reader.rows("countries.parts", [code])


def cables(reader: Reader, code: str) -> list[Row]:
    """Submarine cables that land in a country, the newest first, each with its landing points there and who has a part in it.

    `landings`, `suppliers` and `owners` are rows with `id` and `label`.
    """
    held: dict[str, dict[str, list[Row]]] = {}
    for row in reader.rows("countries.cable_parts", [code]):
        part = "suppliers" if row["supplies"] else "owners"
        held.setdefault(row["project"], {}).setdefault(part, []).append(row)
    for row in reader.rows("countries.landings", {"country": code}):
        held.setdefault(row["project"], {}).setdefault("landings", []).append(row)
    nothing: dict[str, list[Row]] = {"suppliers": [], "owners": [], "landings": []}
    return [{**row, **nothing, **held.get(row["id"], {})} for row in reader.rows("countries.cables", [code])]


def restrictions(reader: Reader, code: str, most: int, after: int = 0) -> list[Record]:
    """Restrictions in a country, those that began last first, and those without a date at the end; `after` the first so many."""
    ids = [row["id"] for row in reader.rows("countries.restrictions", [code, most, after])]
    found = {held.id: held for held in records.records(reader, ids)}
    return [found[identity] for identity in ids if identity in found]


def restriction_dates(reader: Reader, code: str) -> list[Row]:
    """Every restriction in a country: `id`, and `start` and `end` as EDTF, None where it is not known, and `measured`, whether a
    source of measurements says so.
    """
    return reader.rows("countries.restriction_dates", [code])


def suppliers(reader: Reader, projects: Sequence[str]) -> list[Row]:
    """Who supplies or carries out which of these projects (`project`)."""
    return reader.rows("countries.suppliers", [orjson.dumps(list(projects)).decode()]) if projects else []


def spans(reader: Reader, code: str) -> list[Row]:
    """Its projects, the oldest first, each with the dates that its sources say: `dates`, EDTF by property."""
    return with_dates(reader.rows("countries.spans", [code]))


LACKING = {
    "place": "unlocated", "date": "undated", "company": "unnamed", "second-source": "single", "status": "status_unknown",
}  # fmt: skip
"""What a project of a country may lack, and the column of `country_lacking` and of `unknown` that says so."""


def page(reader: Reader, code: str, lacking: str = "", *, size: int = 50, number: int = 1) -> tuple[int, list[Row]]:
    """How many projects of a country there are that lack this (all, where it is empty), and one page of them, newest first."""
    values = [code, size, size * (number - 1)]
    found = reader.rows("countries.projects", values, where=_lacking(lacking))
    return count(reader, code, lacking), unpacked(found)


def count(reader: Reader, code: str, lacking: str = "") -> int:
    """How many projects of a country there are that lack this; all, where it is empty."""
    row = reader.one("countries.page", [code], where=_lacking(lacking))
    return int(row["held"]) if row else 0


def _lacking(lacking: str) -> str:
    test = LACKING[lacking] if lacking else "true"
    return f"p.id IN (SELECT id FROM country_lacking WHERE country = ? AND {test})"


def money(reader: Reader, code: str) -> list[Row]:
    """Commitments by unit and year; those to projects in several countries count in full, `shared` says how many these are."""
    return reader.rows("countries.money", [code])


def financiers(reader: Reader, code: str) -> list[Row]:
    """Who promised how much, by unit; a commitment of several financiers counts for each in full."""
    return reader.rows("countries.financiers", [code])


def layer_years(reader: Reader, code: str) -> dict[int | None, dict[str, int]]:
    """Projects by year (None: not known) and layer; a project of two layers counts in both."""
    found: dict[int | None, dict[str, int]] = {}
    for row in reader.rows("countries.layer_years", [code]):
        found.setdefault(row["year"], {})[row["layer"]] = row["projects"]
    return found


def sources(reader: Reader, code: str) -> dict[str, int]:
    """The sources of its projects, with how many each has."""
    return {row["source"]: row["projects"] for row in reader.rows("countries.sources", [code])}


def told(reader: Reader, code: str) -> dict[str, set[str]]:
    """The sources of what is drawn of its projects: of their layers, of who supplies them, of their dates."""
    found: dict[str, set[str]] = {"layers": set(), "suppliers": set(), "dates": set()}
    for row in reader.rows("countries.dated_sources", [code]):
        found[row["chart"]].add(row["source"])
    return found


def money_sources(reader: Reader, code: str) -> dict[str, list[str]]:
    """The sources of its commitments by unit; of those without an amount under an empty one."""
    found: dict[str, list[str]] = {}
    for row in reader.rows("countries.money_sources", [code]):
        found.setdefault(row["unit"] or "", []).append(row["source"])
    return found


def unnamed(reader: Reader, codes: Sequence[str]) -> list[Row]:
    """Sources that say why they name no supplier (`suppliers`), with how many projects of these countries they name none of."""
    return reader.rows("countries.unnamed", [orjson.dumps(list(codes)).decode()])


def unknown(reader: Reader, code: str) -> Row:
    """How many projects lack a place, a date, a company, a second source, a status."""
    return reader.one("countries.unknown", [code]) or {}
