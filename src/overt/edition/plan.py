"""What a static edition holds: every part of it with the address that the server has for it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import orjson

from overt.edition.file_names import INDEX, file_of, parted
from overt.http.addresses import record_url
from overt.http.standalone import given_at_once
from overt.queries import blocklists as observed
from overt.queries import countries as country_rows
from overt.queries import figures as figure_rows
from overt.queries import measurements as measured
from overt.queries import organizations, series
from overt.queries.database import Reader, Row
from overt.site import measurements as single
from overt.site.country import events as country_when
from overt.site.country_lists import page as country_lists
from overt.site.series_texts import has_page, series_page, shared_page
from overt.site.site import Site
from overt.site.sitemap.page import sitemap_parts

_LISTS = ("/", "/figures", "/series", "/agreements", "/sources", "/overlaps", "/releases", "/method", "/search")
_SORTS = ("name", "projects", "located", "assessments", "agreements", "restrictions", "indicators")
_ENDINGS = ("bib", "csl.json", "jsonld")
_PAGE, _COMPANIES, _FIGURE_ROWS = 50, 50, 50
"""Rows of one page of each list."""
_ABOUT = re.compile(r"/(?:api/v1/)?[a-z]+/([^/.?@ ]+)")
Way = Literal["page", "data", "whole", "charts", "moved", "table", "search", "lookup"]


class Part(NamedTuple):
    """A file of the edition, or the files of the charts of a page."""

    way: Way
    """How it is made: a page, what a page's own function answers, what the application answers, charts, a page that leads on,
    a table of the release, the files of the search, those in which any domain is looked up.
    """
    code: str
    """The language's."""
    address: str
    """On the server, without what the addresses of the language begin with."""


def parts(sites: Mapping[str, Site]) -> Iterator[Part]:
    """Everything, in an order of its own."""
    for code, site in sites.items():
        with site.database.lease() as reader:
            for address in _pages(site, reader):
                yield Part("page", code, address)
            for address in _charts(site, reader):
                yield Part("charts", code, address)
            release = f"/release/{site.prepared.release}"
            if "+" in release:
                yield Part("moved", code, f"{release} {release}")
            for row in reader.rows("edition.moved"):
                yield Part("moved", code, f"{record_url(row['type'], row['old_id'])} {record_url(row['type'], row['id'])}")
            for row in reader.rows("edition.records"):
                if page := shared_page(site, row):
                    yield Part("moved", code, f"{record_url(row['type'], row['id'])} {page}#{row['id']}")
            for address in _drawings(site, reader):
                yield Part("whole", code, address)
    site = next(iter(sites.values()))
    with site.database.lease() as reader:
        for way, address in _data(site, reader):
            yield Part(way, "en", address)


def about(part: Part) -> str:
    """What a part is about: a record, a country, a figure. Parts about the same one are made one after the other, since they need
    the same rows and outlines.
    """
    found = _ABOUT.match(part.address)
    return found[1] if found else ""


def file_of_part(site: Site, part: Part) -> str:
    """The file of a part, from the edition's own folder on; of several, a folder."""
    address = part.address.partition(" ")[0]
    path, pairs, _ = parted(address)
    if part.way in ("search", "lookup"):
        return f"{part.address.strip('/')}/files/"
    if part.way == "charts":
        return f"{site.url(path)[1:]}/"
    if part.way == "moved" and "+" in path:  # the address that citations name, for hosts that do not take a plus for a space
        return f"{site.url(path)[1:]}/{INDEX}"
    file = file_of(path if part.way in ("data", "table") else site.url(path), pairs)
    assert file is not None, "what is planned needs no server"
    return file


def _pages(site: Site, reader: Reader) -> Iterator[str]:
    yield from _LISTS
    yield "/countries"
    for sort in _SORTS:
        yield from (f"/countries?sort={sort}&order={order}" for order in ("asc", "desc"))
    yield from _numbered("/companies", organizations.page(reader, size=1)[0], _COMPANIES)
    yield f"/release/{site.prepared.release}"
    counted = {row["code"]: row["projects"] for row in country_rows.every(reader)}
    for code in _areas(site, reader):
        page = f"/country/{code}"
        yield page
        if code not in counted:
            continue
        yield f"{page}/print"
        yield from _happened(site, reader, code)
        yield from _numbered(
            f"{page}/restrictions", len(country_rows.restriction_dates(reader, code)), country_lists.RESTRICTIONS
        )
        yield from _numbered(f"{page}/rows", counted.get(code, 0), _PAGE)
        lacking = country_rows.unknown(reader, code)
        for name, column in country_rows.LACKING.items():
            if held := lacking.get(column) or 0:
                yield from _numbered(f"{page}/rows?lacking={name}", held, _PAGE)
    for code in _lists_of(reader):
        yield f"/country/{code}/blocked"
    for figure in figure_rows.every(reader):
        page = f"/figure/{figure['name']}"
        yield from _numbered(page, figure_rows.row_count(reader, figure["name"]), _FIGURE_ROWS)
        yield f"{page}/embed"
        yield f"{page}@{site.prepared.release}"
    if observed.series(reader):
        yield "/domain"
    yield from (f"/platform/{platform}" for platform in _measured(reader))
    rows = list(single.listed(site, reader))
    yield from (f"/domain/{domain}" for domain in _domains(reader, rows))
    yield from (f"/measured/{country}/{name}" for country, name in rows)
    for source in site.sources:
        yield f"/source/{source}"
    for row in _with_page(site, reader):
        yield record_url(row["type"], row["id"])
    for name, codes in _series(site, reader).items():
        yield series_page(name)
        yield from (series_page(name, code) for code in codes)
    for row in reader.rows("edition.withdrawn"):
        yield f"/record/{row['id']}"


def _with_page(site: Site, reader: Reader) -> Iterator[Row]:
    """Records that have a page of their own."""
    return (row for row in reader.rows("edition.records") if shared_page(site, row) is None)


def _series(site: Site, reader: Reader) -> dict[str, list[str]]:
    """The series that have pages, each with its countries."""
    found: dict[str, list[str]] = {}
    for row in series.pairs(reader):
        if has_page(site, row["series"], row["country"]):
            found.setdefault(row["series"], []).append(row["country"])
    return found


def _happened(site: Site, reader: Reader, code: str) -> Iterator[str]:
    """The list of what happened in a country, and, where there are several kinds, each alone."""
    page, when = f"/country/{code}/timeline", country_when.of_country(site, reader, code)
    yield from _numbered(page, len(when.dated), country_when.SIZE)
    if len(when.counts) > 1:
        for kind, held in when.counts.items():
            yield from _numbered(f"{page}?of={kind}", held, country_when.SIZE)


def _lists_of(reader: Reader) -> list[str]:
    """Countries that there are lists of what is blocked of."""
    return sorted({row["country"] for row in observed.series(reader)})


def _measured(reader: Reader) -> dict[str, list[str]]:
    """The domains of platforms, where anything was measured; any other domain is looked up by a script."""
    return observed.domains(reader) if observed.series(reader) or measured.countries(reader) else {}


def _domains(reader: Reader, rows: Iterable[tuple[str, str]]) -> list[str]:
    """These domains, and others that were measured of which there are pages of `rows`."""
    held = [domain for domains in _measured(reader).values() for domain in domains]
    others = {name for _, name in rows if single.is_domain(name)}
    return [*held, *sorted(others - set(held))]


def _single(site: Site, reader: Reader, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Files of single measurements, and of what they give together."""
    names = {name for _, name in rows}
    yield from (f"/measured/{country}/{name}.csv" for country, name in rows)
    yield from (f"/domain/{name}/measured.csv" for name in sorted(names) if single.is_domain(name))
    for platform in _measured(reader):
        if not names.isdisjoint(measured.names_of(reader, platform)):
            yield f"/platform/{platform}/measured.csv"
    for country in measured.countries(reader):
        if country in site.words.areas:
            yield f"/country/{country}/measured.csv"


def _areas(site: Site, reader: Reader) -> list[str]:
    """Countries and areas that any page names: those of which something is said, and those that they are a part of."""
    types = site.schema.types.values()
    names = sorted({held.name for kind in types for held in kind.properties.values() if held.type == "area"})
    found = {row["code"] for row in country_rows.every(reader)}
    found |= set(measured.countries(reader))
    found |= {row["value"] for row in reader.rows("edition.areas", [orjson.dumps(names).decode()])}
    found |= {area["part_of"] for code in found if (area := site.words.areas.get(code)) and area["part_of"]}
    return sorted(found & site.words.areas.keys())


def _numbered(page: str, held: int, size: int) -> Iterator[str]:
    """A list page by page; the first one bears no number."""
    yield page
    for number in range(2, -(-held // size) + 1):
        yield f"{page}{'&' if '?' in page else '?'}page={number}"


def _charts(site: Site, reader: Reader) -> Iterator[str]:
    for row in country_rows.every(reader):
        yield f"/country/{row['code']}/charts"
    for figure in figure_rows.every(reader):
        yield f"/figure/{figure['name']}/charts"
    for row in reader.rows("edition.organizations"):
        yield f"/organization/{row['id']}/charts"
    yield "/overlaps/charts"


def _drawings(site: Site, reader: Reader) -> Iterator[str]:
    if site.shapes:
        yield "/map.svg"
    for figure in figure_rows.every(reader):
        yield f"/figure/{figure['name']}/embed.svg"


def _data(site: Site, reader: Reader) -> Iterator[tuple[Way, str]]:
    """What has one address for all languages."""
    for row in _with_page(site, reader):
        page = record_url(row["type"], row["id"])
        yield "data", f"/api/v1/records/{row['id']}"
        for ending in (*_ENDINGS, "prov.jsonld"):
            yield "data", f"{page}.{ending}"
    release = f"/release/{site.prepared.release}"
    for ending in _ENDINGS:
        yield "data", f"{release}.{ending}"
    for figure in figure_rows.every(reader):
        page = f"/figure/{figure['name']}"
        yield "data", f"/api/v1/figures/{figure['name']}"
        for ending in _ENDINGS:
            yield "data", f"{page}.{ending}"
        for ending in ("csv", "json", "parquet"):
            yield "whole", f"{page}.{ending}"
    for row in country_rows.every(reader):
        yield "whole", f"/api/v1/countries/{row['code']}/dependence"
        yield "whole", f"/country/{row['code']}/timeline.csv"
        if row["restrictions"]:
            yield "whole", f"/country/{row['code']}/restrictions.csv"
    for code in _lists_of(reader):
        yield "whole", f"/country/{code}/blocked.csv"
    for name in _series(site, reader):
        yield "whole", f"{series_page(name)}.csv"
    for platform in _measured(reader):
        yield "whole", f"/api/v1/platforms/{platform}"
    rows = list(single.listed(site, reader))
    for domain in _domains(reader, rows):
        yield "whole", f"/api/v1/domains/{domain}"
        yield "whole", f"/domain/{domain}.csv"
    for address in _single(site, reader, rows):
        yield "whole", address
    for ending in ("csv", "geojson", "parquet"):
        yield "whole", f"/projects.{ending}"
    for row in country_rows.every(reader):
        if row["projects"]:
            yield "whole", f"/projects.csv?country={row['code']}"
    for row in reader.rows("edition.organizations"):
        if row["projects"]:
            yield "whole", f"/projects.csv?company={row['id']}"
    yield "whole", "/api/openapi.json"
    yield "data", "/api/v1/figures"
    yield "whole", "/api/v1/overlaps"
    yield "whole", "/api/v1/map/places"
    yield "whole", "/api/v1/map/routes"
    yield "search", "/search"
    if observed.series(reader):
        yield "whole", "/blocked.csv.gz"
        yield "lookup", "/domain"
    for lang in ("en", "zh"):
        yield "whole", f"/api/v1/map/countries?lang={lang}"
        if given_at_once(site, alone=True):
            yield "whole", f"/api/v1/explore/columns?lang={lang}"
    yield "whole", f"{release}/manifest.json"
    if site.prepared.manifest and site.prepared.manifest.with_name("manifest.json.sig").is_file():
        yield "whole", f"{release}/manifest.json.sig"
    for name, _ in site.tables:
        yield "table", f"{release}/tables/{name}.parquet"
    if site.address_of_site:
        found = ("/releases.atom", "/robots.txt", "/sitemap.xml", *sitemap_parts(site))
        yield from (("whole", address) for address in found)
