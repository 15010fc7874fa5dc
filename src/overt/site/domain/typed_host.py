"""Extracts the host from an address that a reader pasted."""

import re

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
"""The same as in `web/src/edition/domain-lookup.ts`."""


def parse_typed_host(text: str) -> str:
    """Return the host of a pasted address (`example.org` of `https://example.org/page`), or the text if it is not an address."""
    match = _ADDRESS.fullmatch(text.strip())
    return match[1] if match else text
