"""The pages of projects, organisations, agreements and all other records."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.charts import Chart
from overt.http.page_addresses import PAGES_OF_THEIR_OWN, record_url
from overt.language.language import N_
from overt.queries import changes_between_releases, organizations, records, series
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.database import Reader
from overt.queries.rows.records import ListedRecord, Record
from overt.site.agreement.agreement_context import agreement_parts
from overt.site.as_of.span_sentences import span_sentences
from overt.site.as_of.subject_state import organization_state, record_state
from overt.site.chart_files import chart_file
from overt.site.citations_and_linked_data.citation_box import citation_box, cite_record
from overt.site.citations_and_linked_data.cited_documents_and_sources import sources_behind
from overt.site.history_texts import localize_history
from overt.site.missing_merged_and_withdrawn_pages import moved, unknown, withdrawn
from overt.site.organization.organization_context import organization_charts, organization_parts
from overt.site.page_declaration import Page, PageCharts
from overt.site.project.project_page_context import project_parts
from overt.site.series_addresses import shared_page
from overt.site.site import Site

_BATCH = 10_000
"""Maximum number of records in memory while addresses are listed."""
_NO_ORGANIZATION = N_("No organisation of this edition has this id.")
_UNKNOWN = {
    "project": N_("No project of this edition has this id."),
    "organization": _NO_ORGANIZATION,
    "agreement": N_("No agreement of this edition has this id."),
    "record": N_("No record of this edition has this id."),
}


def routes(site: Site) -> APIRouter:
    """Return the routes of `/project/…`, `/organization/…` with its charts, `/agreement/…` and `/record/…`."""
    router = APIRouter(include_in_schema=False)

    def respond(request: Request, kind: str, identity: str) -> Response:
        with site.database.lease() as reader:
            record = records.find(reader, identity)
            if record is None:
                return _gone(request, site, reader, kind, identity)
            place = series.find(reader, record.id) if record.type == "indicator" else None
            if place and (page := shared_page(site, place.series, place.country)):
                return moved(site.url(f"{page}#{record.id}"))
            path = record_url(record.type, record.id)
            if not path.startswith(f"/{kind}/"):
                return moved(site.url(path))
            template, as_of = f"{kind}/template.html", site.query(request).as_of()
            if as_of and kind == "organization":
                return _organization_as_of(request, site, reader, record, as_of)
            parts = _common(reader, record) | record_state(site, reader, identity, as_of)
            parts["span_sentences"] = span_sentences(
                site,
                spans_and_records_in_period.find(reader, identity),
                stated=(record.value("start"), record.value("end")),
            )
            parts["named_by"] = records.named_by(reader, record.id, _IN_SECTIONS.get(record.type, ()))
            if record.type == "project":
                parts |= project_parts(site, reader, record, parts["claims"], parts["members"])
            else:
                parts |= _PARTS.get(record.type, _other)(site, reader, record)
            changes = changes_between_releases.record_history(reader, record.id, parts.pop("part_ids", ()))
            parts["history"] = localize_history(site, changes)
            slugs = dict.fromkeys(claim.source for claim in parts["claims"])
            newest = [row.document.id for row in parts.get("newest", ())]
            behind = sources_behind(site, reader, parts["claims"], documents=newest)
            parts["cite"] = citation_box(site, cite_record(site, record, slugs), behind)
            return site.page(template, request=request, section=_SECTIONS.get(kind, ""), **parts)

    @router.get("/project/{identity}")
    def project(request: Request, identity: str) -> Response:
        return respond(request, "project", identity)

    @router.get("/organization/{identity}")
    def organization(request: Request, identity: str) -> Response:
        return respond(request, "organization", identity)

    @router.get("/organization/{identity}/charts/{file}")
    def chart(identity: str, file: str) -> Response:
        with site.database.lease() as reader:
            record = records.find(reader, identity)
            if record is None or record.type != "organization":
                raise HTTPException(404, site.gettext(_NO_ORGANIZATION))
            chart_list = organization_charts(site, reader, record)
        return chart_file(site, chart_list, file, f"organization/{identity}")

    @router.get("/agreement/{identity}")
    def agreement(request: Request, identity: str) -> Response:
        return respond(request, "agreement", identity)

    @router.get("/record/{identity}")
    def record(request: Request, identity: str) -> Response:
        return respond(request, "record", identity)

    return router


def _organization_as_of(request: Request, site: Site, reader: Reader, record: Record, as_of: str) -> Response:
    parts = organization_state(site, reader, record, as_of)
    crumbs, pairs = [("/companies", site.gettext("Companies"))], [("company", record.id)]
    return site.page(
        "as_of/template.html", request=request, section="/companies", heading=site.called(record), crumbs=crumbs, filter=pairs,
        organization=True, **parts,
    )  # fmt: skip


_IN_SECTIONS = {
    "project": ("role", "commitment", "place", "statement"),
    "organization": (
        "role",
        "commitment",
        "relation",
        "listing",
        "agreement",
        "assessment",
        "participation",
        "reported_figure",
        "statement",
    ),
    "agreement": ("provision",),
}  # fmt: skip
"""For each type of page: the types of records that have a section of their own on it."""
_SECTIONS = {"project": "/explorer", "organization": "/companies", "agreement": "/agreements"}


def _gone(request: Request, site: Site, reader: Reader, kind: str, identity: str) -> Response:
    missing = records.find_missing(reader, identity)
    if missing.record is not None:
        return moved(site.url(record_url(missing.record.type, missing.record.id)))
    if missing.withdrawal is not None:
        changes = changes_between_releases.record_history(reader, missing.new_id or identity)
        gone = next((row.position for row in changes.rows if row.what == "removed"), 0)
        return withdrawn(request, site, missing.withdrawal, changes.stages[gone - 1] if gone else None)
    return unknown(site, site.gettext(_UNKNOWN[kind]))


def _common(reader: Reader, record: Record) -> dict[str, Any]:
    return {
        "record": record,
        "claims": records.claims(reader, record.id),
        "members": records.members(reader, record.id),
        "counts": records.counts(reader, record.id),
        "judgements": records.judgements(reader, record.id),
        "snapshots": records.history(reader, record.id),
    }


def _other(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    return {"cited": reader.rows("records.citing_document", {"id": record.id}) if record.type == "document" else []}


_PARTS = {"organization": organization_parts, "agreement": agreement_parts}
"""By type of record, except projects: the function that returns the additional context for the template of its page."""


def _with_page(site: Site, reader: Reader) -> Iterator[ListedRecord]:
    """Yield the records that don't share a page with others (`shared_page`)."""
    return (row for row in records.all_records(reader) if shared_page(site, row.series, row.country) is None)


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    """Yield the pages of projects, organisations and agreements, the records that readers look for."""
    last = ""
    while rows := reader.rows("sitemap.records", {"after": last, "limit": _BATCH}):
        yield from (record_url(row["type"], row["id"]) for row in rows)
        last = rows[-1]["id"]


def _variants(site: Site, reader: Reader) -> Iterator[str]:
    """Yield the pages of all other records, and the pages that explain why a record was withdrawn."""
    yield from (f"/record/{row.id}" for row in _with_page(site, reader) if row.type not in PAGES_OF_THEIR_OWN)
    for row in reader.rows("static_edition.withdrawn"):
        # A withheld record also has a page at its former address, because readers may know that address.
        yield from dict.fromkeys(
            [f"/record/{row['id']}", *([record_url(row["type"], row["id"])] if row["reason"] == "withheld" else [])]
        )


def _organizations(site: Site, reader: Reader) -> Iterator[str]:
    return (f"/organization/{organization.id}" for organization in organizations.all_organizations(reader))


def _charts_of(site: Site, reader: Reader, page: str) -> Sequence[Chart]:
    record = records.find(reader, page.rpartition("/")[2])
    return organization_charts(site, reader, record) if record else []


PAGE = Page(routes, addresses=_addresses, variants=_variants, charts=PageCharts("/organization/", _organizations, _charts_of))
