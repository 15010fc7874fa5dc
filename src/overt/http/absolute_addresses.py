"""Addresses with their host, for files and documents that are read elsewhere."""

from starlette.requests import Request

from overt.http.served import Served
from overt.http.standalone import stands_alone


def address_of(served: Served, request: Request) -> str:
    """Where readers reach the site, as the atlas says, or as this one did where it does not; without a slash at the end.

    Empty for what stands alone, where the atlas does not say.
    """
    return served.address_of_site or ("" if stands_alone(request) else str(request.base_url).rstrip("/"))


def full_address(served: Served, request: Request, path: str) -> str:
    """A path with the address of the site, so that it leads there from a file, too."""
    return f"{address_of(served, request)}{path}"


def base_of(request: Request, served: Served) -> str:
    """What absolute addresses begin with: as the client came here, or as overt.toml says it."""
    if served.beyond_loopback and served.address_of_site:
        return served.address_of_site
    return str(request.base_url).rstrip("/")
