"""Records with their claims and evidence, and figures as the release stored them."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.api.paging import as_of_parameter, fields_parameter, select_fields
from overt.api.schemas import Figure, FigureHistory, WholeRecord
from overt.http.problem import Json, Problem, gone_detail
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries import figures, records
from overt.queries.as_of import figure_history, record_spans
from overt.queries.figures import FigureRow, Sensitivity
from overt.queries.rows.records import Claim, ClaimDetails, Fact, Record
from overt.release.figures.figure_data import plain_number, sensitivity_data

MOST_ROWS = 2_000
"""Maximum number of rows of a figure in a response."""


class OneRecord(NoParameters):
    """Parameters of a record."""

    fields: str | None = fields_parameter(WholeRecord)
    as_of: str | None = as_of_parameter("Whether the record was in place then, as `in_place`.")


_CLAIM = (
    "claim_id", "source", "record", "property", "value", "target", "original", "unit", "lang", "valid_from", "valid_to", "basis",
    "rule", "document", "standing",
)  # fmt: skip
CLAIM_FIELDS = ("claim_id", "about", *_CLAIM[1:], "evidence_total", "evidence")
"""Fields of a claim in a list."""
_ANSWERS: dict[int | str, dict[str, Any]] = {
    308: {"description": "The record was merged into another."},
    404: {"model": Problem, "description": "This release has no such record."},
    410: {"model": Problem, "description": "Nothing is stated about it any more, or editors withhold it."},
}


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/records/…` and `/api/v1/figures`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/records/{identity}", response_model=WholeRecord, response_class=Json, responses=_ANSWERS)
    def record(request: Request, identity: str, parameters: Annotated[OneRecord, Query()]) -> Response:
        """Return a record with its values (`shown` and rivals) and its claims, each with source and evidence.

        The response has at most 2,000 claims, 50 places per claim and 200 members. If there are more, `truncated` is true; the
        totals are always complete.
        """
        as_of = site.query(request).as_of()
        with site.database.lease() as reader:
            found_record = records.find(reader, identity)
            if found_record is None:
                what, new_id, withdrawal = records.find_missing(reader, identity)
                if what == "moved":
                    return RedirectResponse(f"/api/v1/records/{new_id}", 308, headers={"Cache-Control": "max-age=300"})
                if withdrawal is not None:
                    raise HTTPException(410, gone_detail(withdrawal.since, withdrawal.why))
                raise HTTPException(404, "No record of this release has this id.")
            claims = records.claims(reader, identity)
            members = records.members(reader, identity)
            counts = records.counts(reader, identity)
            span = record_spans.find(reader, identity)
        content = {
            "release": site.prepared.release,
            **record_data(found_record),
            "span": record_spans.span_data(span) if span else None,
            "in_place": str(span.in_place(as_of)) if span and as_of else None,
            "members_total": counts.members,
            "claims_total": counts.claims,
            "truncated": counts.members > len(members) or _cut(claims, counts.claims),
            "members": [member.record for member in members],
            "claims": [claim_data(claim) for claim in claims],
        }
        return Json(select_fields([content], parameters.fields, content)[0])

    @router.get("/figures/{name}/history", response_model=FigureHistory, response_class=Json, responses={404: _ANSWERS[404]})
    def figure_by_year(name: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return how many of the units that a figure counts were in place in each year."""
        with site.database.lease() as reader:
            row = figures.find(reader, name)
            units = figure_history.lasting_units(reader, row) if row else None
        if row is None or units is None:
            missing = "This release has no figure of this name." if row is None else f"{name}: {figure_history.NOT_LASTING}."
            raise HTTPException(404, missing)
        years = figure_history.history(units, int(site.words.meta["manifest"]["date"][:4]))
        return Json({"release": site.prepared.release, "name": name, "years": [year._asdict() for year in years]})

    @router.get("/figures/{name}", response_model=Figure, response_class=Json, responses={404: _ANSWERS[404]})
    def one_figure(name: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return a figure with all its rows. `NAME@RELEASE` is accepted if RELEASE is the served release."""
        name, cited, release = name.partition("@")
        if cited and release not in (site.prepared.release, site.prepared.base_release):
            raise HTTPException(404, f"Only figures of the release that is served here, {site.prepared.release}, are available.")
        with site.database.lease() as reader:
            row = figures.find(reader, name)
            if row is None:
                raise HTTPException(404, "This release has no figure of this name.")
            rows = figures.rows(reader, row, size=row.rows + 1)
            moved = figures.sensitivity(reader, name).get(name, [])
        return Json(_figure(site, row, rows, moved))

    @router.get("/figures", response_model=list[Figure], response_class=Json)
    def figure_list(parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return all figures, as in `overt figures --json`.

        Each has its name, value, unit, release, rows, groups, variants, comparators, sources and gaps, and its sensitivity to
        each source, rule and uncertain merge. Each figure has at most 2,000 rows; `rows_total` is the number of rows.
        """
        with site.database.lease() as reader:
            figures_and_rows = [(row, figures.rows(reader, row, size=MOST_ROWS)) for row in figures.all_figures(reader)]
            moved = figures.sensitivity(reader)
        return Json([_figure(site, row, rows, moved.get(row.name, [])) for row, rows in figures_and_rows])

    return router


def record_data(record: Record) -> dict[str, Any]:
    """Return a record with all its values by property, shown or not."""
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


def claim_data(claim: Claim | ClaimDetails) -> dict[str, Any]:
    """Return a claim with its source and evidence."""
    places = ("file", "capture", "locator", "excerpt", "retrieved", "document")
    return {
        **{name: getattr(claim, name) for name in _CLAIM},
        "evidence_total": claim.place_count,
        "evidence": [{name: getattr(place, name) for name in places} for place in claim.places],
    }


def _figure(site: Served, figure: figures.Figure, rows: list[FigureRow], moved: list[Sensitivity]) -> dict[str, Any]:
    names = (
        "name",
        "title",
        "question",
        "unit",
        "counting_unit",
        "status",
        "groups",
        "variants",
        "comparators",
        "sources",
        "gaps",
    )
    counted = [{"unit_id": row.unit_id, "amount": _number(row.amount), **row.groups} for row in rows]
    value = None if figure.value is None else Decimal(figure.value)
    return {
        **{name: getattr(figure, name) for name in names},
        "value": _number(figure.value),
        "release": site.prepared.release,
        "rows": sorted(counted, key=lambda row: row["unit_id"]),
        "rows_total": figure.rows,
        "sensitivity": sensitivity_data(value, [row._asdict() for row in moved]),
    }


def _number(text: str | None) -> float | int | None:
    return plain_number(None if text is None else Decimal(text))
