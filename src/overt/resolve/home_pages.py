"""Home pages of organisations: a key for all spellings and language versions of a page, its domain, and shared pages."""

import re
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from overt.model.record_ids import list_of

_LANGUAGES = frozenset(["ar", "de", "en", "es", "fa", "fr", "ja", "kk", "ko", "ky", "pt", "ru", "tg", "tr", "uk", "uz", "zh"])
_LANGUAGE_NAMES = frozenset(["ara", "chinese", "cn", "eng", "english", "fra", "jpn", "rus", "russian", "spa"])
"""More labels that mark a language version in an address.

The only country code is `cn`, because pages below other country codes may be those of a subsidiary.
"""
_REGIONAL = re.compile(r"([a-z]{2})[-_](?:[a-z]{2}|hans|hant|latn|cyrl)")
_SECOND_LEVELS = frozenset(["ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gub", "mil", "ne", "net", "or", "org"])
"""Labels below which different owners register domains: es.gov.br is the site of Espírito Santo, gov.br that of Brazil."""
_OF_STATES = frozenset(["gob", "gouv", "gov", "go", "gub", "mil"])
"""The labels in `_SECOND_LEVELS` below which only state bodies register domains."""
_FRONT_PAGE = re.compile(r"(?:index|default|home|main)(?:\.\w{2,5})?")
_ABOUT = re.compile(r"about(?:[-_]?us)?|company|contacts?(?:[-_]?us)?|corporate|who-we-are|overview|profile|welcome")
"""Matches the path of a page about the owner of a site."""
_LANGUAGE_PARAMETERS = frozenset({"hl", "l", "lang", "language", "locale"})


def home_page(address: str) -> str:
    """Return the key of a page: its host, path and query. Addresses of the same page have the same key.

    The key leaves out `www.`, the language, and the path of a front page or of a page about the owner.
    `https://www.acme.com/en/index.html` has the same key as `acme.com`; `acme.com/ke` has another. Empty for an empty or
    invalid address.
    """
    address = address.strip().lower()
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    labels = host.split(".")
    while len(labels) > 2 and (labels[0] == "www" or (_is_language(labels[0]) and not _is_shared_domain(labels[1:]))):
        labels = labels[1:]
    segments = [part for part in parts.path.split("/") if part]
    if segments and _FRONT_PAGE.fullmatch(segments[-1]):
        segments.pop()
    if segments and _is_language(segments[-1]):
        segments.pop()
    elif segments and _is_language(segments[0]):
        segments.pop(0)
    if len(segments) == 1 and _ABOUT.fullmatch(segments[0]):
        segments.pop()
    query = [f"{name}={value}" for name, value in parse_qsl(parts.query) if name not in _LANGUAGE_PARAMETERS]
    page = "/".join([".".join(labels), *segments])
    return f"{page}?{'&'.join(query)}" if query else page


def registered_domain(page: str) -> str:
    """Return the domain that the owner of a page registered, without subdomains: nec.com for jpn.nec.com.

    Empty for a page on a domain that many bodies share: gov.br/prf belongs to one body, gov.br to the state.
    """
    labels = page.partition("/")[0].partition("?")[0].split(".")
    if _is_shared_domain(labels):
        return ""
    size = 3 if len(labels) > 2 and _is_shared_domain(labels[-2:]) else 2
    return ".".join(labels[-size:])


def office_host(page: str) -> tuple[str, str] | None:
    """Return the first label of an office's host, and the domain of the region or body above it.

    For ssp.ba.gov.br, these are `ssp` and `ba.gov.br`. Return None unless that domain is directly below a domain that state
    bodies share, such as gov.br.
    """
    labels = page.partition("/")[0].partition("?")[0].split(".")
    is_below = len(labels) == 4 and labels[-2] in _OF_STATES and _is_shared_domain(labels[-2:])
    return (labels[0], ".".join(labels[1:])) if is_below else None


def shared_pages(pages: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the pages that a list gives for several of its records, and that therefore don't identify an organisation.

    Such a page belongs to a group or is a portal. `pages`: record → its pages.
    """
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record, own in pages.items():
        for page in own:
            bearers[list_of(record), page].add(record)
    return frozenset(page for (_, page), records in bearers.items() if len(records) > 1)


def _is_language(label: str) -> bool:
    regional = _REGIONAL.fullmatch(label)
    return label in _LANGUAGES or label in _LANGUAGE_NAMES or bool(regional and regional[1] in _LANGUAGES)


def _is_shared_domain(labels: list[str]) -> bool:
    """Return whether different owners register domains under this domain, as under gov.br and co.jp."""
    return len(labels) == 2 and labels[0] in _SECOND_LEVELS and len(labels[1]) == 2
