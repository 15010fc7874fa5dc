"""Refuse `as_of` on pages and feeds that would ignore it."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from overt.queries.address_parameters import BadQuery
from overt.site.as_of.as_of_links import refuse_as_of
from overt.site.site import Site


def refusing_as_of(site: Site) -> Callable[[Request], Awaitable[None]]:
    """Return a route dependency that raises BadQuery if a request asks for a date that the page can't show."""

    async def check_as_of(request: Request) -> None:
        if message := refuse_as_of(request, site.language.base):
            raise BadQuery(site.gettext(message))

    return check_as_of
