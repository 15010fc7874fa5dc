"""Extracts the host from an address that a reader pasted."""

import re

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
"""Matches an address. `web/src/edition/domain-lookup.ts` has the same expression."""


def parse_typed_host(text: str) -> str:
    """Return the host in a pasted address (`example.org` in `https://example.org/page`); the text itself if it is not an
    address.
    """
    match = _ADDRESS.fullmatch(text.strip())
    return match[1] if match else text
