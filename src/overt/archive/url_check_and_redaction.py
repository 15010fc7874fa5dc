"""Checks addresses before they are fetched, and removes the parts of addresses that may be secret."""

import httpx

from overt.archive.errors import ArchiveError


def check_url(address: str | httpx.URL, redirected_from: httpx.URL | None = None) -> httpx.URL:
    """Return an address without its fragment.

    Raises ArchiveError if it is not an http or https address, if it has a user name or password, and if an https address
    (`redirected_from`) redirects to http.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise ArchiveError(f"{str(address).rpartition('@')[2]!r} is not a web address ({error})") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ArchiveError(f"{redact_url(url)}: only http and https addresses are fetched")
    if url.userinfo:
        raise ArchiveError(f"{redact_url(url)}: an address with a user name or password would be published; leave them out")
    if redirected_from is not None and redirected_from.scheme == "https" and url.scheme == "http":
        raise ArchiveError(f"{redact_url(url)}: refused: a secure address redirects to this one, which is not secure")
    return url.copy_with(fragment=None)


def strip_query(address: str) -> str:
    """Return an address without query and fragment. They may contain access keys, which must not get into the index."""
    return str(httpx.URL(address).copy_with(query=None, fragment=None))


def redact_url(url: httpx.URL) -> str:
    """Return an address without parts that may be secret, for use in messages."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))
