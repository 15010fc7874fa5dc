"""What search engines read: `/robots.txt`, and `/sitemap.xml` where the atlas says where readers reach it."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from overt.http.addresses import record_url
from overt.language.language import LANGUAGES, N_
from overt.queries import countries, figures, series, sources
from overt.site.series_texts import series_page
from overt.site.site import Site

MOST = 50_000
"""Addresses of one file, by the protocol of sitemaps."""
_LISTS = ("/", "/figures", "/countries", "/companies", "/series", "/agreements", "/sources", "/method", "/releases")
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XML = "application/xml"
_NONE = N_("There is no sitemap: the atlas does not say under which address readers reach it.")
# Filters make endless pages of the same rows; what draws the map is nothing to read.
_ROBOTS = "User-agent: *\nDisallow: /*?\nDisallow: /api/\nDisallow: /desk/\n"


def routes(site: Site) -> APIRouter:
    """`/robots.txt`, `/sitemap.xml` and, where that is an index, `/sitemap-….xml`."""
    router = APIRouter(include_in_schema=False)
    records = MOST // len(LANGUAGES)

    def address() -> str:
        if not site.address_of_site:
            raise HTTPException(404, site.gettext(_NONE))
        return site.address_of_site

    @router.get("/robots.txt")
    def robots() -> Response:
        found = f"Sitemap: {site.address_of_site}/sitemap.xml\n" if site.address_of_site else ""
        return PlainTextResponse(_ROBOTS + found)

    @router.get("/sitemap.xml")
    def whole() -> Response:
        at = address()
        parts = sitemap_parts(site)
        if not parts:
            return StreamingResponse(_urls(at, [*_pages(site), *_records(site, MOST, 0)]), media_type=_XML)
        files = "".join(f"<sitemap><loc>{at}{part}</loc></sitemap>\n" for part in parts)
        return Response(f"<sitemapindex {_NAMESPACE}>\n{files}</sitemapindex>\n", media_type=_XML)

    @router.get("/sitemap-{number}.xml")
    def part(number: str) -> Response:
        at = address()
        found: list[str] = []
        if number.isascii() and number.isdecimal() and len(number) < 8:  # SQLite counts no further than 2⁶³
            n = int(number)
            found = list(_records(site, records, records * (n - 1))) if n else list(_pages(site))
        if not found:
            raise HTTPException(404, site.gettext(_NONE))
        return StreamingResponse(_urls(at, found), media_type=_XML)

    return router


def sitemap_parts(site: Site) -> list[str]:
    """Addresses of the files that the sitemap is in; none where it is in one, at `/sitemap.xml`."""
    with site.database.lease() as reader:
        row = reader.one("sitemap.record_count")
    held = row["held"] if row else 0
    if (len(list(_pages(site))) + held) * len(LANGUAGES) <= MOST:
        return []
    return [f"/sitemap-{n}.xml" for n in range(-(-held // (MOST // len(LANGUAGES))) + 1)]


def _pages(site: Site) -> Iterator[str]:
    """Addresses, in English, of lists and of what they name but records."""
    yield from (*_LISTS, f"/release/{site.prepared.release}")
    with site.database.lease() as reader:
        yield from (f"/figure/{row['name']}" for row in figures.every(reader))
        yield from (f"/country/{row['code']}" for row in countries.every(reader))
        yield from (f"/source/{row['source']}" for row in sources.every(reader))
        yield from (series_page(row["series"]) for row in series.every(reader) if row["series"] in site.words.terms["series"])


def _records(site: Site, most: int, after: int) -> Iterator[str]:
    with site.database.lease() as reader:
        yield from (record_url(row["type"], row["id"]) for row in reader.rows("sitemap.records", [most, after]))


def _urls(at: str, pages: Iterable[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACE}>\n'
    for page in pages:
        yield "".join(f"<url><loc>{escape(at + one.url(page))}</loc></url>\n" for one in LANGUAGES)
    yield "</urlset>\n"
