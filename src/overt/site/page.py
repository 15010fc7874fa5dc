"""A kind of page, as its folder declares it. Routes, sitemap, static edition and warm-up loop over these declarations."""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal, NamedTuple

from fastapi import APIRouter
from fastapi.routing import APIRoute

from overt.charts import Chart, Sparkline
from overt.queries.database import Reader
from overt.site.site import Site

Addresses = Callable[[Site, Reader], Iterable[str]]
"""Returns English addresses, without the prefix of a language."""


class File(NamedTuple):
    """A file beside pages, as a static edition holds it."""

    address: str
    way: Literal["function", "application", "table", "search", "lookup"] = "application"
    """How the edition gets it: from the route's own function, from the application (answers that are streamed), as a copy of a
    released table, or as the many small files of the search and of the look-up of domains.
    """
    every_language: bool = False


class PageCharts(NamedTuple):
    """The charts of a kind of page, which are files below `…/charts/`."""

    prefix: str
    """Beginning of the pages' addresses."""
    pages: Addresses
    """Pages with charts."""
    draw: Callable[[Site, Reader, str], Sequence[Chart]]
    """Returns the charts of the page at an address, in the order of the page."""


def nothing(site: Site, reader: Reader) -> Iterator[str]:
    """Give no address."""
    yield from ()


def no_files(site: Site, reader: Reader) -> Iterator[File]:
    """Give no file."""
    yield from ()


@dataclass(frozen=True)
class Page:
    """A kind of page. What a folder of `overt.site` exports as `PAGE` is found without being named anywhere else."""

    routes: Callable[[Site], APIRouter]
    """Routes of the pages and their files."""
    addresses: Addresses = nothing
    """Every page of the kind, for the sitemap and a static edition."""
    variants: Addresses = nothing
    """The same pages in other forms (sorted, later pages, print): in a static edition, but not in the sitemap."""
    files: Callable[[Site, Reader], Iterable[File]] = no_files
    """Files of a static edition."""
    charts: PageCharts | None = None
    ahead: Addresses = nothing
    """Popular pages that are slow to render: rendered ahead of requests."""
    drawn_ahead: Callable[[Site], Iterable[Chart | Sparkline]] | None = None
    """Charts drawn ahead of requests."""


@cache
def load_pages() -> tuple[Page, ...]:
    """Return the `PAGE` of every folder of `overt.site` that has a module `page`, in the order of the folders' names."""
    import overt.site as package

    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg)
    modules = (import_module(f"overt.site.{name}.page") for name in names if _has_page(package.__path__, name))
    return tuple(module.PAGE for module in modules)


def _has_page(paths: Iterable[str], name: str) -> bool:
    return any(module.name == "page" for module in pkgutil.iter_modules([f"{path}/{name}" for path in paths]))


def site_routes(site: Site) -> list[APIRoute]:
    """Return the routes of all pages of a site. Files come first: `/figure/{name}` would answer for `/figure/{name}.csv`, too."""
    routes = [route for page in load_pages() for route in page.routes(site).routes if isinstance(route, APIRoute)]
    return sorted(routes, key=lambda route: -route.path.rpartition("/")[2].count("."))


def numbered(address: str, rows: int, size: int) -> Iterator[str]:
    """Give the address of each part of a list of so many rows; the first part bears no number."""
    yield address
    for number in range(2, -(-rows // size) + 1):
        yield f"{address}{'&' if '?' in address else '?'}page={number}"
