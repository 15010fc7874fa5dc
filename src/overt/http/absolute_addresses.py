"""Absolute addresses, for files and documents that are read elsewhere."""

from starlette.requests import Request

from overt.http.served_release import Served
from overt.http.static_edition_flag import stands_alone


def address_of(served: Served, request: Request) -> str:
    """Return the site's address without a trailing slash, from overt.toml or, if that has none, from the request.

    For a file of a static edition, the address is empty if overt.toml has none.
    """
    return served.address_of_site or ("" if stands_alone(request) else str(request.base_url).rstrip("/"))


def full_address(served: Served, request: Request, path: str) -> str:
    """Return the address of a page or file: the path, preceded by the site's address from `address_of`."""
    return f"{address_of(served, request)}{path}"


def base_of(request: Request, served: Served) -> str:
    """Return the base of absolute addresses: a public site's address in overt.toml, otherwise the one that the client used."""
    if served.public and served.address_of_site:
        return served.address_of_site
    return str(request.base_url).rstrip("/")
