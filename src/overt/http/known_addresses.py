"""The parameter `known` in addresses: which addresses have an earlier state, and how it stays in the links of a page."""

import re
from html import escape
from urllib.parse import quote

from overt.language.language import language_of_path

KNOWN = "known"
"""Parameter that chooses an older release, by its id or by a date: what the atlas knew then."""
_WITHOUT = (
    "/static/", "/desk", "/healthz", "/robots.txt", "/sitemap", "/releases", "/ogc", "/tiles", "/reconcile", "/api/openapi.json",
    "/api/v1/releases", "/api/v1/changes",
)  # fmt: skip
"""Beginnings of addresses that have no earlier state: they belong to no release, or name their releases themselves."""
_LINK = re.compile(r'(?<!data-today )\b(href|src|data-[a-z-]+)="(/(?!/)[^"#]*)(#[^"]*)?"')
_FORM = re.compile(r'<form\b(?![^>]*method="post")[^>]*>')
_OWN_PARAMETER = re.compile(r"[?&;]known=")


def has_earlier_states(path: str) -> bool:
    """Return whether an address, in any language, can be requested as the atlas knew it earlier."""
    inner = path.removeprefix(language_of_path(path).base)
    return not inner.startswith(_WITHOUT) and "@" not in inner and not inner.endswith(".atom")


def with_known(address: str, known: str) -> str:
    """Return the address of a page or file as the atlas knew it; the address itself if it has no earlier state."""
    path, _, parameters = address.partition("?")
    if not known or not has_earlier_states(path) or _is_other_release(path, known) or _OWN_PARAMETER.search(f"?{parameters}"):
        return address
    return f"{address}{'&' if parameters else '?'}{KNOWN}={quote(known, safe='')}"


def keep_known(html: str, known: str) -> str:
    """Return a page whose links, files and forms have the parameter, too. A link with `data-today` before its address stays."""

    def link(match: re.Match[str]) -> str:
        attribute, address, fragment = match[1], match[2], match[3] or ""
        changed = with_known(address.replace("&amp;", "&"), known)
        # Templates of addresses ({code}) and escaped characters stay as they are: only the parameter is added.
        return f'{attribute}="{address}{escape(changed[len(address.replace("&amp;", "&")) :])}{fragment}"'

    field = f'<input type="hidden" name="{KNOWN}" value="{escape(known)}">'
    return _FORM.sub(lambda match: match[0] + field, _LINK.sub(link, html))


def _is_other_release(path: str, known: str) -> bool:
    """Return whether an address is that of the page or a file of another release than `known`."""
    inner = path.removeprefix(language_of_path(path).base)
    return inner.startswith("/release/") and not inner.removeprefix("/release/").startswith(known)
