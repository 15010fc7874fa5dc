"""The page of a source: coverage, counts of rows, files and rules."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.queries import sources
from overt.site.page_declaration import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/source/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/source/{slug}")
    def source(request: Request, slug: str) -> Response:
        file = site.query(request).text("file")
        with site.database.lease() as reader:
            row = sources.find(reader, slug)
            if row is None:
                raise HTTPException(404, site.gettext("This edition has no source of this name."))
            files = sources.files(reader, slug, file)
        return site.page("source/template.html", request=request, section="/sources", source=row, files=files, file=file)

    return router


PAGE = Page(routes, addresses=lambda site, reader: [f"/source/{slug}" for slug in site.sources])
