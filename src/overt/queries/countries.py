"""Countries: their projects, suppliers, lenders, cables and restrictions, and the gaps in what is known about them."""

from collections.abc import Iterable, Sequence

from overt.queries import records
from overt.queries.database import Reader, json_array
from overt.queries.labels import Area
from overt.queries.projects import DECODE_PROJECT, DatedProject, Project, ProjectDate, gather_dates
from overt.queries.rows.countries import (
    Cable,
    CableParty,
    Country,
    CountryPart,
    Financier,
    Landing,
    LayerCounts,
    RestrictionDates,
    Supplier,
    Unknown,
    UnnamedSuppliers,
    YearlyCommitments,
)
from overt.queries.rows.records import Record


def all_countries(reader: Reader) -> list[Country]:
    """Return all countries with records, sorted by label."""
    return reader.query(Country, "countries.listed", where="true")


COUNTS = ("projects", "located", "assessments", "agreements", "restrictions", "indicators")
"""Fields of a country that count its records."""


def missing_counts(rows: Iterable[Country]) -> frozenset[str]:
    """Return the names in `COUNTS` of the counts that are zero in all these countries."""
    listed = list(rows)
    return frozenset(name for name in COUNTS if not any(getattr(row, name) for row in listed))


def find(reader: Reader, code: str) -> Country | None:
    """Return a country, or None if it has no records."""
    return reader.query_first(Country, "countries.listed", [code], where="c.code = ?")


def with_labels(country: Country | None, area: Area) -> Country:
    """Return a country with the labels of `area`, and with zero counts if `country` is None because it has no records."""
    counts = country[5:11] if country else (0,) * 6
    return Country(*area[:5], *counts, area.other, area.other_lang)


def layers(reader: Reader, code: str) -> dict[str, LayerCounts]:
    """Return the project counts of a country by layer. A project with two layers counts in both."""
    return {row.layer: row for row in reader.query(LayerCounts, "country_and_region_counts.layers", [code], area="country")}


def parts(reader: Reader, code: str) -> list[CountryPart]:
    """Return the organisations in a country's projects by part (see `CountryPart`) and layer, most projects first."""
    return reader.query(CountryPart, "country_and_region_counts.parts", [code], area="country")


def cables(reader: Reader, code: str) -> list[Cable]:
    """Return the submarine cables that land in a country, newest first, with their landing points and organisations."""
    suppliers_of: dict[str, list[CableParty]] = {}
    owners_of: dict[str, list[CableParty]] = {}
    for party in reader.query(CableParty, "countries.cable_parts", [code], decode={"supplies": bool}):
        (suppliers_of if party.supplies else owners_of).setdefault(party.project, []).append(party)
    landings_of: dict[str, list[Landing]] = {}
    for landing in reader.query(Landing, "countries.landings", {"country": code}):
        landings_of.setdefault(landing.project, []).append(landing)
    return [
        cable._replace(
            suppliers=suppliers_of.get(cable.id, []), owners=owners_of.get(cable.id, []), landings=landings_of.get(cable.id, [])
        )
        for cable in reader.query(Cable, "countries.cables", [code])
    ]


def restrictions(reader: Reader, code: str, limit: int) -> list[Record]:
    """Return up to `limit` restrictions in a country. The latest come first, those without a date last."""
    ids = [row["id"] for row in reader.rows("countries.restrictions", [code, limit])]
    by_id = {record.id: record for record in records.records(reader, ids)}
    return [by_id[identity] for identity in ids if identity in by_id]


def restriction_dates(reader: Reader, code: str) -> list[RestrictionDates]:
    """Return every restriction in a country with its dates."""
    return reader.query(RestrictionDates, "countries.restriction_dates", [code], decode={"measured": bool})


def suppliers(reader: Reader, projects: Sequence[str]) -> list[Supplier]:
    """Return a row for each of these projects and each organisation that supplies or implements it."""
    return reader.query(Supplier, "countries.suppliers", [json_array(projects)]) if projects else []


def spans(reader: Reader, code: str) -> list[DatedProject]:
    """Return the projects of a country with their dates, oldest first."""
    return gather_dates(reader.query(ProjectDate, "countries.spans", [code]))


LACKING = {
    "place": "unlocated", "date": "undated", "company": "unnamed", "second-source": "single_source", "status": "status_unknown",
}  # fmt: skip
"""Columns of the view `country_lacking`, which are also fields of `Unknown`, by what a project can lack."""


def page(reader: Reader, code: str, lacking: str = "", *, size: int = 50, number: int = 1) -> tuple[int, list[Project]]:
    """Count the projects of a country that lack something, and return one page of them, newest first.

    `lacking`: a key of `LACKING`; if it is empty, all projects match.
    """
    values = [code, size, size * (number - 1)]
    order = "p.year IS NULL, p.year DESC, p.sort_label, p.id"
    rows = reader.query(Project, "projects.listed", values, decode=DECODE_PROJECT, where=_lacking(lacking), order=order)
    return count(reader, code, lacking), rows


def count(reader: Reader, code: str, lacking: str = "") -> int:
    """Count the projects of a country that lack something (`lacking`, a key of `LACKING`), or all of them if it is empty."""
    row = reader.first("countries.project_count", [code], where=_lacking(lacking))
    return int(row["projects"]) if row else 0


def _lacking(lacking: str) -> str:
    test = LACKING[lacking] if lacking else "true"
    return f"p.id IN (SELECT id FROM country_lacking WHERE country = ? AND {test})"


def money(reader: Reader, code: str) -> list[YearlyCommitments]:
    """Return the commitments to projects in a country, by unit and year."""
    return reader.query(YearlyCommitments, "countries.money", [code])


def financiers(reader: Reader, code: str, limit: int) -> list[Financier]:
    """Return up to `limit` financiers of projects in a country, by unit, those with the largest amounts first.

    A shared commitment counts in full for each financier.
    """
    return reader.query(Financier, "country_and_region_counts.financiers", [code, limit], area="country")


def layer_years(reader: Reader, code: str) -> dict[int | None, dict[str, int]]:
    """Count the projects in a country by year (None if unknown) and layer. A project with two layers counts in both."""
    counts: dict[int | None, dict[str, int]] = {}
    for row in reader.rows("countries.layer_years", [code]):
        counts.setdefault(row["year"], {})[row["layer"]] = row["projects"]
    return counts


def sources(reader: Reader, code: str) -> dict[str, int]:
    """Count the projects in a country by source."""
    return {row["source"]: row["projects"] for row in reader.rows("countries.sources", [code])}


def chart_sources(reader: Reader, code: str) -> dict[str, set[str]]:
    """Return the sources behind the layers, the suppliers and the dates of a country's projects, for the charts."""
    sources_of: dict[str, set[str]] = {"layers": set(), "suppliers": set(), "dates": set()}
    for row in reader.rows("countries.dated_sources", [code]):
        sources_of[row["chart"]].add(row["source"])
    return sources_of


def money_sources(reader: Reader, code: str) -> dict[str, list[str]]:
    """Return the sources of the commitments to projects in a country, by unit.

    The key is an empty string for commitments without an amount.
    """
    sources_of: dict[str, list[str]] = {}
    for row in reader.rows("countries.money_sources", [code]):
        sources_of.setdefault(row["unit"] or "", []).append(row["source"])
    return sources_of


def unnamed(reader: Reader, codes: Sequence[str]) -> list[UnnamedSuppliers]:
    """Return the sources that explain why they name no suppliers, and how many of their projects in these countries have none."""
    return reader.query(UnnamedSuppliers, "countries.unnamed", [json_array(codes)])


def unknown(reader: Reader, code: str) -> Unknown:
    """Count a country's projects, and those that lack a place there, a date, a named participant, a second source or a status."""
    [row] = reader.query(Unknown, "countries.unknown", [code])
    return row
