"""Rows for the explorer's files, in batches."""

from collections.abc import Iterator
from typing import Any

from fastapi import Request

from overt.http import source_and_licence_columns
from overt.http.absolute_addresses import full_address
from overt.http.source_and_licence_columns import RowSources
from overt.queries import projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.as_of.spans_and_records_in_period import RecordSpan
from overt.site.site import Site

COLUMNS = (
    "id", "name", "name_zh", "kind", "country", "status", "year", "date", "planned", "planned_as_of", "in_place",
    "organization_role", *source_and_licence_columns.COLUMNS, "release", "page",
)  # fmt: skip
_FIRST, _BATCH = 200, 1_000
"""Number of rows in the first batch, which must arrive quickly, and in later batches."""
Record = dict[str, Any]


def batches(site: Site, request: Request, selection: ProjectFilter) -> Iterator[list[Record]]:
    """Yield the projects that match a filter, sorted by name: a small batch first, then batches of `_BATCH`."""
    with site.database.lease() as reader:
        row_sources_of = RowSources(site, reader)
    last, size = None, _FIRST
    while True:
        with site.database.lease() as reader:
            rows = projects.by_name(reader, selection, size=size, after=last)
            companies = projects.companies(reader, [row.id for row in rows if row.company_count])
            sources = row_sources_of.sources_by_id(reader, [row.id for row in rows])
            spans = spans_and_records_in_period.spans(reader, [row.id for row in rows]) if selection.as_of else {}
        made = []
        for row in rows:
            named = [f"{company.label} ({company.role})" for company in companies.get(row.id, [])]
            cells = (
                row.id, row.label, row.label_zh, row.kinds, row.countries, row.status, row.year, row.date, row.planned,
                row.planned_as_of, _in_place(spans.get(row.id), selection.as_of), named,
                *row_sources_of.cells(sources.get(row.id, ())), site.prepared.release,
                full_address(site, request, site.record_url("project", row.id)),
            )  # fmt: skip
            made.append(dict(zip(COLUMNS, cells, strict=True)))
        if made:
            yield made
        if len(rows) < size:
            return
        last, size = rows[-1].id, _BATCH


def _in_place(span: RecordSpan | None, as_of: str) -> str | None:
    """Return `certainly`, `possibly` or `not`: whether a project was in place on the filter's date.

    Return None if the filter has no date, or if the project has no span.
    """
    return str(span.in_place(as_of)) if span and as_of else None
