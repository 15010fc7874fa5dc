"""The parameter `known` in addresses: which addresses have an earlier state, and how the links of a page keep the parameter."""

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
"""Beginnings of addresses without an earlier state."""
_BASE = f"(?:{'|'.join(re.escape(language.base) for language in LANGUAGES if language.base)})?"
_STATELESS = re.compile(rf"{_BASE}(?:{'|'.join(map(re.escape, _WITHOUT))})")
_FIGURE_OF_RELEASE = re.compile(r"/figures?/[^/]*@")
_RELEASE = re.compile(rf"{_BASE}/release/([^/.+]*)")
_ADDRESS = re.compile(r'="(/(?!/)[^"#?]*)(\?[^"#]*)?(?=["#])')
"""Matches an attribute whose value begins like an address of the site. The pattern's fixed beginning makes the search fast."""
_FORM = re.compile(r'<form\b(?![^>]*method="post")[^>]*>')
_OWN_PARAMETER = re.compile(r"[?&;]known=")
_ATTRIBUTES = ("href", "src", "xlink:href", "data-")


def has_earlier_states(path: str) -> bool:
    """Return whether an address, in any language, shows an earlier state if the parameter `known` is added."""
    return not _STATELESS.match(path) and not _FIGURE_OF_RELEASE.search(path) and not path.endswith((".atom", "/changes.json"))


def with_known(address: str, known: str) -> str:
    """Return an address with the parameter, or unchanged if the parameter is empty, doesn't apply to it, or is already there."""
    address, hash_sign, fragment = address.partition("#")
    path, _, parameters = address.partition("?")
    if not known or not _takes(path, known) or _OWN_PARAMETER.search(f"?{parameters}"):
        return f"{address}{hash_sign}{fragment}"
    return f"{address}{'&' if parameters else '?'}{KNOWN}={quote(known, safe='')}{hash_sign}{fragment}"


def keep_known(html: str, known: str) -> str:
    """Return a page with the parameter in the addresses of its links and files, and in its forms.

    Forms that use POST, links with `data-today` before their address, and addresses that `with_known` does not change stay as
    they are.
    """
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
    """Return whether the parameter applies to an address: it has earlier states, and doesn't belong to another release."""
    release = _RELEASE.match(path)
    return has_earlier_states(path) and (release is None or release[1] == known)
