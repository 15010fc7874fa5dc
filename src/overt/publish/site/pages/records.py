"""Pages of projects, organisations, agreements and all other records, and of single claims."""

from collections import Counter
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.publish.read import organizations, projects, records
from overt.publish.read.database import Reader, Row
from overt.publish.read.filters import ProjectFilter
from overt.publish.read.records import Record
from overt.publish.site.language import N_
from overt.publish.site.pages.says import SideBySide, side_by_side
from overt.publish.site.site import Site, record_url
from overt.publish.site.svg.map import Country, around, boxes_of, boxes_of_countries, cell_of, draw

_VERBS = (
    ("supplier", N_("supplied by")),
    ("implementer", N_("carried out by")),
    ("operator", N_("operated by")),
    ("owner", N_("owned by")),
)
_UNKNOWN = {
    "project": N_("No project of this release has this id."),
    "organization": N_("No organisation of this release has this id."),
    "agreement": N_("No agreement of this release has this id."),
    "record": N_("No record of this release has this id."),
}
PLACES = 200
"""Places that a page lists."""


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
            build = {"project": _project, "organization": _organization}.get(record.type, _other)
            template = f"{record.type}.html" if kind != "record" else "record.html"
            held = {**_common(reader, record), **build(site, reader, record)}
            if record.type == "project":
                held["says"] = _says(site, held)
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


def moved(path: str) -> Response:
    """A thing is elsewhere. Not kept for ever by browsers: a merge can be undone."""
    return RedirectResponse(path, 308, headers={"Cache-Control": "max-age=300"})


def _elsewhere(request: Request, site: Site, reader: Reader, kind: str, identity: str) -> Response:
    what, held = records.standing(reader, identity)
    if what == "moved":
        target = records.find(reader, held)
        if target is not None:
            return moved(site.record_url(target.type, target.id))
        what, held = records.standing(reader, held)
    if what == "withdrawn":
        return _withdrawn(request, site, held)
    raise HTTPException(404, site.gettext(_UNKNOWN[kind]))


def _withdrawn(request: Request, site: Site, held: Row) -> Response:
    if held["reason"] == "retracted":
        message = site.gettext("Everything that was said of this record has been taken back.")
    else:
        titles = [site.foreign(site.title_of(source)) for source in (held["source"] or "").split(", ")]
        names = Markup(site.language.comma).join(titles)  # noqa: S704
        message = site.markup(
            "Nothing is said of this record any more: it is not in the newest snapshot of its source (%(names)s).", names=names
        )
    more = [site.markup("Reason: %(why)s", why=site.foreign(held["why"]))] if held["why"] else []
    more.append(site.markup("Its id stays its own. Older releases that hold it do not change."))
    title = site.gettext("Withdrawn")
    return site.page("error.html", 410, request=request, status=410, title=title, message=message, more=more)


def _common(reader: Reader, record: Record) -> dict[str, Any]:
    return {
        "record": record,
        "claims": records.claims(reader, record.id),
        "members": records.members(reader, record.id),
        "counts": records.counts(reader, record.id),
        "judgements": records.judgements(reader, record.id),
        "history": records.history(reader, record.id),
    }


def _project(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    roles = records.linked(reader, record.id, "role", "project")
    commitments = records.linked(reader, record.id, "commitment", "project")
    places = records.linked(reader, record.id, "place", "project", limit=PLACES + 1)
    here: projects.Test = ("l.project = ?", [record.id])
    drawn = projects.map_places(reader, ProjectFilter(), here)
    codes = [fact.value for fact in record.shown("country")]
    return {
        "roles": sorted(roles, key=lambda role: (_role_place(site, role), role.id)),
        "commitments": commitments,
        "total": _total(commitments) if len(commitments) > 1 else None,
        "pledged": _total(commitments) if any(held.shown("financier") for held in commitments) else None,
        "places": places[:PLACES],
        "more_places": len(places) - PLACES if len(places) > PLACES else 0,
        "parts": _parts(site, roles, commitments),
        "map": _small_map(site, reader, here, drawn, codes),
        "located": bool(drawn),
    }


def _says(site: Site, held: dict[str, Any]) -> SideBySide | None:
    """What each source says of a project, where several do."""
    names = {role: site.words.term("roles", role) for role in site.words.terms["roles"]}
    parts = (held[part] for part in ("record", "claims", "members", "roles", "commitments"))
    return side_by_side(site, names, *parts)


def _role_place(site: Site, role: Record) -> int:
    order = list(site.words.terms["roles"])
    name = role.value("role")
    return order.index(name) if name in order else len(order)


def _parts(site: Site, roles: list[Record], commitments: list[Record]) -> list[tuple[str, list[tuple[Any, Any]]]]:
    """For the first sentence: who supplied, carried out, runs, owns and financed it, each with the value that says so."""
    found = []
    for name, verb in _VERBS:
        held = [(fact, fact) for role in roles if role.value("role") == name for fact in role.shown("organization")]
        if held:
            found.append((site.gettext(verb), _once(held)))
    money = [(fact, fact) for commitment in commitments for fact in commitment.shown("financier")]
    money += [(fact, fact) for role in roles if role.value("role") == "financier" for fact in role.shown("organization")]
    return [*found, (site.gettext("financed by"), _once(money))] if money else found


def _once(held: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return list({fact.value: (fact, mark) for fact, mark in reversed(held)}.values())[::-1]


def _total(commitments: list[Record]) -> Row | None:
    amounts = [fact for held in commitments if (fact := held.fact("amount"))]
    units = {fact.unit for fact in amounts}
    if len(units) != 1 or len(amounts) != len(commitments):
        return None
    return {"amount": sum((Decimal(fact.value) for fact in amounts), Decimal(0)), "unit": units.pop()}


def _small_map(site: Site, reader: Reader, here: projects.Test, drawn: list[Row], codes: list[str]) -> Any:
    box = around(boxes_of(drawn) or boxes_of_countries(site.shapes, codes))
    if box is None or not site.shapes:
        return None
    countries = {code: Country(1, site.words.area(code), site.url(f"/country/{code}")) for code in codes}
    routes = [row for row in drawn if row["route"]]
    marks = projects.map_marks(reader, ProjectFilter(), cell_of(box), here)
    label = site.gettext("Map of the project")
    return draw(site.language, site.shapes, countries, routes, marks, label=label, box=box)


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
