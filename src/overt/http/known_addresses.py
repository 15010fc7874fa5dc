"""The parameter `known` in addresses: which addresses have an earlier state, and how it stays in the links of a page."""

import re
from html import escape
from urllib.parse import quote

from overt.language.language import LANGUAGES

KNOWN = "known"
"""Parameter that chooses an older release, by its id or by a date: what the atlas knew then."""
_WITHOUT = (
    "/static/", "/desk", "/healthz", "/robots.txt", "/sitemap", "/releases", "/ogc", "/tiles", "/reconcile", "/api/openapi.json",
    "/api/v1/releases", "/api/v1/changes",
)  # fmt: skip
"""Beginnings of addresses that have no earlier state: they belong to no release, or name their releases themselves."""
_BASE = f"(?:{'|'.join(re.escape(language.base) for language in LANGUAGES if language.base)})?"
_STATELESS = re.compile(rf"{_BASE}(?:{'|'.join(map(re.escape, _WITHOUT))})")
_RELEASE = re.compile(rf"{_BASE}/release/([^/.+]*)")
_ADDRESS = re.compile(r'="(/(?!/)[^"#?]*)(\?[^"#]*)?(?=["#])')
"""The value of an attribute that begins like an address of the site. It begins with fixed characters, which is fast to find."""
_FORM = re.compile(r'<form\b(?![^>]*method="post")[^>]*>')
_OWN_PARAMETER = re.compile(r"[?&;]known=")
_ATTRIBUTES = ("href", "src", "xlink:href", "data-")


def has_earlier_states(path: str) -> bool:
    """Return whether an address, in any language, can be requested as the atlas knew it earlier."""
    return not _STATELESS.match(path) and "@" not in path and not path.endswith((".atom", "/changes.json"))


def with_known(address: str, known: str) -> str:
    """Return the address of a page or file as the atlas knew it; the address itself if it has no earlier state."""
    address, hash_sign, fragment = address.partition("#")
    path, _, parameters = address.partition("?")
    if not known or not _takes(path, known) or _OWN_PARAMETER.search(f"?{parameters}"):
        return f"{address}{hash_sign}{fragment}"
    return f"{address}{'&' if parameters else '?'}{KNOWN}={quote(known, safe='')}{hash_sign}{fragment}"


def keep_known(html: str, known: str) -> str:
    """Return a page whose links, files and forms have the parameter, too. A link with `data-today` before its address stays."""
    parameter = escape(f"{KNOWN}={quote(known, safe='')}")

    def link(match: re.Match[str]) -> str:
        path, query = match[1], match[2]
        end = match.start()
        begin = html.rfind(" ", 0, end)
        is_address = html.startswith(_ATTRIBUTES, begin + 1, end) and not html.endswith("data-today", 0, begin)
        if not is_address or not _takes(path, known) or (query and _OWN_PARAMETER.search(query)):
            return match[0]
        return f"{match[0]}{'&amp;' if query else '?'}{parameter}"

    field = f'<input type="hidden" name="{KNOWN}" value="{escape(known)}">'
    return _FORM.sub(lambda match: match[0] + field, _ADDRESS.sub(link, html))


def _takes(path: str, known: str) -> bool:
    """Return whether an address has the state of a release: it has earlier states, and is not of another release."""
    release = _RELEASE.match(path)
    return has_earlier_states(path) and (release is None or release[1] == known)
