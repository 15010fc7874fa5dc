"""The host in what readers paste out of a browser."""

import re

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
"""As in `web/src/edition/domain-lookup.ts`."""


def host_typed(text: str) -> str:
    """The host of what readers paste out of a browser: `example.org` of `https://example.org/page`; else the text as it is."""
    match = _ADDRESS.fullmatch(text.strip())
    return match[1] if match else text
