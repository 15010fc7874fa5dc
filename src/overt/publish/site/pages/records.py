"""Pages of projects, organisations, agreements and all other records, and of single claims."""

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.publish.read import organizations, projects, records
from overt.publish.read.database import Reader
from overt.publish.read.filters import ProjectFilter
from overt.publish.read.records import Record
from overt.publish.site.language import N_
from overt.publish.site.pages.cited import of_record, shown
from overt.publish.site.pages.gone import elsewhere, moved, withdrawn
from overt.publish.site.pages.projects import project_parts
from overt.publish.site.site import Site, record_url
from overt.publish.site.svg.map import Country, draw

_UNKNOWN = {
    "project": N_("No project of this release has this id."),
    "organization": N_("No organisation of this release has this id."),
    "agreement": N_("No agreement of this release has this id."),
    "record": N_("No record of this release has this id."),
}


def routes(site: Site) -> APIRouter:
    """`/project/…`, `/organization/…`, `/agreement/…`, `/record/…`, `/claim/…`."""
    router = APIRouter(include_in_schema=False)

    def answer(request: Request, kind: str, identity: str) -> Response:
        with site.database.lease() as reader:
            record = records.find(reader, identity)
            if record is None:
                return _elsewhere(request, site, reader, kind, identity)
            path = record_url(record.type, record.id)
            if not path.startswith(f"/{kind}/"):
                return moved(site.url(path))
            template = f"{record.type}.html" if kind != "record" else "record.html"
            held = _common(reader, record)
            if record.type == "project":
                held |= project_parts(site, reader, record, held["claims"], held["members"])
            else:
                held |= (_organization if record.type == "organization" else _other)(site, reader, record)
            slugs = dict.fromkeys(claim["source"] for claim in held["claims"])
            held["cite"] = shown(site, of_record(site, record, slugs))
            return site.page(template, request=request, section=_SECTIONS.get(kind, ""), **held)

    @router.get("/project/{identity}")
    def project(request: Request, identity: str) -> Response:
        return answer(request, "project", identity)

    @router.get("/organization/{identity}")
    def organization(request: Request, identity: str) -> Response:
        return answer(request, "organization", identity)

    @router.get("/agreement/{identity}")
    def agreement(request: Request, identity: str) -> Response:
        return answer(request, "agreement", identity)

    @router.get("/record/{identity}")
    def record(request: Request, identity: str) -> Response:
        return answer(request, "record", identity)

    @router.get("/claim/{claim_id}")
    def claim(request: Request, claim_id: str) -> Response:
        with site.database.lease() as reader:
            found = records.claim(reader, claim_id)
        if found is None:
            raise HTTPException(404, site.gettext("No claim of this release has this id."))
        return site.page("claim.html", request=request, claim=found)

    return router


_SECTIONS = {"organization": "/companies", "agreement": "/agreements"}


def _elsewhere(request: Request, site: Site, reader: Reader, kind: str, identity: str) -> Response:
    what, target = elsewhere(site, reader, identity)
    if target is not None:
        return target("")
    if what == "withdrawn":
        return withdrawn(request, site, records.standing(reader, identity)[1])
    raise HTTPException(404, site.gettext(_UNKNOWN[kind]))


def _common(reader: Reader, record: Record) -> dict[str, Any]:
    return {
        "record": record,
        "claims": records.claims(reader, record.id),
        "members": records.members(reader, record.id),
        "counts": records.counts(reader, record.id),
        "judgements": records.judgements(reader, record.id),
        "history": records.history(reader, record.id),
    }


def _organization(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    heading = site.language.of(vars(record), "label")
    listed = organizations.labels(reader, record.id) or {"projects": 0, "countries": 0, "listings": 0}
    parts: dict[str, Counter[str]] = {}
    for row in organizations.parts(reader, record.id):
        parts.setdefault(row["layer"], Counter())[row["role"]] += row["projects"]
    spread: dict[str, Counter[str]] = {}
    for row in organizations.spread(reader, record.id):
        spread.setdefault(row["country"], Counter())[row["layer"]] += row["projects"]
    layers = [*(row["id"] for row in site.words.layers), ""]
    held_roles = {role for counted in parts.values() for role in counted}
    held_layers = {layer for counted in spread.values() for layer in counted}
    ordered = sorted(spread.items(), key=lambda pair: (-sum(pair[1].values()), site.words.area(pair[0])))
    return {
        "names": [fact for name in ("name", "alias") for fact in record.shown(name) if fact.value != heading],
        "listed": listed,
        "relations": records.linked(reader, record.id, "relation"),
        "listings": records.linked(reader, record.id, "listing"),
        "agreements": records.linked(reader, record.id, "agreement"),
        "assessments": records.linked(reader, record.id, "assessment"),
        "parts": sorted(parts.items(), key=lambda pair: layers.index(pair[0])),
        "part_roles": [role for role in site.words.terms["roles"] if role in held_roles],
        "spread": ordered,
        "spread_layers": [layer for layer in layers if layer in held_layers],
        "projects": projects.page(reader, ProjectFilter(company=(record.id,)), size=25),
        "money": organizations.money(reader, record.id),
        "map": _company_map(site, reader, record),
    }


def _company_map(site: Site, reader: Reader, record: Record) -> Any:
    counted = projects.map_countries(reader, ProjectFilter(company=(record.id,)))
    if not counted or not site.shapes:
        return None
    countries = {
        row["code"]: Country(row["projects"], site.words.area(row["code"]), site.url(f"/country/{row['code']}"))
        for row in counted
    }
    label = site.gettext("Map of its projects by country")
    return draw(site.language, site.shapes, countries, [], [], label=label, breaks=site.breaks)


def _other(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    return {"cited": reader.rows("cited", {"id": record.id}) if record.type == "document" else []}
