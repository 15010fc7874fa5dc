"""Feeds of changes: `…/changes.atom` and `…/changes.json` for countries, organisations, answers, kinds and figures."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.feeds.subject_feed import FeedSubject, encode_feed
from overt.http.page_addresses import address, answer_address, record_url
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.country.page import linked_codes
from overt.site.missing_merged_and_withdrawn_pages import NOTHING, country_or_404, figure_or_404, record_or_redirect
from overt.site.site import Site

Form = Literal["atom", "json"]
FORMS: tuple[Form, ...] = ("atom", "json")
_MEDIA_TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}


def routes(site: Site) -> APIRouter:
    """Return the routes of the feeds, in the language of the site."""
    router = APIRouter(include_in_schema=False)
    for form in FORMS:
        _add_routes(router, site, form)
    return router


def _add_routes(router: APIRouter, site: Site, form: Form) -> None:
    file = f"changes.{form}"

    def respond(request: Request, reader: Reader, subject: FeedSubject) -> Response:
        return Response(encode_feed(site, request, reader, subject, form), media_type=_MEDIA_TYPES[form])

    @router.get(f"/country/{{code}}/{file}")
    def country(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        page = f"/country/{quote(area.code)}"
        with site.database.lease() as reader:
            return respond(request, reader, FeedSubject(area.label, page, page, (("country", area.code),)))

    @router.get(f"/organization/{{identity}}/{file}")
    def organization(request: Request, identity: str) -> Response:
        with site.database.lease() as reader:
            record = _organization(site, reader, identity, f"/{file}")
            if isinstance(record, Response):
                return record
            page = record_url("organization", record.id)
            subject = FeedSubject(site.called(record), page, page, (("organization", record.id),))
            return respond(request, reader, subject)

    @router.get(f"/organization/{{identity}}/in/{{code}}/{file}")
    def pair_feed(request: Request, identity: str, code: str) -> Response:
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            record = _organization(site, reader, identity, f"/in/{area.code}/{file}")
            if isinstance(record, Response):
                return record
            page = answer_address(record.id, area.code)
            title = site.gettext("%(what)s in %(where)s", what=site.called(record), where=area.label)
            return respond(request, reader, FeedSubject(title, page, page, (("organization", record.id), ("country", area.code))))

    @router.get(f"/kind/{{kind}}/{file}")
    def kind(request: Request, kind: str) -> Response:
        if kind not in site.words.terms["project-kinds"]:
            raise HTTPException(404, site.gettext(NOTHING))
        title, page = site.words.term("project-kinds", kind), address("/explorer", [("kind", kind)])
        with site.database.lease() as reader:
            return respond(request, reader, FeedSubject(title, page, f"/kind/{quote(kind)}", (("kind", kind),)))

    @router.get(f"/figure/{{name}}/{file}")
    def figure(request: Request, name: str) -> Response:
        with site.database.lease() as reader:
            stored = figure_or_404(site, reader, name)
            page, title = f"/figure/{quote(stored.name)}", str(site.language.localized(stored, "title"))
            return respond(request, reader, FeedSubject(title, page, page, figure=stored.name))


def _organization(site: Site, reader: Reader, identity: str, rest: str) -> Record | Response:
    record = record_or_redirect(site, reader, identity, rest)
    if isinstance(record, Response) or record.type == "organization":
        return record
    raise HTTPException(404, site.gettext(NOTHING))


def static_feeds(site: Site, reader: Reader) -> Iterator[str]:
    """Yield the addresses of the feeds in a static edition: for countries, kinds and figures."""
    folders = [f"/country/{code}" for code in linked_codes(site, reader)]
    folders += [f"/kind/{kind}" for kind in site.words.terms["project-kinds"]]
    folders += [f"/figure/{row.name}" for row in figures.all_figures(reader)]
    yield from (f"{folder}/changes.{form}" for folder in folders for form in FORMS)
