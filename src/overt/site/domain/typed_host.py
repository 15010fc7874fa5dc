"""Extract the host from an address that a reader has pasted."""

import re

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
"""Matches an address. `web/src/edition/domain-lookup.ts` contains the same expression."""


def parse_typed_host(text: str) -> str:
    """Return the host in a pasted address (`example.org` in `https://example.org/page`).

    Text that is not an address is returned unchanged.
    """
    match = _ADDRESS.fullmatch(text.strip())
    return match[1] if match else text
