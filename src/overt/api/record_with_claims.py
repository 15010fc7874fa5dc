"""Records with their claims and evidence."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.api.field_selection import fields_parameter, select_fields
from overt.api.response_models import FullRecord
from overt.http.json_and_problem_responses import Json, Problem, gone_detail
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.index.accepted_filter_values import DATE_PATTERN
from overt.queries import records
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.rows.records import Claim, Fact, Record


class RecordFields(NoParameters):
    """Parameters of a request for a record of any release."""

    fields: str | None = fields_parameter(FullRecord)


class RecordParameters(RecordFields):
    """Parameters of a request for a record of the served release."""

    as_of: str | None = Field(
        None,
        max_length=50,
        description="A day, month or year (EDTF), not after the release: `in_place` says whether the record was in place then.",
        json_schema_extra={"pattern": DATE_PATTERN},
    )


_CLAIM = (
    "claim_id", "source", "record", "property", "value", "target", "original", "unit", "lang", "valid_from", "valid_to", "basis",
    "rule", "document", "standing",
)  # fmt: skip
CLAIM_FIELDS = ("claim_id", "about", *_CLAIM[1:], "evidence_total", "evidence")
"""Fields of a claim in a list."""
_RESPONSES: dict[int | str, dict[str, Any]] = {
    308: {"description": "The record was merged into another."},
    404: {"model": Problem, "description": "This release has no such record."},
    410: {"model": Problem, "description": "No source states anything about it any more, or editors withhold it."},
}


def routes(site: Served) -> APIRouter:
    """Return the route of `/api/v1/records/…`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/records/{identity}", response_model=FullRecord, response_class=Json, responses=_RESPONSES)
    def record(request: Request, identity: str, parameters: Annotated[RecordParameters, Query()]) -> Response:
        """Return a record with its values (`shown` and rivals) and its claims, each with source and evidence.

        The response has at most 2,000 claims, 50 places per claim and 200 members. If there are more, `truncated` is true, and
        the totals still count all of them.
        """
        as_of = site.query(request).as_of()
        with site.database.lease() as reader:
            matching_record = records.find(reader, identity)
            if matching_record is None:
                missing = records.find_missing(reader, identity)
                if missing.record is not None:
                    path = f"/api/v1/records/{missing.record.id}"
                    return RedirectResponse(path, 308, headers={"Cache-Control": "max-age=300"})
                if missing.withdrawal is not None:
                    raise HTTPException(410, gone_detail(missing.withdrawal.since, missing.withdrawal.why))
                raise HTTPException(404, "No record of this release has this id.")
            claims = records.claims(reader, identity)
            members = records.members(reader, identity)
            counts = records.counts(reader, identity)
            span = spans_and_records_in_period.find(reader, identity)
        content = {
            "release": site.prepared.release,
            **record_data(matching_record),
            "span": spans_and_records_in_period.span_data(span) if span else None,
            "in_place": str(span.in_place(as_of)) if span and as_of else None,
            "members_total": counts.members,
            "claims_total": counts.claims,
            "truncated": counts.members > len(members) or _cut(claims, counts.claims),
            "members": [member.record for member in members],
            "claims": [claim_data(claim) for claim in claims],
        }
        return Json(select_fields([content], parameters.fields, content)[0])

    return router


def record_data(record: Record) -> dict[str, Any]:
    """Return a record's data for JSON: all its values by property, whether or not pages show them, but no claims."""
    return {
        "id": record.id,
        "type": record.type,
        "label": record.label,
        "label_zh": record.label_zh,
        "sources": record.sources,
        "independent_sources": record.independent_sources,
        "reuse": record.reuse,
        "current": record.phase.current if record.phase else None,
        "values": {name: [_value(fact) for fact in facts] for name, facts in record.facts.items()},
    }


def _value(fact: Fact) -> dict[str, Any]:
    names = (
        "value",
        "unit",
        "lang",
        "shown",
        "contested",
        "basis",
        "claims",
        "sources",
        "independent_sources",
        "claim_id",
        "label",
    )
    return {name: getattr(fact, name) for name in names}


def _cut(claims: list[Claim], total: int) -> bool:
    """Return whether the response omits claims, or places of a claim."""
    return total > len(claims) or any(claim.place_count > len(claim.places) for claim in claims)


def claim_data(claim: Claim) -> dict[str, Any]:
    """Return a claim's data for JSON, with its source and evidence."""
    places = ("file", "capture", "locator", "excerpt", "retrieved", "document")
    return {
        **{name: getattr(claim, name) for name in _CLAIM},
        "evidence_total": claim.place_count,
        "evidence": [{name: getattr(place, name) for name in places} for place in claim.places],
    }
