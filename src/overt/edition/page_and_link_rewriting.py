"""Rewrites the server's pages for a static edition.

Links become file names relative to the page. Links and other elements that need a server are removed.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from markupsafe import Markup

from overt.edition.file_names import file_of, path_to_root, split_address
from overt.http.response_headers import POLICY
from overt.site.figure_embed.page import FRAMED

_LINK = re.compile(r' (href|action|src|data-[a-z-]+)="(/[^"]*)"')
_NEEDS_SERVER = re.compile(r"<(p|form|div|li|section|span)\b[^>]* data-server\b[^>]*>.*?</\1>\n?", re.DOTALL)
_SHADES = re.compile(
    r'<p class="shade-choice">.*?</p>\n?|<details class="facet-menu" data-facet="assessed">.*?</details>\n?', re.DOTALL
)
"""Matches the choice of shading and the filter by assessments of countries, which need a server."""
_SCRIPT = re.compile(r'<script type="module" src="/static/built/([a-z]+)(\.js[^"]*)"></script>\n?')
_STATIC_SCRIPTS = ("search", "map")
"""Scripts that have a version for pages without a server (`web/src/edition/`)."""
_NEEDS_SCRIPT = re.compile(
    r'<form (?:id="filters"|class="(?:site-search|domain-form)")[^>]*>.*?</form>\n?|<a class="sheet-open".*?</a>\n?',
    re.DOTALL,
)
"""Matches elements that do nothing without a server or a script."""
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\n?')
"""Matches links that preload fonts. Browsers refuse to preload for a page that is opened from a disk."""
_FEED = re.compile(r'<link rel="alternate" type="application/(?:atom\+xml|feed\+json)"[^>]* href="([^"]*)">\n?')
"""Matches the link to a feed in the head of a page."""
_CHARSET = '<meta charset="utf-8">\n'
_MAIN = re.compile(r'<main id="main"[^>]*>\n')
_HEADER_ONLY = ("frame-ancestors",)
"""Directives that browsers accept only in a header, and not in a `meta` element."""
ClaimAddress = Callable[[str], str | None]


def page_policy(header: str) -> str:
    """Return the part of a content security policy that works in a `meta` element."""
    return "; ".join(part for part in header.split("; ") if not part.startswith(_HEADER_ONLY))


class Rewriter:
    """Rewrites the pages of one edition."""

    def __init__(self, has_file: Callable[[str], bool], claim_address: ClaimAddress, *, scripts: bool) -> None:
        """`has_file` returns whether the edition has a file. `claim_address` returns the page and anchor of a claim, or None
        for an unknown claim. `scripts`: whether pages have scripts, which requires that the scripts are built and can load all
        projects.
        """
        self._has_file = has_file
        self._claim_address = claim_address
        self._scripts = scripts
        self._targets: dict[str, str | None] = {}

    def page(self, html: str, file: str, note: Markup | None = None) -> str:
        """Return a page as it is stored in `file`: with relative links and its policies, and without what needs a server.

        `note`: text to put above the content.
        """
        back = path_to_root(file)

        def link(match: re.Match[str]) -> str:
            target = self.target(match[2])
            return "" if target is None else f' {match[1]}="{back}{target}"'

        framed = '<link rel="stylesheet" href="/static/embed.css' in html
        policy = page_policy(FRAMED["Content-Security-Policy"] if framed else POLICY)
        head = f'{_CHARSET}<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        html = html.replace(_CHARSET, head + '<meta name="referrer" content="no-referrer">\n', 1)
        html = _NEEDS_SERVER.sub("", _PRELOAD.sub("", html))
        html = _SHADES.sub("", _SCRIPT.sub(self._script, html))
        if not self._scripts:
            html = _NEEDS_SCRIPT.sub("", html)
        html = _FEED.sub(lambda match: match[0] if self.target(match[1]) else "", html)
        if note:
            html = _MAIN.sub(lambda match: f"{match[0]}{note}\n", html, count=1)
        return _LINK.sub(link, html)

    def _script(self, match: re.Match[str]) -> str:
        if not self._scripts or match[1] not in _STATIC_SCRIPTS:
            return ""
        return f'<script defer src="/static/built/still-{match[1]}{match[2]}"></script>\n'

    def target(self, written: str) -> str | None:
        """Return the file that a link in a page leads to, relative to the edition's folder; None if the link needs a server.

        `written`: the link as in the page's HTML. Like the result, it is HTML-escaped.
        """
        if written not in self._targets:
            self._targets[written] = self._target(unescape(written))
        return self._targets[written]

    def _target(self, address: str) -> str | None:
        path, pairs, fragment = split_address(address)
        language = "/zh" if path.startswith("/zh/") else ""
        inside = path.removeprefix(language)
        if inside.startswith("/claim/"):
            record = self._claim_address(inside.removeprefix("/claim/"))
            return record and self._target(language + record)
        query = ""
        if inside == "/api/v1/search":
            return "search/index.js"
        if inside in ("/explorer", "/search") and pairs and not self._has(file_of(path, pairs)):
            query, pairs = "?" + address.partition("?")[2].partition("#")[0], []  # The page's script reads the parameters.
        elif path.startswith("/static/"):
            query = "?" + address.partition("?")[2]
        if inside.startswith("/source/"):
            pairs = []  # The parameters only decide which of the source's files comes first.
        if "{" in path:  # The page's script fills in this pattern.
            return f"{path[1:]}/index.html"
        file = file_of(path, [pair for pair in pairs if pair[0] != "v"])
        if not self._has(file):
            return None
        return escape(f"{file}{query}{'#' if fragment else ''}{fragment}")

    def _has(self, file: str | None) -> bool:
        return file is not None and self._has_file(file)
