"""Two to four countries or companies side by side."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import comparison, countries, records
from overt.queries.comparison import Side
from overt.queries.content_texts import by_label
from overt.queries.database import Reader
from overt.queries.filters import BadQuery
from overt.queries.records import Record
from overt.site.page import Page
from overt.site.series_texts import Indicator, indicator
from overt.site.site import Site

MOST = 4
OFFERED = 150
"""Organisations that the form lists; the address takes any."""


def routes(site: Site) -> APIRouter:
    """`/compare?country=…&country=…` and `/compare?company=…&company=…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/compare")
    def compare(request: Request) -> Response:
        asked = site.query(request).filter()
        if asked.country and asked.company:
            raise BadQuery(
                site.gettext("Countries are compared with countries, and companies with companies; choose one of the two.")
            )
        if len(asked.country) > MOST or len(asked.company) > MOST:
            raise BadQuery(site.gettext("Up to %(n)s can be compared at once.", n=MOST))
        with site.database.lease() as reader:
            held = _companies(site, reader, asked.company) if asked.company else _countries(site, reader, asked.country)
            by = "company" if asked.company else "country"
            common = comparison.in_common(reader, by, [one.id for one in held["sides"]])
            offered = comparison.offered(reader, OFFERED)
            known = {row["id"] for row in offered}
            places = {row["code"] for row in countries.every(reader)} | set(asked.country)
            offered += [vars(record) for record in held["records"].values() if record.id not in known]
            return site.page(
                "compare/template.html", request=request, by=by, projects=common[0], shared=common[1], offered=offered, most=MOST,
                places=[row["code"] for row in by_label(site.words.areas[code] for code in places)],
                layers=[row["id"] for row in site.words.layers if site.offers["layer"].get(row["id"])],
                roles=[role for role in site.words.terms["roles"] if any(one.roles.get(role) for one in held["sides"])],
                unnamed=countries.unnamed(reader, asked.country), **held,
            )  # fmt: skip

    return router


def _countries(site: Site, reader: Reader, codes: tuple[str, ...]) -> dict[str, Any]:
    sides = [comparison.country(reader, code) for code in codes]
    latest = {code: _latest(site, comparison.latest(reader, code)) for code in codes}
    series = sorted({name for held in latest.values() for name in held})
    assessments = {code: sorted(records.linked(reader, code, "assessment", "country"), key=_year) for code in codes}
    return {"sides": sides, "records": {}, "latest": latest, "series": series, "assessments": assessments}


def _latest(site: Site, found: Mapping[str, Record]) -> dict[str, Indicator]:
    return {name: one for name, held in found.items() if (one := indicator(site, held))}


def _year(record: Record) -> str:
    return record.value("year") or ""


def _companies(site: Site, reader: Reader, ids: tuple[str, ...]) -> dict[str, Any]:
    """Ids of merged records stand for what they are now."""
    found: dict[str, Record] = {}
    for identity in ids:
        what, target = records.standing(reader, identity)
        record = records.find(reader, target if what == "moved" else identity)
        if record is None or record.type != "organization":
            raise BadQuery(site.gettext("No organisation of this release has this id."))
        found[record.id] = record
    sides: list[Side] = [comparison.organization(reader, identity) for identity in found]
    return {"sides": sides, "records": found, "latest": {}, "series": [], "assessments": {}}


PAGE = Page(routes)
