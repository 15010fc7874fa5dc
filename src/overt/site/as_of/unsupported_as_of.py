"""Refuse `as_of` on pages and feeds that would ignore it."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from overt.language.language import N_
from overt.queries.address_parameters import AS_OF, BadQuery
from overt.site.site import Site

_PAGES = frozenset(
    {
        "/explorer", "/map.svg", "/map.png", "/projects.csv", "/projects.geojson", "/projects.parquet", "/countries",
        "/country/{code}", "/figure/{name}", "/organization/{identity}", "/project/{identity}", "/agreement/{identity}",
        "/record/{identity}", "/region/{identity}",
    }
)  # fmt: skip
"""Routes of the pages and files that can show the state as of a past date."""
REFUSED = N_(
    "as_of: this page cannot show a past date. The explorer, the list of countries, and the pages of countries, regions, "
    "organisations, records, and figures that count things with a start and an end can."
)
"""The message for all other pages."""


def refusing_as_of(site: Site) -> Callable[[Request], Awaitable[None]]:
    """Return a route dependency that raises BadQuery if a request has `as_of` and the page can't show a past date."""

    async def check_as_of(request: Request) -> None:
        if message := _refusal(request, site.language.base):
            raise BadQuery(site.gettext(message))

    return check_as_of


def _refusal(request: Request, language_base: str) -> str | None:
    """Return REFUSED if a request has `as_of` and its page can't show a past date; otherwise None."""
    if AS_OF not in request.query_params:
        return None
    path = getattr(request.scope.get("route"), "path", "").removeprefix(language_base)
    return None if path in _PAGES else REFUSED
