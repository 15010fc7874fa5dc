"""The English addresses of pages. `Language.url` returns the addresses in another language."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

PAGES_OF_THEIR_OWN = ("project", "organization", "agreement")
"""Record types whose pages have addresses of their own; all others are below `/record/`."""


def record_url(kind: str | None, identity: str) -> str:
    """Return the address of a record's page. `kind`: the record's type; None if it is unknown."""
    return f"/{kind if kind in PAGES_OF_THEIR_OWN else 'record'}/{quote(identity, safe='')}"


def answer_address(organization: str, area: str) -> str:
    """Return the address of the page about an organisation in a country."""
    return f"/organization/{quote(organization, safe='')}/in/{quote(area, safe='')}"


def address(path: str, pairs: Sequence[tuple[str, Any]] = (), **more: Any) -> str:
    """Return a path with its parameters. A None in `more` removes a parameter; any other value replaces or adds it."""
    parameters = [(name, value) for name, value in pairs if name not in more]
    parameters += [(name, value) for name, value in more.items() if value is not None]
    return f"{path}?{urlencode(parameters)}" if parameters else path
