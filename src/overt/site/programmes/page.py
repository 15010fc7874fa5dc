"""State programmes for surveillance and censorship, by what they do."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import records
from overt.queries.rows.records import Record
from overt.site.page_declaration import Page
from overt.site.site import Site

_MAX_PROGRAMMES = 1_000
"""Maximum number of programmes on the page."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/programmes`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/programmes")
    def programme_list(request: Request) -> Response:
        with site.database.lease() as reader:
            rows = records.records(reader, [row["id"] for row in reader.rows("records.of_type", ["programme", _MAX_PROGRAMMES])])
        kinds = [
            (term, of_kind)
            for term in site.words.terms["programme-kinds"].values()
            if (of_kind := [row for row in rows if term.id in _kinds(row)])
        ]
        return site.page(
            "programmes/template.html", request=request, section="/agreements", total=len(rows), kinds=kinds,
            others=[row for row in rows if not _kinds(row)], supplied=sum(row.fact("supplier") is not None for row in rows),
        )  # fmt: skip

    return router


def _kinds(row: Record) -> list[str]:
    return [fact.value for fact in row.shown("kind")]


PAGE = Page(routes, addresses=lambda site, reader: ["/programmes"])
