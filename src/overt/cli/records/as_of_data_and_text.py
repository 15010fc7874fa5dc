"""The state of a record or a country at a date, for `overt show --as-of`: the data, and the text that is printed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from overt.model.errors import UsageError, format_count
from overt.queries.as_of import spans_and_records_in_period

if TYPE_CHECKING:
    from overt.queries.database import Reader

_ORGANIZATIONS = 10
"""Maximum number of rows for organisations in a country. An organisation has a row for each of its roles."""


def record_as_of(reader: "Reader", record: dict[str, Any], as_of: str) -> dict[str, Any]:
    """Return whether a record was in place at a date, and its span.

    An organisation has no span, so its projects that were in place or planned are returned instead. Raises UsageError for any
    other record without a span.
    """
    if record.get("type") == "organization":
        return {"date": as_of, **_projects(spans_and_records_in_period.projects_of(reader, "organization", record["id"], as_of))}
    span = spans_and_records_in_period.find(reader, record["id"])
    if span is None:
        kind = record.get("type", "withdrawn")
        raise UsageError(f"--as-of: {record['id']} is a {kind} record, which does not begin and end; leave out --as-of")
    return {
        "date": as_of,
        "in_place": str(span.in_place(as_of)),
        "counts": bool(span.counts),
        "is_first_on_record_later": span.is_first_on_record_after(as_of),
        "span": spans_and_records_in_period.span_data(span),
    }


def country_as_of(reader: "Reader", code: str, as_of: str) -> dict[str, Any]:
    """Return the projects of a country that were in place or planned at a date, and the organisations in those in place.

    There are at most `_ORGANIZATIONS` rows for organisations, one for each of their roles, those with the most projects first.
    """
    parties = spans_and_records_in_period.organizations(reader, code, as_of, _ORGANIZATIONS)
    return {
        "date": as_of,
        **_projects(spans_and_records_in_period.projects_of(reader, "country", code, as_of)),
        "organizations": [row._asdict() for row in parties],
    }


def as_of_lines(state: dict[str, Any] | None) -> Iterator[str]:
    """Yield the lines about a state at a date, which `overt show` prints before the lines for the record or country.

    Yields nothing for None.
    """
    if state is None:
        return
    if "in_place" in state:
        span = state["span"]
        plan = f" (planned for {span['planned']}, as of {span['planned_as_of']})" if span["planned"] else ""
        yield f"as of {state['date']}: {_answer(state)}{plan}"
    else:
        certain = sum(row["in_place"] == "certainly" for row in state["projects"])
        yield (
            f"as of {state['date']}: {format_count(len(state['projects']), 'project')} possibly or certainly in place, "
            f"{certain} certainly; {len(state['planned'])} only planned"
        )
        yield from (f"  {row['in_place']}: {row['id']}" for row in state["projects"])
    yield ""


def _answer(state: dict[str, Any]) -> str:
    """Return in words whether a record was in place."""
    if not state["counts"]:
        return "not counted as in place, because it is denied, cancelled or unverified"
    if state["is_first_on_record_later"]:
        return "first on record later or without a date; no source says when it began"
    return "not in place" if state["in_place"] == "not" else f"{state['in_place']} in place"


def _projects(rows: "list[spans_and_records_in_period.InPlaceRecord]") -> dict[str, Any]:
    listed = [
        {"id": row.id, "in_place": str(row.in_place), **({"roles": row.role.split(",")} if row.role else {})} for row in rows
    ]
    return {
        "projects": [row for row in listed if row["in_place"] != "not"],
        "planned": [row for row in listed if row["in_place"] == "not"],
    }
