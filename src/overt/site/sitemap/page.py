"""The files for search engines: `/robots.txt`, and `/sitemap.xml` if the atlas has a public address."""

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from overt.language.language import LANGUAGES, N_
from overt.queries.database import Reader
from overt.site.page_declaration import File, Page, load_pages
from overt.site.site import Site

MAX_ADDRESSES = 50_000
"""Maximum number of addresses in one sitemap file, set by the protocol."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XML = "application/xml"
_NONE = N_("There is no sitemap: the atlas does not say under which address readers reach it.")
# Filters produce endless pages with the same rows, and the API and the desk have no pages for readers.
_ROBOTS = "User-agent: *\nDisallow: /*?\nDisallow: /api/\nDisallow: /desk/\n"


def routes(site: Site) -> APIRouter:
    """Return the routes of `/robots.txt`, `/sitemap.xml` and, if that is an index, `/sitemap-….xml`."""
    router = APIRouter(include_in_schema=False)
    parts: list[list[str]] = []
    """Cache of `sitemap_parts(site)`: empty before the first use, then a list with the result as its only item."""

    def part_addresses() -> list[str]:
        if not parts:
            parts.append(sitemap_parts(site))
        return parts[0]

    def address() -> str:
        if not site.address_of_site:
            raise HTTPException(404, site.gettext(_NONE))
        return site.address_of_site

    @router.get("/robots.txt")
    def robots() -> Response:
        sitemap = f"Sitemap: {site.address_of_site}/sitemap.xml\n" if site.address_of_site else ""
        return PlainTextResponse(_ROBOTS + sitemap)

    @router.get("/sitemap.xml")
    def sitemap() -> Response:
        at = address()
        if not part_addresses():
            return StreamingResponse(_urls(at, _addresses(site)), media_type=_XML)
        files = "".join(f"<sitemap><loc>{at}{part}</loc></sitemap>\n" for part in part_addresses())
        return Response(f"<sitemapindex {_NAMESPACE}>\n{files}</sitemapindex>\n", media_type=_XML)

    @router.get("/sitemap-{number}.xml")
    def part(number: str) -> Response:
        at = address()
        if f"/sitemap-{number}.xml" not in part_addresses():
            raise HTTPException(404, site.gettext(_NONE))
        size = MAX_ADDRESSES // len(LANGUAGES)
        start = size * (int(number) - 1)
        return StreamingResponse(_urls(at, islice(_addresses(site), start, start + size)), media_type=_XML)

    return router


def sitemap_parts(site: Site) -> list[str]:
    """Return the addresses of the files of a split sitemap; empty if `/sitemap.xml` alone is enough."""
    pages = sum(1 for _ in _addresses(site))
    if pages * len(LANGUAGES) <= MAX_ADDRESSES:
        return []
    return [f"/sitemap-{number}.xml" for number in range(1, -(-pages // (MAX_ADDRESSES // len(LANGUAGES))) + 1)]


def _addresses(site: Site) -> Iterator[str]:
    """Yield the English address of every page for the sitemap."""
    with site.database.lease() as reader:
        for page in load_pages():
            yield from page.addresses(site, reader)


def _urls(at: str, pages: Iterable[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACE}>\n'
    for page in pages:
        yield "".join(f"<url><loc>{escape(at + language.url(page))}</loc></url>\n" for language in LANGUAGES)
    yield "</urlset>\n"


def _files(site: Site, reader: Reader) -> Iterator[File]:
    if site.address_of_site:
        yield from (File(address) for address in ("/robots.txt", "/sitemap.xml", *sitemap_parts(site)))


PAGE = Page(routes, files=_files)
