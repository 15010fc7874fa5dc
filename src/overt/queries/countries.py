"""Countries: their projects, suppliers, lenders, cables and restrictions, and what is not known."""

from collections.abc import Sequence

import orjson

from overt.queries import records
from overt.queries.database import Reader, Row
from overt.queries.projects import unpacked, with_dates
from overt.queries.records import Record


def every(reader: Reader) -> list[Row]:
    """Return all countries with records."""
    return reader.rows("countries.all")


def one(reader: Reader, code: str) -> Row | None:
    """Return the counts of one country; None where it has no records."""
    return reader.one("countries.by_code", [code])


def layers(reader: Reader, code: str) -> dict[str, Row]:
    """Return projects by layer: how many, their years, and how many name a supplier; one with two layers counts in both."""
    return {row["layer"]: row for row in reader.rows("countries.layers", [code])}


def parts(reader: Reader, code: str) -> list[Row]:
    """Return organisations by part (`supplied`, `held`, `financed`, `joined`) and layer, those with the most projects first."""
    return reader.rows("countries.parts", [code])


def cables(reader: Reader, code: str) -> list[Row]:
    """Return the submarine cables that land in a country, the newest first, with their landing points there and their parties.

    `landings`, `suppliers` and `owners` are rows with `id` and `label`.
    """
    parts_of: dict[str, dict[str, list[Row]]] = {}
    for row in reader.rows("countries.cable_parts", [code]):
        part = "suppliers" if row["supplies"] else "owners"
        parts_of.setdefault(row["project"], {}).setdefault(part, []).append(row)
    for row in reader.rows("countries.landings", {"country": code}):
        parts_of.setdefault(row["project"], {}).setdefault("landings", []).append(row)
    empty: dict[str, list[Row]] = {"suppliers": [], "owners": [], "landings": []}
    return [{**row, **empty, **parts_of.get(row["id"], {})} for row in reader.rows("countries.cables", [code])]


def restrictions(reader: Reader, code: str, most: int, after: int = 0) -> list[Record]:
    """Return `most` restrictions in a country after the first `after`; the latest first, those without a date last."""
    ids = [row["id"] for row in reader.rows("countries.restrictions", [code, most, after])]
    by_id = {record.id: record for record in records.records(reader, ids)}
    return [by_id[identity] for identity in ids if identity in by_id]


def restriction_dates(reader: Reader, code: str) -> list[Row]:
    """Return every restriction in a country: `id`, `start` and `end` (EDTF, None where unknown), and `measured`: whether a source
    of measurements states it.
    """
    return reader.rows("countries.restriction_dates", [code])


def suppliers(reader: Reader, projects: Sequence[str]) -> list[Row]:
    """Return who supplies or implements these projects; each row names its `project`."""
    return reader.rows("countries.suppliers", [orjson.dumps(list(projects)).decode()]) if projects else []


def spans(reader: Reader, code: str) -> list[Row]:
    """Return its projects, the oldest first, each with its `dates`: EDTF by property."""
    return with_dates(reader.rows("countries.spans", [code]))


LACKING = {
    "place": "unlocated", "date": "undated", "company": "unnamed", "second-source": "single", "status": "status_unknown",
}  # fmt: skip
"""What a project of a country may lack → the column of `country_lacking` and of `unknown`."""


def page(reader: Reader, code: str, lacking: str = "", *, size: int = 50, number: int = 1) -> tuple[int, list[Row]]:
    """Return how many projects of a country lack this (all where it is empty), and one page of them, newest first."""
    values = [code, size, size * (number - 1)]
    rows = reader.rows("countries.projects", values, where=_lacking(lacking))
    return count(reader, code, lacking), unpacked(rows)


def count(reader: Reader, code: str, lacking: str = "") -> int:
    """Return how many projects of a country lack this; all where it is empty."""
    row = reader.one("countries.page", [code], where=_lacking(lacking))
    return int(row["held"]) if row else 0


def _lacking(lacking: str) -> str:
    test = LACKING[lacking] if lacking else "true"
    return f"p.id IN (SELECT id FROM country_lacking WHERE country = ? AND {test})"


def money(reader: Reader, code: str) -> list[Row]:
    """Return commitments by unit and year. Those to projects in several countries count in full; `shared` counts them."""
    return reader.rows("countries.money", [code])


def financiers(reader: Reader, code: str) -> list[Row]:
    """Return financiers and amounts by unit; a commitment of several financiers counts in full for each."""
    return reader.rows("countries.financiers", [code])


def layer_years(reader: Reader, code: str) -> dict[int | None, dict[str, int]]:
    """Return projects by year (None where unknown) and layer; a project with two layers counts in both."""
    counts: dict[int | None, dict[str, int]] = {}
    for row in reader.rows("countries.layer_years", [code]):
        counts.setdefault(row["year"], {})[row["layer"]] = row["projects"]
    return counts


def sources(reader: Reader, code: str) -> dict[str, int]:
    """Return the number of its projects by source."""
    return {row["source"]: row["projects"] for row in reader.rows("countries.sources", [code])}


def chart_sources(reader: Reader, code: str) -> dict[str, set[str]]:
    """Return the sources of the layers, the suppliers and the dates of its projects."""
    sources_of: dict[str, set[str]] = {"layers": set(), "suppliers": set(), "dates": set()}
    for row in reader.rows("countries.dated_sources", [code]):
        sources_of[row["chart"]].add(row["source"])
    return sources_of


def money_sources(reader: Reader, code: str) -> dict[str, list[str]]:
    """Return the sources of its commitments by unit; an empty unit for those without an amount."""
    sources_of: dict[str, list[str]] = {}
    for row in reader.rows("countries.money_sources", [code]):
        sources_of.setdefault(row["unit"] or "", []).append(row["source"])
    return sources_of


def unnamed(reader: Reader, codes: Sequence[str]) -> list[Row]:
    """Return the sources that explain why they name no supplier (`suppliers`), with the number of these countries' projects."""
    return reader.rows("countries.unnamed", [orjson.dumps(list(codes)).decode()])


def unknown(reader: Reader, code: str) -> Row:
    """Return how many projects lack a place, a date, a company, a second source, a status."""
    return reader.one("countries.unknown", [code]) or {}
