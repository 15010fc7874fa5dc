"""The state of a country, an organisation or any record as of a date: what was certainly or possibly in place then."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from overt.model.values.span import InPlace
from overt.queries import projects, records
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.as_of.spans_and_records_in_period import InPlaceRecord, RecordSpan
from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.queries.project_filter_masks import first_on_record_later
from overt.queries.rows.records import Record
from overt.site.as_of.span_sentences import in_place_label, span_sentences
from overt.site.site import Site

LISTED = 200
"""Maximum number of rows in each list on the page."""
_OF_COUNTRY = (("restriction", "country"), ("agreement", "party-country"), ("programme", "country"), ("assessment", "country"))
"""Types of records on a country's page, each with the property that refers to the country."""
_OF_ORGANIZATION = (("listing", "organization"), ("relation", "from"), ("relation", "to"), ("agreement", "party"))
"""Types of records on an organisation's page, each with the property that refers to the organisation."""


class StateRow(NamedTuple):
    """A record in a list of the page, with its state as of the date."""

    record: Any
    """A project (`projects.by_id`) or another record (`records.records`)."""
    in_place: str
    """The state in words."""
    sentences: list[str]
    role: str | None = None


class StateSection(NamedTuple):
    """The records of a type that were certainly or possibly in place."""

    type: str
    rows: list[StateRow]


def country_state(site: Site, reader: Reader, area: Area, as_of: str) -> dict[str, Any]:
    """Return the contents of a country's page as of a date."""
    sections = _sections(site, reader, area.code, _OF_COUNTRY, as_of)
    parties = spans_and_records_in_period.organizations(reader, area.code, as_of, LISTED)
    return {
        **_projects(site, reader, spans_and_records_in_period.projects_of(reader, "country", area.code, as_of)),
        "later": first_on_record_later(reader, ProjectFilter(country=(area.code,), as_of=as_of)),
        "sections": sections,
        "parties": parties,
        "names": {record.id: record for record in records.records(reader, [row.id for row in parties])},
        "as_of": as_of,
    }


def organization_state(site: Site, reader: Reader, record: Record, as_of: str) -> dict[str, Any]:
    """Return the contents of an organisation's page as of a date."""
    return {
        **_projects(site, reader, spans_and_records_in_period.projects_of(reader, "organization", record.id, as_of)),
        "later": first_on_record_later(reader, ProjectFilter(company=(record.id,), as_of=as_of)),
        "sections": _sections(site, reader, record.id, _OF_ORGANIZATION, as_of),
        "parties": [],
        "names": {},
        "as_of": as_of,
    }


def record_state(site: Site, reader: Reader, identity: str, as_of: str) -> dict[str, Any]:
    """Return template variables for a record as of a date: `as_of`, and the sentence `as_of_text` on whether it was in place.

    Empty if `as_of` is empty. Records that don't last have no `as_of_text`.
    """
    span = spans_and_records_in_period.find(reader, identity)
    if span is None or not as_of:
        return {"as_of": as_of} if as_of else {}
    answer = span.in_place(as_of)
    texts = {
        InPlace.CERTAINLY: site.gettext("It was certainly in place."),
        InPlace.POSSIBLY: site.gettext("It was possibly in place."),
        InPlace.NOT: site.gettext("It was not in place."),
    }
    if not span.counts:
        text = site.gettext("It counts as in place at no date, because it is denied, cancelled or unverified.")
    elif span.not_begun == "planned" and span.is_planned_by(as_of):
        text = site.gettext("It was only planned, which is not counted.")
    elif span.not_begun == "planned":
        text = site.gettext("No source here shows that it had begun by then.")
    elif span.is_first_on_record_after(as_of):
        text = site.gettext("Its first date on record is later or unknown, and no source here says when it began.")
    else:
        text = texts[answer]
    return {"as_of": as_of, "as_of_text": text}


def _projects(site: Site, reader: Reader, listed: Sequence[InPlaceRecord]) -> dict[str, Any]:
    there = [row for row in listed if row.in_place is not InPlace.NOT]
    planned = [row for row in listed if row.in_place is InPlace.NOT]
    listed_rows = [*there[:LISTED], *planned[:LISTED]]
    of_project = projects.by_id(reader, [row.id for row in listed_rows])
    spans = spans_and_records_in_period.spans(reader, [row.id for row in listed_rows])
    return {
        "certain": sum(row.in_place is InPlace.CERTAINLY for row in there),
        "possible": len(there),
        "planned": len(planned),
        "projects": [_row(site, of_project[row.id], spans, row) for row in there[:LISTED]],
        "plans": [_row(site, of_project[row.id], spans, row) for row in planned[:LISTED]],
    }


def _sections(site: Site, reader: Reader, target: str, types: Sequence[tuple[str, str]], as_of: str) -> list[StateSection]:
    """Return a section for each type with a record that was in place.

    A type that refers to `target` by several properties has only one section.
    """
    sections = []
    for name in dict.fromkeys(name for name, _ in types):
        linked = [
            row
            for kind, prop in types
            if kind == name
            for row in spans_and_records_in_period.linked(reader, target, kind, prop, as_of)
        ]
        rows = {row.id: row for row in linked}
        of_section = {record.id: record for record in records.records(reader, list(rows)[:LISTED])}
        spans = spans_and_records_in_period.spans(reader, of_section)
        listed = [_row(site, of_section[identity], spans, row) for identity, row in rows.items() if identity in of_section]
        if listed:
            sections.append(StateSection(name, listed))
    return sections


def _row(site: Site, record: Any, spans: dict[str, RecordSpan], row: InPlaceRecord) -> StateRow:
    return StateRow(record, in_place_label(site, row.in_place), span_sentences(site, spans.get(row.id)), row.role)
