"""Pages of the server made pages of files: every link names a file from where the page lies, or is none."""

import re
from collections.abc import Callable
from html import escape, unescape

from markupsafe import Markup

from overt.edition.file_names import file_of, parted, up
from overt.http.security_headers import POLICY
from overt.site.embed.page import FRAMED

_LINK = re.compile(r' (href|action|src|data-[a-z-]+)="(/[^"]*)"')
_OF_A_SERVER = re.compile(r"<(p|form|div|li|section|span)\b[^>]* data-server\b[^>]*>.*?</\1>\n?", re.DOTALL)
_SHADES = re.compile(
    r'<p class="shade-choice">.*?</p>\n?|<details class="facet-menu" data-facet="assessed">.*?</details>\n?', re.DOTALL
)
"""What countries are shaded by, which the server works out."""
_SCRIPT = re.compile(r'<script type="module" src="/static/built/([a-z]+)(\.js[^"]*)"></script>\n?')
_STILL = ("search", "map")
"""Scripts of which there is one that needs no server (`web/src/edition/`)."""
_OF_A_SCRIPT = re.compile(
    r'<form (?:id="filters"|class="(?:site-search|domain-form)")[^>]*>.*?</form>\n?|<a class="sheet-open".*?</a>\n?',
    re.DOTALL,
)
"""What does nothing without a server or a script."""
_CHARSET = '<meta charset="utf-8">\n'
_MAIN = re.compile(r'<main id="main"[^>]*>\n')
_UNHEARD = ("frame-ancestors",)
"""What browsers do not take from a page, only from a server."""
Claims = Callable[[str], str | None]


def policy(said: str) -> str:
    """The part of a content security policy that a page can say itself."""
    return "; ".join(part for part in said.split("; ") if not part.startswith(_UNHEARD))


class Rewriter:
    """Rewrites the pages of one edition."""

    def __init__(self, held: Callable[[str], bool], claims: Claims, *, scripts: bool) -> None:
        """`held`: whether the edition has a file; `claims`: the address of the record that a claim is of, with its anchor;
        `scripts`: whether pages can have scripts: they were built, and there are not too many projects for them.
        """
        self._held = held
        self._claims = claims
        self._scripts = scripts
        self._found: dict[str, str | None] = {}

    def page(self, html: str, file: str, note: Markup | None = None) -> str:
        """A page as it lies in `file`; `note` stands above all that it says."""
        back = up(file)

        def link(match: re.Match[str]) -> str:
            target = self.target(match[2])
            return "" if target is None else f' {match[1]}="{back}{target}"'

        framed = '<link rel="stylesheet" href="/static/embed.css' in html
        said = policy(FRAMED["Content-Security-Policy"] if framed else POLICY)
        head = f'{_CHARSET}<meta http-equiv="Content-Security-Policy" content="{escape(said)}">\n'
        html = html.replace(_CHARSET, head + '<meta name="referrer" content="no-referrer">\n', 1)
        html = _OF_A_SERVER.sub("", html)
        html = _SHADES.sub("", _SCRIPT.sub(self._script, html))
        if not self._scripts:
            html = _OF_A_SCRIPT.sub("", html)
        if note:
            html = _MAIN.sub(lambda match: f"{match[0]}{note}\n", html, count=1)
        return _LINK.sub(link, html)

    def _script(self, match: re.Match[str]) -> str:
        if not self._scripts or match[1] not in _STILL:
            return ""
        return f'<script defer src="/static/built/still-{match[1]}{match[2]}"></script>\n'

    def target(self, written: str) -> str | None:
        """Where a link leads, as it is written in a page, from the edition's own folder on; None where that needs a server."""
        if written not in self._found:
            self._found[written] = self._target(unescape(written))
        return self._found[written]

    def _target(self, address: str) -> str | None:
        path, pairs, fragment = parted(address)
        language = "/zh" if path.startswith("/zh/") else ""
        inside = path.removeprefix(language)
        if inside.startswith("/claim/"):
            record = self._claims(inside.removeprefix("/claim/"))
            return record and self._target(language + record)
        query = ""
        if inside == "/api/v1/search":
            return "search/index.js"
        if inside in ("/", "/search") and pairs and not self._has(file_of(path, pairs)):
            query, pairs = "?" + address.partition("?")[2].partition("#")[0], []  # for the script of the page
        elif path.startswith("/static/"):
            query = "?" + address.partition("?")[2]
        if inside.startswith("/source/"):
            pairs = []  # which of its files to show first
        if "{" in path:  # a pattern for the script of the page
            return f"{path[1:]}/index.html"
        file = file_of(path, [pair for pair in pairs if pair[0] != "v"])
        if not self._has(file):
            return None
        return escape(f"{file}{query}{'#' if fragment else ''}{fragment}")

    def _has(self, file: str | None) -> bool:
        return file is not None and self._held(file)
