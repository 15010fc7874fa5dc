"""Pictures of pages, `/share/….png`, which other sites show beside a link."""

from functools import cache
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from overt.charts.drawing_client import picture_process
from overt.language.language import N_
from overt.site.chart_files import english_picture, picture_file
from overt.site.link_previews.extracted_drawing import find_drawing
from overt.site.link_previews.page_function_calls_without_server import PageRoute, standalone_scope
from overt.site.link_previews.page_summary import summarize
from overt.site.link_previews.share_picture import draw_share_picture
from overt.site.page_declaration import Page, site_routes
from overt.site.site import Site

_NO_PAGE = N_("No page has this picture.")
_FAILED = N_("The picture of this page could not be made.")
_HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Headers that let other sites show the picture."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/share/….png`, the picture of a page as it is without parameters."""
    router = APIRouter(include_in_schema=False)

    @cache
    def pages() -> list[PageRoute]:
        return [PageRoute(route) for route in site_routes(site) if not route.path.startswith("/share/")]

    @router.get("/share/{name:path}.png")
    def picture(name: str) -> Response:
        html = page_html(site, pages(), "/" if name == "home" else f"/{name}")
        if english := english_picture(site, f"/share/{quote(name)}.png"):
            return english
        svg = share_svg(site, html)
        return picture_file(site, lambda: site.charts.picture(svg, picture_process().rasterize), _HEADERS, failed=_FAILED)

    return router


def page_html(site: Site, pages: list[PageRoute], path: str) -> str:
    """Return the HTML of the page at an English address. Raises HTTPException (404) if there is no HTML page there."""
    for route in pages:
        if match := route.pattern.match(path):
            response = route.answer(Request(standalone_scope(site.language.base + path, "")), match.groupdict())
            if response.status_code == 200 and response.headers.get("content-type", "").startswith("text/html"):
                return bytes(response.body).decode()
            break
    raise HTTPException(404, site.gettext(_NO_PAGE))


def share_svg(site: Site, html: str) -> str:
    """Return the picture of a page as SVG."""
    manifest = site.words.meta["manifest"]
    foot = site.gettext(
        "%(title)s, edition of %(date)s", title=site.address_of_site.partition("://")[2] or manifest["title"] or "Overt",
        date=site.formats.date(manifest["date"]),
    )  # fmt: skip
    return draw_share_picture(summarize(html), find_drawing(html), language=site.language.tag, foot=foot)


PAGE = Page(routes)
