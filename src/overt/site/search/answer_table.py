"""The table below an answer. Projects have a column for each property; other items have a single column of details."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from overt.language.language import N_
from overt.queries import projects, records
from overt.queries.database import Reader
from overt.site.country.projects_with_details import DocumentedProject, with_details
from overt.site.country.system_table import SystemRow, system_rows
from overt.site.search.reply_items import project_detail
from overt.site.site import Site

_FIRST = {
    "project": N_("Project"),
    "organization": N_("Organisation"),
    "lender": N_("Organisation"),
    "country": N_("Country"),
    "service": N_("Service and country"),
    "restriction": N_("Restriction"),
    "agreement": N_("Law or agreement"),
    "list": N_("Official list"),
    "score": N_("Index and country"),
}
"""Headings of the first column, by the type of the items."""
_SECOND = {
    "organization": N_("Projects"),
    "lender": N_("Commitments"),
    "country": N_("What is recorded"),
    "answer": N_("What is recorded"),
    "service": N_("What sources report"),
    "restriction": N_("What sources report"),
    "agreement": N_("Kind, country and date"),
    "list": N_("On the list"),
    "score": N_("Value (year)"),
}
"""Headings of the second column, by the type of the items."""
_OF_INTENT = {
    ("organization", "owners"): N_("Relation"),
    ("organization", "lists"): N_("Official lists"),
    ("organization", "listed"): N_("Official lists"),
}
"""Headings of the second column that depend on the type of the items and on the question's intent."""
_WITH_SOURCES = ("restriction", "agreement", "list")
"""Types of records that have a mark with the number of their separate sources."""
_SEPARATORS = ",;、，； "


class AnswerRow(NamedTuple):
    """An item of an answer."""

    label: str
    address: str
    detail: str
    """Details that aren't in the other columns; empty if there are none."""
    sources: int
    """Number of the item's separate sources; 0 if it has no mark."""
    system: SystemRow | None
    """What is recorded about a project; None for other items."""


class AnswerTable(NamedTuple):
    """The items of an answer, as a table."""

    first: str
    """Heading of the first column."""
    second: str
    """Heading of the column of details."""
    rows: Sequence[AnswerRow]
    are_projects: bool
    """Whether all items are projects. If so, the table has a column for each property."""
    columns: frozenset[str]
    """Columns in which a project has a value: `suppliers`, `customers`, `years`, `detail` and, if they differ, `countries`."""


def answer_table(site: Site, reader: Reader, data: Mapping[str, Any]) -> AnswerTable | None:
    """Return a table with the items of an answer, as returned by `question_data`.

    Return None if there are no items, or if the only item isn't a project and the answer's sentence has its details.
    """
    items = data["items"]
    types = {item["type"] for item in items}
    if not items or (len(items) == 1 and types.isdisjoint({"project"}) and items[0]["detail"] in data["sentence"]):
        return None
    if types == {"project"}:
        return _projects(site, reader, items)
    type_ = types.pop() if len(types) == 1 else ""
    ids = [item["id"] for item in items if item["type"] in _WITH_SOURCES]
    sources = {record.id: record.voices for record in records.records(reader, ids)} if ids else {}
    rows = [AnswerRow(item["label"], item["address"], item["detail"], sources.get(item["id"], 0), None) for item in items]
    first = site.gettext(_FIRST.get(type_, N_("Record")))
    second = site.gettext(_OF_INTENT.get((type_, data["intent"])) or _SECOND.get(type_, N_("Details")))
    return AnswerTable(first, second, rows, are_projects=False, columns=frozenset({"detail"}))


def notes_beside(data: Mapping[str, Any], table: AnswerTable | None) -> list[Mapping[str, Any]]:
    """Return the notes of an answer, without the denials that are in the table already."""
    systems = {row.system.system.id for row in (table.rows if table else ()) if row.system}
    return [note for note in data["notes"] if not (note["is_denial"] and note["record"] in systems)]


def _projects(site: Site, reader: Reader, items: Sequence[Mapping[str, Any]]) -> AnswerTable:
    by_id = projects.by_id(reader, [item["id"] for item in items])
    details = with_details(reader, [_documented(row) for row in by_id.values()])
    places = {identity: row.countries for identity, row in by_id.items()}
    systems = {row.system.id: row for row in system_rows(site, reader, details, places=places)}
    rows = [
        AnswerRow(
            item["label"], item["address"], _rest(site, item["detail"], by_id[item["id"]]),
            by_id[item["id"]].independent_sources or 1, systems[item["id"]],
        )
        for item in items
    ]  # fmt: skip
    columns = {
        "countries": len({tuple(row.countries) for row in systems.values()}) > 1,
        "suppliers": any(row.suppliers for row in systems.values()),
        "customers": any(row.customers for row in systems.values()),
        "years": any(row.years for row in systems.values()),
        "detail": any(row.detail for row in rows),
    }
    visible = frozenset(name for name, is_visible in columns.items() if is_visible)
    return AnswerTable(site.gettext("Project"), site.gettext("Details"), rows, are_projects=True, columns=visible)


def _documented(row: projects.Project) -> DocumentedProject:
    return DocumentedProject(
        row.id, row.label, row.label_lang, row.label_zh, row.kinds, row.status, row.date, row.independent_sources or 1
    )


def _rest(site: Site, detail: str, row: projects.Project) -> str:
    """Return an item's details on a project without its kinds, countries, year, suppliers, customers and status."""
    before, known, after = detail.partition(project_detail(site.words, site.language, row))
    if not known:
        return detail
    after = after.strip(_SEPARATORS)
    customers = site.gettext("customer or operator: %(names)s", names="")
    if after.startswith(customers) or after == site.gettext("no customer or operator is named"):
        after = ""
    return site.gettext("; ").join(filter(None, (before.strip(_SEPARATORS), after)))
