"""Spans of records, and what was in place in a period."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import orjson

from overt.model.values.span import (
    InPlace,
    Span,
    date_limits,
    in_place_on_record,
    in_place_sql,
    is_first_on_record_after,
    make_span,
)
from overt.queries.database import Reader, json_array

BOUNDS = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")


class RecordSpan(NamedTuple):
    """When a record was in place, and the evidence for it. Days are ISO 8601 strings; None means no bound."""

    id: str
    type: str
    begun: int
    not_begun: str | None
    """Why the record was never in place: `planned` or `given-up`; None if it has begun."""
    begin_earliest: str | None
    begin_latest: str | None
    end_earliest: str | None
    end_latest: str | None
    rules: list[str | None]
    """Rule of each bound, in the order of `BOUNDS`."""
    claims: list[list[str] | None]
    """Ids of the claims that support each bound."""
    planned: str | None
    planned_as_of: str | None
    planned_by: str | None
    """The day by which the plan was known; None unless the record is only planned."""
    planned_end: str | None
    planned_end_as_of: str | None
    status: str | None
    status_as_of: str | None
    confirmed: str | None
    stale: int
    counts: int
    """0 for a denied, cancelled or unverified project and its roles, which never count as in place; otherwise 1."""

    def is_planned_by(self, as_of: str) -> bool:
        """Return whether the record is only planned, and the plan was known by the end of a date.

        Raises ValueProblem for an invalid date.
        """
        last = date_limits(as_of)[1] or date.max
        return self.not_begun == "planned" and self.planned_by is not None and date.fromisoformat(self.planned_by) <= last

    @property
    def _span(self) -> Span:
        """The span that `in_place` uses. A record that never counts as in place is treated as not begun."""
        days = (date.fromisoformat(day) if (day := getattr(self, name)) else None for name in BOUNDS)
        return make_span(days, begun=bool(self.begun and self.counts))

    def is_first_on_record_after(self, as_of: str) -> bool:
        """Return whether the first date on record is after a date or unknown, and no source says when the record began.

        False for records that never count as in place. Raises ValueProblem for an invalid date.
        """
        return is_first_on_record_after(self._span, date_limits(as_of)[1] or date.max)

    def in_place(self, as_of: str) -> InPlace:
        """Return whether the record was certainly, possibly or not in place on a date, by the rule of `in_place_on_record`.

        Raises ValueProblem for an invalid date.
        """
        first, last = date_limits(as_of)
        return in_place_on_record(self._span, first or date.min, last or date.max)


class InPlaceRecord(NamedTuple):
    """A record that was in place in a period, or is planned."""

    id: str
    in_place: InPlace
    role: str | None
    """An organisation's roles in the project, separated by commas; None in other lists."""


class InPlaceOrganization(NamedTuple):
    """An organisation in one of its roles, with the number of projects in which that role was in place."""

    id: str
    role: str
    certain: int
    """Number of projects in which the role was certainly in place."""
    projects: int
    """Number of projects in which the role was certainly or possibly in place."""


class InPlaceCount(NamedTuple):
    """How many records of a type were in place in a country."""

    country: str
    type: str
    """`project`, `programme`, `restriction` or `agreement`."""
    layer: str
    """For projects, a layer; empty for all projects and for other types."""
    certain: int
    possible: int
    """Number of records that were certainly or possibly in place."""
    planned: int
    """Number of records that are only planned. The other numbers leave these out."""


_DECODE = {"rules": orjson.loads, "claims": orjson.loads}
_PARTS = {
    "country": "SELECT id, NULL AS role FROM project_country WHERE country = :target",
    "organization": (
        "SELECT id, group_concat(DISTINCT role) AS role FROM project_company WHERE organization = :target GROUP BY id"
    ),
}


def spans(reader: Reader, ids: Iterable[str]) -> dict[str, RecordSpan]:
    """Return the spans of records by id. Records of types that don't begin and end are left out."""
    rows = reader.query(RecordSpan, "spans_and_records_in_period.by_id", [json_array(ids)], decode=_DECODE)
    return {row.id: row for row in rows}


def find(reader: Reader, identity: str) -> RecordSpan | None:
    """Return the span of a record, or None if it has none (see `spans`)."""
    return spans(reader, [identity]).get(identity)


def span_data(span: RecordSpan) -> dict[str, Any]:
    """Return a span as data for JSON: each bound with its day, rule and claims, and what sources say about plans and status."""
    bounds = zip(BOUNDS, span.rules, span.claims, strict=True)
    return {
        **{
            name: {"day": getattr(span, name), "rule": rule, "claims": claims or []} if getattr(span, name) else None
            for name, rule, claims in bounds
        },
        "not_begun": span.not_begun,
        "planned": span.planned,
        "planned_as_of": span.planned_as_of,
        "planned_by": span.planned_by,
        "planned_end": span.planned_end,
        "planned_end_as_of": span.planned_end_as_of,
        "status": span.status,
        "status_as_of": span.status_as_of,
        "confirmed": span.confirmed,
        "stale": bool(span.stale),
    }


def projects_of(reader: Reader, kind: str, target: str, as_of: str) -> list[InPlaceRecord]:
    """Return the projects of a `country` or an `organization` on a date.

    Those that were certainly in place come first, then possible ones, then those that are only planned (`not`).
    """
    return _in_place(reader, "spans_and_records_in_period.projects_of", as_of, {"target": target}, parts=_PARTS[kind])


def linked(reader: Reader, target: str, type_: str, property_: str, as_of: str) -> list[InPlaceRecord]:
    """Return the records of a type that refer to `target` by a property and were certainly or possibly in place on a date.

    Those that were certainly in place come first.
    """
    return _in_place(
        reader, "spans_and_records_in_period.linked", as_of, {"target": target, "type": type_, "property": property_}
    )


def organizations(reader: Reader, code: str, as_of: str, limit: int) -> list[InPlaceOrganization]:
    """Return up to `limit` roles of organisations in projects of a country on a date, those with the most projects first.

    An organisation has a row for each of its roles, so there can be fewer organisations than rows.
    """
    values = {**_limits(as_of), "target": code, "most": limit}
    return reader.query(InPlaceOrganization, "spans_and_records_in_period.organizations", values, in_place=_condition())


def countries(reader: Reader, as_of: str) -> list[InPlaceCount]:
    """Count the records in place on a date, and the planned ones, by country and type. Projects are also counted by layer."""
    return reader.query(InPlaceCount, "spans_and_records_in_period.countries", _limits(as_of), in_place=_condition())


def _in_place(reader: Reader, name: str, as_of: str, values: dict[str, Any], **parts: str) -> list[InPlaceRecord]:
    decode = {"in_place": InPlace}
    return reader.query(InPlaceRecord, name, {**_limits(as_of), **values}, decode=decode, in_place=_condition(), **parts)


def _condition() -> str:
    return in_place_sql(":first", ":last", prefix="s.", counts="s.counts")


def _limits(as_of: str) -> dict[str, str]:
    first, last = date_limits(as_of)
    return {"first": (first or date.min).isoformat(), "last": (last or date.max).isoformat()}
