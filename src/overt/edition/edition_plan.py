"""The plan of a static edition: every part with its address on the server."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from overt.edition.file_names import INDEX, file_of, split_address
from overt.feeds.subject_routes import static_feeds
from overt.http.explorer_project_limit import loads_all_projects
from overt.http.page_addresses import record_url
from overt.queries import countries as country_rows
from overt.queries import figures as figure_rows
from overt.queries import findings, records
from overt.queries.database import Reader
from overt.site import measurement_sections
from overt.site.page_declaration import File, load_pages
from overt.site.platforms_and_domains_with_pages import domains_with_pages, measured_platforms
from overt.site.series_addresses import shared_page
from overt.site.site import Site

_ABOUT = re.compile(r"/(?:api/v1/)?[a-z]+/([^/.?@ ]+)")
Way = Literal["page", "function", "application", "charts", "moved", "table", "search", "lookup"]


class Part(NamedTuple):
    """A file of the edition, or several files that are made together, such as the charts of a page."""

    way: Way
    """How the part is made: as a page, as a redirect page (`moved`), as a page's charts, or like a `page_declaration.File`."""
    code: str
    """Code of the language."""
    address: str
    """Address on the server, without the language prefix. For a moved page, the old and the new address, separated by a space."""


def parts(sites: Mapping[str, Site]) -> Iterator[Part]:
    """Yield every part of the edition, one language after the other. The pages of each language come first."""
    for code, site in sites.items():
        with site.database.lease() as reader:
            yield from (Part("page", code, address) for address in dict.fromkeys(_pages(site, reader)))
            yield from (Part("charts", code, address) for address in _charts(site, reader))
            yield from (Part("moved", code, addresses) for addresses in _moved(site, reader))
            for file in _files(site, reader):
                if file.every_language or site.language.code == "en":
                    yield Part(file.way, code, file.address)


def _moved(site: Site, reader: Reader) -> Iterator[str]:
    """Yield each address that redirects and its target, separated by a space."""
    for page in load_pages():
        yield from (f"{old} {new}" for old, new in page.redirects(site, reader))
    release = f"/release/{site.prepared.release}"
    if "+" in release:
        yield f"{release} {release}"
    for row in reader.rows("static_edition.moved"):
        yield f"{record_url(row['type'], row['old_id'])} {record_url(row['type'], row['id'])}"
    for record in records.all_records(reader):
        if address := shared_page(site, record.series, record.country):
            yield f"{record_url(record.type, record.id)} {address}#{record.id}"


def subject(part: Part) -> str:
    """Return the record, country, figure or the like that a part is about; an empty string if it is about none.

    Parts about the same subject are written one after the other, because they need the same rows and country outlines.
    """
    match = _ABOUT.match(part.address)
    return match[1] if match else ""


def file_of_part(site: Site, part: Part) -> str:
    """Return the path of a part's file, relative to the edition's folder.

    For a part with several files, return a path that ends in `/` and that no other part has; for charts, it is their folder.
    """
    address = part.address.partition(" ")[0]
    path, pairs, _ = split_address(address)
    if part.way in ("search", "lookup"):
        return f"{part.address.strip('/')}/files/"
    if part.way == "charts":
        return f"{site.url(path)[1:]}/"
    if part.way == "moved" and "+" in path:  # Citations use this address, and some hosts look for a file with this plus.
        return f"{site.url(path)[1:]}/{INDEX}"
    file = file_of(path if part.way == "table" else site.url(path), pairs)
    assert file is not None, "what is planned needs no server"
    return file


def _pages(site: Site, reader: Reader) -> Iterator[str]:
    for page in load_pages():
        yield from page.addresses(site, reader)
        yield from page.variants(site, reader)


def _charts(site: Site, reader: Reader) -> Iterator[str]:
    for page in load_pages():
        if page.charts:
            yield from (f"{address}/charts" for address in page.charts.pages(site, reader))


def _files(site: Site, reader: Reader) -> Iterator[File]:
    """Yield the files of the pages, then feeds, then the files of the API."""
    for page in load_pages():
        yield from page.files(site, reader)
    yield from _feeds(site, reader)
    yield from _api_files(site, reader)


def _feeds(site: Site, reader: Reader) -> Iterator[File]:
    if site.address_of_site:
        yield File("/releases.atom")
    for address in static_feeds(site, reader):
        yield File(address, "function", every_language=True)


def _api_files(site: Site, reader: Reader) -> Iterator[File]:
    """Yield the API's files: answers to requests without parameters and, in each language, data for maps and the explorer."""
    for record in records.all_records(reader):
        if shared_page(site, record.series, record.country) is None:
            yield File(f"/api/v1/records/{record.id}", "function")
    yield from (File(f"/api/v1/figures/{row.name}", "function") for row in figure_rows.all_figures(reader))
    yield from (File(f"/api/v1/countries/{row.code}/dependence") for row in country_rows.all_countries(reader))
    yield from (File(f"/api/v1/platforms/{platform}") for platform in measured_platforms(reader))
    domains = domains_with_pages(reader, measurement_sections.pages_of_rows(site, reader))
    yield from (File(f"/api/v1/domains/{domain}") for domain in domains)
    yield File("/api/openapi.json")
    yield File("/api/v1/figures", "function")
    yield File("/api/v1/findings")
    yield from (File(f"/api/v1/findings/{row.name}") for row in findings.all_findings(reader))
    yield from (File(f"/api/v1/{name}") for name in ("corrections", "overlaps", "map/places", "map/routes"))
    for lang in ("en", "zh"):
        yield File(f"/api/v1/map/countries?lang={lang}")
        if loads_all_projects(site, standalone=True):
            yield File(f"/api/v1/explore/columns?lang={lang}")
