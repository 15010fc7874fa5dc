"""HTTP requests and responses (OONI's data format df-001-httpt)."""

import base64
import binascii
import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from overt.measure.protocols.failures import entry_failure
from overt.measure.protocols.ip_addresses import BOGON, address_kind, split_endpoint
from overt.measure.protocols.json_values import MAX_TEXT, integer, mapping, objects, text
from overt.measure.protocols.web_connectivity_entry_tags import parse_tags
from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,2000})", re.IGNORECASE)
_SEARCHED = 65_536
"""Number of characters at the beginning of a page that are searched for a title or a challenge."""


class Exchange(NamedTuple):
    """One request and its response."""

    url: str
    failure: str
    code: int
    """Status code; 0 if there is no response."""
    headers: dict[str, str]
    """Headers, with names in lower case."""
    body: str
    """The body as text; if it is not in UTF-8, it is decoded as Latin-1."""
    truncated: bool
    classic: bool
    depth: int
    endpoint: str
    """Address and port of the server; empty for versions before 0.5."""

    @property
    def address(self) -> str:
        """The server's address; empty if the measurement has none."""
        return split_endpoint(self.endpoint)[0]

    @property
    def secure(self) -> bool:
        """Whether the request went over TLS."""
        return self.url[:8].lower() == "https://"

    @property
    def title(self) -> str:
        """The page's title, with single spaces; empty if it has none."""
        match = _TITLE.search(self.body, 0, _SEARCHED)
        return " ".join(match[1].split()) if match else ""

    @property
    def location(self) -> str:
        """The target of the redirect; empty if the response is not a redirect."""
        return self.headers.get("location", "")[:MAX_TEXT] if 300 <= self.code < 400 else ""


def parse_exchanges(value: Any) -> list[Exchange]:
    """Parse the exchanges in their order, usually newest first. Malformed entries are skipped."""
    exchanges = []
    for entry in objects(value):
        request, response = mapping(entry.get("request")), mapping(entry.get("response"))
        status = integer(response.get("code"))
        code = status if status is not None and 100 <= status < 600 else 0
        classic, depth, _ = parse_tags(entry.get("tags"))
        exchanges.append(
            Exchange(
                text(request.get("url")),
                entry_failure(entry, code),
                code,
                _headers(response),
                _decode(response.get("body")),
                response.get("body_is_truncated") is True,
                classic,
                depth,
                text(entry.get("address")),
            )
        )
    return exchanges


def _headers(response: dict[str, Any]) -> dict[str, str]:
    value = response.get("headers")
    if type(value) is dict:
        return {name.lower(): _decode(content) for name, content in value.items()}
    pairs = value if type(value) is list else response.get("headers_list")
    headers: dict[str, str] = {}
    for pair in pairs if type(pairs) is list else ():
        if type(pair) is list and len(pair) == 2 and type(pair[0]) is str:
            content = pair[1][0] if type(pair[1]) is list and pair[1] else pair[1]
            headers.setdefault(pair[0].lower(), _decode(content))
    return headers


def _decode(value: Any) -> str:
    """Return a string, or decode `{"format": "base64", "data": …}`. Anything else, and invalid base64, gives `""`."""
    if type(value) is str:
        return value
    if type(value) is dict and value.get("format") == "base64" and type(value.get("data")) is str:
        try:
            data = base64.b64decode(value["data"], validate=True)
        except (binascii.Error, ValueError):
            return ""
        try:
            return data.decode()
        except UnicodeDecodeError:
            return data.decode("latin-1")
    return ""


@lru_cache(maxsize=8192)
def host_of(url: str) -> str:
    """Return the host of a URL in lower case and ASCII, the form that resolvers and certificates use; empty if it has none."""
    try:
        host = (urlsplit(url).hostname or "").lower()
        return host if host.isascii() else canonical_domain(host)
    except (ValueError, ValueProblem):
        return ""


_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "mil", "ne", "net", "or", "org"})
"""Second-level labels under which countries register domains."""


def same_site(first: str, second: str) -> bool:
    """Return whether two hosts share their last two labels, or the last three under co.uk, com.tr and the like."""
    return first == second or _registered(first) == _registered(second)


def _registered(host: str) -> list[str]:
    labels = host.split(".")
    return labels[-3:] if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else labels[-2:]


def has_internal_host(url: str) -> bool:
    """Return whether a URL's host is an internal address (10.0.0.1 …), which no public site redirects to."""
    return address_kind(host_of(url)) == BOGON


_RELATIVE = re.compile(r"(?!//)[^:/?#]*(?:[/?#].*)?", re.DOTALL)


def is_relative(location: str) -> bool:
    """Return whether a redirect's target has neither scheme nor host, so that it is on the same server (RFC 9110, 10.2.2)."""
    return bool(location) and _RELATIVE.fullmatch(location) is not None


CHALLENGE = re.compile(
    r"cf-browser-verification|cf[-_]chl|challenge-platform|challenges\.cloudflare\.com"
    r"|just a moment\.\.\.|px-captcha|_incapsula_resource|datadome",
    re.IGNORECASE,
)
"""Matches text and scripts of the pages with which content networks check whether the client is a person."""
_CHALLENGE_WORDS = re.compile(r"captcha|checking your browser|attention required|ddos protection by", re.IGNORECASE)
"""Matches words on such pages that other pages, such as block pages, may contain, too."""
_REFUSAL = re.compile(r"you have been blocked", re.IGNORECASE)
"""Matches a content network's page that refuses the client and asks nothing."""


def is_challenge(exchange: Exchange) -> bool:
    """Return whether the response is a captcha or another challenge by the site's content network."""
    if exchange.code not in (403, 429, 503):
        return False
    if exchange.headers.get("cf-mitigated", "") == "challenge":
        return True
    if _REFUSAL.search(exchange.body, 0, _SEARCHED):
        return False
    words = is_from_content_network(exchange) and _CHALLENGE_WORDS.search(exchange.body, 0, _SEARCHED)
    return bool(words or CHALLENGE.search(exchange.body, 0, _SEARCHED))


_NETWORK_HEADERS = ("cf-ray", "x-amz-cf-id", "x-sucuri-id", "x-iinfo")
_NETWORK_SERVERS = frozenset({"akamaighost", "cloudflare", "cloudfront"})


def is_from_content_network(exchange: Exchange) -> bool:
    """Return whether the headers name a content network, which may refuse countries on the site's behalf."""
    headers = exchange.headers
    return headers.get("server", "").lower() in _NETWORK_SERVERS or any(name in headers for name in _NETWORK_HEADERS)
