"""The layer of pages: requests and their answers (OONI's df-001-httpt)."""

import base64
import binascii
import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from overt.measure.addresses import BOGON, address_kind, endpoint_parts
from overt.measure.failures import kind_of
from overt.measure.tags import place
from overt.measure.values import LONGEST, mapping, objects, text, whole
from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,2000})", re.IGNORECASE)
_TITLE_WITHIN = 65_536
"""Titles stand at the beginning; so many characters of a page are searched for one."""


class Exchange(NamedTuple):
    """One request and what came back."""

    url: str
    failure: str
    code: int
    """0 where no answer came."""
    headers: dict[str, str]
    """Names in lower case."""
    body: str
    """As text; bytes that are no text are read as Latin-1."""
    truncated: bool
    classic: bool
    depth: int
    endpoint: str
    """Address and port that were asked; empty before version 0.5."""

    @property
    def address(self) -> str:
        """The address that was asked; empty where it is not told."""
        return endpoint_parts(self.endpoint)[0]

    @property
    def secure(self) -> bool:
        """Whether the request went over TLS."""
        return self.url[:8].lower() == "https://"

    @property
    def title(self) -> str:
        """The page's title, with single spaces."""
        found = _TITLE.search(self.body, 0, _TITLE_WITHIN)
        return " ".join(found[1].split()) if found else ""

    @property
    def location(self) -> str:
        """Where it sends the reader on; empty where it does not."""
        return self.headers.get("location", "")[:LONGEST] if 300 <= self.code < 400 else ""


def exchanges(value: Any) -> list[Exchange]:
    """The exchanges, the newest first as they stand; whatever has another form is left out."""
    found = []
    for entry in objects(value):
        request, response = mapping(entry.get("request")), mapping(entry.get("response"))
        code = whole(response.get("code"))
        classic, depth, _ = place(entry.get("tags"))
        found.append(
            Exchange(
                text(request.get("url")),
                kind_of(entry),
                code if code is not None and 100 <= code < 600 else 0,
                _headers(response),
                _decoded(response.get("body")),
                response.get("body_is_truncated") is True,
                classic,
                depth,
                text(entry.get("address")),
            )
        )
    return found


def _headers(response: dict[str, Any]) -> dict[str, str]:
    held = response.get("headers")
    if type(held) is dict:
        return {name.lower(): _decoded(value) for name, value in held.items()}
    pairs = held if type(held) is list else response.get("headers_list")
    found: dict[str, str] = {}
    for pair in pairs if type(pairs) is list else ():
        if type(pair) is list and len(pair) == 2 and type(pair[0]) is str:
            value = pair[1][0] if type(pair[1]) is list and pair[1] else pair[1]
            found.setdefault(pair[0].lower(), _decoded(value))
    return found


def _decoded(value: Any) -> str:
    """A text, or the bytes that stand as `{"format": "base64", "data": …}`; empty for anything else, wrong base64 included."""
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
    """The host of an address, in lower case and ASCII, as resolvers and certificates name it; empty where it has none."""
    try:
        host = (urlsplit(url).hostname or "").lower()
        return host if host.isascii() else canonical_domain(host)
    except (ValueError, ValueProblem):
        return ""


_GENERIC = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "mil", "ne", "net", "or", "org"})
"""Second labels under which countries let others register."""


def same_site(one: str, other: str) -> bool:
    """Whether two hosts look like one site: the last two labels are alike, or the last three under co.uk, com.tr and such."""
    return one == other or _registered(one) == _registered(other)


def _registered(host: str) -> list[str]:
    labels = host.split(".")
    return labels[-3:] if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _GENERIC else labels[-2:]


def leads_inside(url: str) -> bool:
    """Whether an address names a machine inside a network (10.0.0.1 …), which no public site sends its readers to."""
    return address_kind(host_of(url)) == BOGON


CHALLENGE = re.compile(
    r"captcha|cf-browser-verification|cf[-_]chl|challenge-platform|challenges\.cloudflare\.com|checking your browser"
    r"|attention required|ddos protection by|just a moment\.\.\.|px-captcha|_incapsula_resource|datadome",
    re.IGNORECASE,
)
"""What pages of content networks say when they want to know whether a person asks."""


def asks_for_a_person(exchange: Exchange) -> bool:
    """Whether the answer is a captcha or another challenge of the site's own content network."""
    if exchange.code not in (403, 429, 503):
        return False
    if exchange.headers.get("cf-mitigated", "") == "challenge":
        return True
    return CHALLENGE.search(exchange.body, 0, _TITLE_WITHIN) is not None


_NETWORK_HEADERS = ("cf-ray", "x-amz-cf-id", "x-sucuri-id", "x-iinfo")
_NETWORK_SERVERS = frozenset({"akamaighost", "cloudflare", "cloudfront"})


def of_content_network(exchange: Exchange) -> bool:
    """Whether a content network says by the head that the answer is its own: it may turn countries away for the site."""
    head = exchange.headers
    return head.get("server", "").lower() in _NETWORK_SERVERS or any(name in head for name in _NETWORK_HEADERS)
