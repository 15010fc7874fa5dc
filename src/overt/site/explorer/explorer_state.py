"""The explorer's state in the address: matching projects, sort order, and map shading."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request

from overt.index.accepted_filter_values import PROJECT_KINDS
from overt.queries import projects
from overt.queries.address_parameters import BadQuery, ProjectFilter
from overt.site.site import Site

SYSTEMS_ONLY = ProjectFilter(system=("named-supplier",))
"""The filter for the systems that the map counts until the reader chooses a filter or a shading."""
MAX_ROWS = 200
"""Maximum number of rows on a page of the table."""
_ROWS = 25
_UPWARDS = ("name", "country", "status")
"""Columns that are sorted in ascending order by default."""


@dataclass(frozen=True)
class View:
    """The state of the explorer. All of it is in the address."""

    selection: ProjectFilter
    sort: str
    descending: bool
    size: int
    """Number of rows on a page of the table."""
    number: int
    """Number of the table's page, from 1."""
    shade: str
    """Shading of countries: empty, `none`, `projects`, `all`, `figure:…`, `index:…` or `assessed`."""
    assessed: tuple[str, ...]
    """Chosen kinds of an index's assessments. They shade and list countries, but don't filter projects."""

    @property
    def shading(self) -> str:
        """Return the shading: `shade` if it is set, `assessed` if only kinds of an index are chosen, otherwise empty."""
        return self.shade or ("assessed" if self.assessed else "")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the view as parameters, without the table's order, size and page."""
        shade = [("shade", self.shade)] if self.shade else []
        return [*self.selection.items(), *(("assessed", kind) for kind in self.assessed), *shade]

    @property
    def paging(self) -> list[tuple[str, str]]:
        """Return all parameters except the table's page."""
        order = "desc" if self.descending else "asc"
        order_pairs = [("sort", self.sort), ("order", order)] if (self.sort, order) != ("unit", "desc") else []
        return [*self.pairs, *order_pairs, *([("size", str(self.size))] if self.size != _ROWS else [])]


def read_view(site: Site, request: Request) -> View:
    """Read the view from a request. Raises BadQuery for an invalid value."""
    query = site.query(request)
    selection = query.filter()
    sort = query.choice("sort", list(projects.SORTS), "unit")
    return View(
        selection=selection,
        sort=sort,
        descending=query.choice("order", ["asc", "desc"], "asc" if sort in _UPWARDS else "desc") == "desc",
        size=query.number("size", 1, MAX_ROWS, _ROWS),
        number=query.number("page", 1, 100_000, 1),
        shade=_shade(site, query.last("shade")),
        assessed=query.many("assessed", PROJECT_KINDS),
    )


def _shade(site: Site, text: str) -> str:
    kind, _, name = text.partition(":")
    known: dict[str, Any] = {"figure": site.shading_figures, "index": site.shading_series}
    if text in ("", "none", "projects", "all", "assessed") or name in known.get(kind, ()):
        return text
    raise BadQuery(site.gettext("shade: the countries of this edition can’t be shaded by “%(text)s”.", text=text[:60]))
