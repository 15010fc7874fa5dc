"""The list of all releases of the atlas."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.http.static_edition_flag import stands_alone
from overt.site import history_texts
from overt.site.page_declaration import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/releases`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/releases")
    def release_list(request: Request) -> Response:
        with site.database.lease() as reader:
            anew = history_texts.inputs_by_release(site, reader)
        earlier = frozenset[str]() if stands_alone(request) else site.earlier_releases
        response = site.page("releases/template.html", request=request, releases=site.list_releases(), anew=anew, earlier=earlier)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/releases"])
