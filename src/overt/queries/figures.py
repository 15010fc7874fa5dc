"""Figures, as stored in a release."""

from decimal import Decimal
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader, json_array

_COMPARATOR_KEYS = (
    "id", "value", "unit", "bound", "as_of", "reported_by", "cited_for", "place_in_document", "document", "title", "difference",
    "why", "note", "parts",
)  # fmt: skip
"""Keys of a reported total that pages read; older releases lack some of them."""


class Figure(NamedTuple):
    """A figure with its value. Lists and mappings are as the release stores them, with missing keys added."""

    name: str
    title: str
    title_zh: str | None
    question: str | None
    unit: str
    counting_unit: str
    measure: str | None
    status: str
    value: str | None
    rows: int
    headline: int
    groups: dict[str, Any]
    variants: list[dict[str, Any]]
    comparators: list[dict[str, Any]]
    """Totals reported by others, each with the keys of `_COMPARATOR_KEYS`."""
    sources: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    definition: dict[str, Any]
    sql: str | None = None
    """The SQL query; None in lists of figures."""

    @property
    def linked(self) -> list[str]:
        """Names of the columns with the ids of records to which a row links; empty for older releases."""
        return list(self.definition.get("linked") or ())


class FigureRow(NamedTuple):
    """A row that a figure counts or leaves out, with its label, its page and the organisations of its project."""

    unit_id: str
    amount: str | None
    counted: int
    variants: list[str]
    """Names of the variants that count the row. Variants without a value are left out: data that they need is missing, so
    their filters can let any row pass.
    """
    groups: dict[str, Any]
    label: str | None
    type: str | None
    country: str | None
    label_lang: str | None
    label_zh: str | None
    project: str | None
    project_label: str | None
    project_lang: str | None
    project_zh: str | None
    companies: list[dict[str, Any]]
    company_count: int | None
    platform: str | None


class WellDocumented(NamedTuple):
    """How many units of a figure have a counted project that at least two separate sources document."""

    units: int
    well_documented: int


class Sensitivity(NamedTuple):
    """How a figure changes without a source, a reading (the claims of one rule) or a merge, or with another filter."""

    name: str
    position: int
    kind: str
    item: str | None
    title: str | None
    left: str | None
    right: str | None
    probability: float | None
    value: Decimal | None
    difference: Decimal | None
    note: str | None
    gone: list[str]
    come: list[str]


class CitedDocuments(NamedTuple):
    """How many documents a register cites for a figure's rows, and how many publishers these documents have."""

    documents: int
    publishers: int


class FigureUnit(NamedTuple):
    """The labels of a unit that a figure counts, and the type or country that determines its page."""

    id: str
    type: str | None
    label: str | None
    """The label; for a commitment, its project's label."""
    label_lang: str | None
    label_zh: str | None
    country: str | None


class RegionValue(NamedTuple):
    """The number of units that a figure counts in a region or, for a sum, their total amount in the figure's unit."""

    region: str
    value: float


class SourceRecord(NamedTuple):
    """A source's record, and the published record that contains it."""

    record: str
    id: str
    type: str
    label: str | None
    label_lang: str | None
    label_zh: str | None


def all_figures(reader: Reader) -> list[Figure]:
    """Return all figures without their SQL, headline figures first, then by name."""
    return reader.query(Figure, "figures.all", decode=_DECODE)


def find(reader: Reader, name: str) -> Figure | None:
    """Return a figure with its SQL, or None."""
    return reader.query_first(Figure, "figures.by_name", [name], decode=_DECODE)


def rows(reader: Reader, figure: Figure, *, counted: bool | None = True, size: int = 50, number: int = 1) -> list[FigureRow]:
    """Return one page of a figure's rows, those that it counts first.

    `counted`: True for the rows that the figure counts, False for those that it leaves out, None for both.
    """
    values = {
        "name": figure.name,
        "counted": None if counted is None else int(counted),
        "size": size,
        "offset": size * (number - 1),
    }
    known = {variant["name"] for variant in figure.variants if variant["value"] is not None}
    decode = {
        "groups": orjson.loads,
        "companies": _parse_list,
        "variants": lambda text: [name for name in _parse_list(text) if name in known],
    }
    return reader.query(FigureRow, "figures.rows", values, decode=decode)


def sensitivity(reader: Reader, name: str = "") -> dict[str, list[Sensitivity]]:
    """Return the changes (see `Sensitivity`) of each figure, or only of the figure `name`, by the figure's name."""
    by_figure: dict[str, list[Sensitivity]] = {}
    decode = {"value": _decimal, "difference": _decimal, "gone": _parse_list, "come": _parse_list}
    for row in reader.query(Sensitivity, "figures.sensitivity", {"name": name}, decode=decode):
        by_figure.setdefault(row.name, []).append(row)
    return by_figure


def units(reader: Reader, ids: list[str]) -> dict[str, FigureUnit]:
    """Return the units with these ids, by id."""
    return {row.id: row for row in reader.query(FigureUnit, "figures.units", [json_array(ids)])}


def cited_documents(reader: Reader, figure: Figure, source: str) -> CitedDocuments:
    """Count the documents that a register cites for the rows that a figure counts, and their publishers."""
    linked = figure.linked[0] if figure.linked else ""
    row = reader.query_first(CitedDocuments, "figures.cited_documents", {"name": figure.name, "source": source, "linked": linked})
    return row or CitedDocuments(0, 0)


def well_documented(reader: Reader, figure: Figure) -> WellDocumented | None:
    """Count a figure's units, and those with a project that at least two separate sources document.

    None unless the figure counts rows and each of them has a project.
    """
    linked = figure.linked[0] if figure.linked else ""
    return reader.query_first(WellDocumented, "figures.well_documented", {"name": figure.name, "linked": linked})


def by_region(reader: Reader, figure: Figure) -> list[RegionValue]:
    """Return what a figure counts in each region, by members on the release's day, largest first.

    The list is empty unless the figure counts countries, projects or commitments. Regions overlap.
    """
    return reader.query(RegionValue, "figures.by_region", {"name": figure.name, "sum": figure.measure == "sum"})


def source_records(reader: Reader, names: list[str]) -> dict[str, SourceRecord]:
    """Return source records, each with the published record that contains it, by the source record's id."""
    return {row.record: row for row in reader.query(SourceRecord, "figures.source_records", [json_array(names)])}


def row_count(reader: Reader, name: str, counted: bool | None = True) -> int:
    """Return the number of rows that a figure counts, or leaves out if `counted` is False, or has in total if it is None."""
    row = reader.first("figures.row_count", {"name": name, "counted": None if counted is None else int(counted)})
    return int(row["rows"]) if row else 0


def _parse_list(text: str | None) -> list[Any]:
    return list(orjson.loads(text or "[]"))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _parse_comparators(text: str) -> list[dict[str, Any]]:
    return [dict.fromkeys(_COMPARATOR_KEYS) | comparator for comparator in orjson.loads(text)]


def _parse_variants(text: str) -> list[dict[str, Any]]:
    return [{"same": False, "note": None} | variant for variant in orjson.loads(text)]


_DECODE = {
    **dict.fromkeys(("groups", "sources", "gaps", "definition"), orjson.loads),
    "variants": _parse_variants,
    "comparators": _parse_comparators,
}
