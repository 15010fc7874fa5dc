"""What each folder declares about its kind of page, for the routes, the sitemap, static editions and the warm-up."""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal, NamedTuple

from fastapi import APIRouter
from fastapi.routing import APIRoute

from overt.charts.chart import Chart, Drawing
from overt.queries.database import Reader
from overt.site.site import Site

Addresses = Callable[[Site, Reader], Iterable[str]]
"""A function that yields English addresses, which have no language prefix."""


class File(NamedTuple):
    """A file that readers can download, and how a static edition makes it."""

    address: str
    way: Literal["function", "application", "table", "search", "lookup"] = "application"
    """How the edition makes the file.

    `function`: by calling the route's function. `application`: through the application, for streamed responses. `table`: as a
    copy of a released table. `search`, `lookup`: as the many small files for the search and the domain lookup.
    """
    every_language: bool = False
    """Whether the file exists in each language, rather than only in English."""


class PageCharts(NamedTuple):
    """The charts of a kind of page. Their files are below `…/charts/`."""

    prefix: str
    """Start of the pages' addresses, such as `/country/`."""
    pages: Addresses
    """The pages with charts."""
    draw: Callable[[Site, Reader, str], Sequence[Chart]]
    """Function that returns the charts of the page at an address, in the page's order."""


def nothing(site: Site, reader: Reader) -> Iterator[str]:
    """Yield no addresses."""
    yield from ()


def no_files(site: Site, reader: Reader) -> Iterator[File]:
    """Yield no files."""
    yield from ()


def no_redirects(site: Site, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield no redirects."""
    yield from ()


@dataclass(frozen=True)
class Page:
    """A kind of page. The `PAGE` in each folder of `overt.site` is discovered automatically."""

    routes: Callable[[Site], APIRouter]
    """Routes of the pages and their files."""
    addresses: Addresses = nothing
    """The main pages of this kind, for the sitemap and static editions."""
    variants: Addresses = nothing
    """Other versions of the pages (other orders, later pages, print), and pages that few readers look for.

    They are in static editions, but not in the sitemap.
    """
    files: Callable[[Site, Reader], Iterable[File]] = no_files
    """Files of a static edition."""
    charts: PageCharts | None = None
    ahead: Addresses = nothing
    """Pages that are often requested and slow to render. They are rendered in advance."""
    drawn_ahead: Callable[[Site], Iterable[Chart | Drawing]] | None = None
    """Charts to draw in advance."""
    redirects: Callable[[Site, Reader], Iterable[tuple[str, str]]] = no_redirects
    """Former and other addresses that redirect in this release, each with its target."""


@cache
def load_pages() -> tuple[Page, ...]:
    """Return the `PAGE` of every folder of `overt.site` that has a module `page`, sorted by folder."""
    import overt.site as package

    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg)
    modules = (import_module(f"overt.site.{name}.page") for name in names if _has_page(package.__path__, name))
    return tuple(module.PAGE for module in modules)


def _has_page(paths: Iterable[str], name: str) -> bool:
    return any(module.name == "page" for module in pkgutil.iter_modules([f"{path}/{name}" for path in paths]))


def site_routes(site: Site) -> list[APIRoute]:
    """Return the routes of all pages of a site.

    Files come first, because `/figure/{name}` would also match `/figure/{name}.csv`.
    """
    routes = [route for page in load_pages() for route in page.routes(site).routes if isinstance(route, APIRoute)]
    return sorted(routes, key=lambda route: -route.path.rpartition("/")[2].count("."))


def numbered(address: str, rows: int, size: int) -> Iterator[str]:
    """Yield the address of each page of a list with `rows` rows. The first page's address has no number."""
    yield address
    for number in range(2, -(-rows // size) + 1):
        yield f"{address}{'&' if '?' in address else '?'}page={number}"
