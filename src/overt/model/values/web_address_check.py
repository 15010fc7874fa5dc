"""Addresses that content files declare and pages link to."""

import re

_WEB = re.compile(r"https?://[^\s/?#\x00-\x1f]\S*", re.IGNORECASE)
_OWN = "src/overt/content/"


def check_web_address(address: str | None) -> str | None:
    """Return an http or https address unchanged; None for None. Raises ValueError for other addresses, because a link could run a
    script.
    """
    if address is not None and not _WEB.fullmatch(address):
        raise ValueError(f"{address[:60]!r} is not a web address; begin it with https:// or http://")
    return address


def is_own_path(address: str | None) -> bool:
    """Return whether an address is a path below Overt's own content, such as that of a register that Overt ships."""
    return address is not None and address.startswith(_OWN)
