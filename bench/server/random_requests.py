"""Random requests for fuzzing a server, made from its links and API operations with odd values, methods, headers and bodies."""

import json
import re
from collections.abc import Iterable
from random import Random
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

BIDI, NUL = "\u202e\u2066x\u2069", "\x00"
ODD = (
    "", " ", "0", "-1", "1e309", "NaN", "Infinity", "99999999999999999999999", "1.5", "１２", "true", "null", "[]", "{}",
    "2024-02-30", "99999-01-01", "0000", "-0001-01-01", "2020-13", "2020/2010", "../..", "2019-12-31T23:59:60Z",
    "1984-06?/2004~",
    "..", "../../../../etc/passwd", "%2e%2e%2f", "/etc/passwd", "C:\\x", "a/b", ".", "*", NUL, f"a{NUL}b", BIDI, "\ufeff",
    "\ufffe", "\U0010ffff", "e\u0301" * 40, "İ", "ß", "ſ", "\u2028", "🇨🇳" * 30, "\ud800", "'", '"', "' OR 1=1 --",
    "a\" OR \"\"=\"",
    "(" * 400, "\"" * 99, "NEAR(", "a AND", "-", "^", "a*", "{{7*7}}", "${x}", "%s%n", "<script>", "\r\nX-Odd: 1",
    "a\r\n\r\nb",
    "x" * 5_000, "华" * 600, "华为 Huawei Хуавэй هواوي", "KE", "XX", "CN,KE", "ovt-aaaaaaaaaaaa", "ovt-", "huawei", "latest",
    "now", "1,2,3,4", "170,-40,-170,40", "NaN,NaN,NaN,NaN", "0,0,0,0", "180,90,-180,-90", "1,2,3,4,5,6",
    "POINT(1 2)", "zh", "en", "fr",
)  # fmt: skip
"""Values on which programs often fail. The lone surrogate is sent as bytes that are not UTF-8."""
NAMES = (
    "q", "known", "as_of", "lang", "page", "sort", "order", "group", "shade", "of", "lacking", "limit", "cursor", "fields",
    "bbox", "datetime", "filter", "filter-lang", "f", "offset", "year_from", "year_to", "country", "company", "kind",
    "status", "format",
    "crs", "bbox-crs", "properties", "sortby", "name", "since", "until", "type", "callback", "queries", "extend", "prefix",
)  # fmt: skip
"""Names of parameters that are tried at any address, in addition to those in links and in the API descriptions."""
_LITERALS = (
    "1", "-1", "1e400", "'x'", "''", "TRUE", "DATE('2020-01-01')", "DATE('99999-01-01')", "DATE('NaN')", "NULL", "name",
    "country", "TIMESTAMP('2020-01-01T00:00:00Z')", "POINT(1 2)", "BBOX(1,2,3,4)", "'\u202e'", "('a','b')",
    "INTERVAL('2020-01-01','..')",
    "agreed", "status", "kind", "nothing", "CASEI(name)", "ACCENTI(name)", "POLYGON((0 0,1 1,1 0,0 0))", "year",
)  # fmt: skip
_OPERATORS = (
    "=", "<>", "<", ">=", "LIKE", "NOT LIKE", "IN", "IS NULL", "IS NOT NULL", "BETWEEN", "AND", "OR", "+", "*", "/",
    "||", "%",
    "T_AFTER", "A_EQUALS",
)  # fmt: skip
_FUNCTIONS = ("S_INTERSECTS", "S_WITHIN", "T_BEFORE", "T_DURING", "T_INTERSECTS", "CASEI", "A_CONTAINS", "nothing")
_METHODS = ("POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
_HEADERS = (
    ("Accept", "application/json"), ("Accept", "*/*;q=x"), ("Accept", "text/html, application/ld+json;q=0.9"),
    ("Range", "bytes=0-0"), ("Range", "bytes=-1"), ("Range", "bytes=5-2"), ("Range", "bytes=0-1,5-6,9-"), ("Range",
    "bytes=0-" + "9" * 30),
    ("If-None-Match", "*"), ("If-None-Match", 'W/"x", "y'), ("If-Modified-Since", "x"), ("Accept-Language", "zh;q=NaN"),
    ("Accept-Encoding", "br;q=0, gzip;q=2"), ("Cookie", "a=b; \x80"), ("Host", "evil.example"), ("Host", ""),
    ("Host", "[::1"),
    ("X-Forwarded-For", "x, 1.2.3.4"), ("X-Forwarded-Proto", "javascript"), ("Origin", "null"), ("Sec-Fetch-Site",
    "cross-site"),
    ("Overt-Require", "newest"), ("Expect", "100-continue"), ("Content-Type",
    "application/x-www-form-urlencoded; charset=x"),
    ("Referer", "\xff"), ("Traceparent", "x"), ("Prefer", "respond-async"),
)  # fmt: skip
_LINK = re.compile(rb"""["'(=>](?:https?://[^/"'\s<>]+)?(/[^"'\s<>()\\]*)""")
_WITH_LINKS = ("html", "json", "xml")
_MAX_PART, _MAX_REPEATED = 10_000, 40
_PER_SHAPE = 12
"""Maximum number of addresses of one shape, so that the pages of thousands of projects don't crowd out all other addresses."""


class FuzzRequest(NamedTuple):
    """A request to send."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def __str__(self) -> str:
        extra = "".join(f" {name}: {value!r};" for name, value in self.headers)
        return f"{self.method} {self.target}{extra}{f' body {self.body!r}' if self.body else ''}"


class Corpus:
    """Addresses of a server by shape, the values in them, and the operations of its APIs.

    Addresses of one shape begin with the same part (with the same two parts below `/zh`, `/api` and `/ogc`), and have the same
    number of parts, the same ending and the same parameters. The length of the corpus is the number of shapes.
    """

    def __init__(self) -> None:
        self._addresses: dict[tuple[Any, ...], list[str]] = {}
        self.parts: list[str] = []
        """Values in addresses, such as ids."""
        self._templates: list[tuple[str, str, list[str]]] = []
        """Method, path with names in braces, and parameter names of each operation of the API descriptions."""

    def add_links(self, kind: str, body: bytes) -> None:
        """Add the addresses in the first 400,000 bytes of a response, if its content type `kind` is HTML, JSON or XML."""
        if not any(name in kind for name in _WITH_LINKS):
            return
        for match in _LINK.finditer(body[:400_000]):
            self.add(match[1].decode("utf-8", "replace").replace("&amp;", "&"))

    def add(self, address: str) -> None:
        """Add an address on this server, unless it is longer than 500 characters or there are enough of its shape."""
        path, _, query = address.partition("#")[0].partition("?")
        if not path.startswith("/") or path.startswith("//") or len(address) > 500:
            return
        pairs, parts = parse_qsl(query), path.split("/")[1:]
        shape = (
            *(parts[:2] if parts[0] in ("zh", "api", "ogc") else parts[:1]),
            len(parts),
            parts[-1].rpartition(".")[2] if "." in parts[-1] else "",
            *sorted({name for name, _ in pairs}),
        )
        same = self._addresses.setdefault(shape, [])
        if len(same) < _PER_SHAPE and address not in same:
            same.append(address)
            self.parts += [part for part in (*parts[1:], *(value for _, value in pairs)) if part]

    def add_description(self, description: dict[str, Any], base: str) -> None:
        """Add the GET and POST operations of an OpenAPI description. `base` is prepended to their paths."""
        shared = description.get("components", {}).get("parameters", {})
        for path, operations in description.get("paths", {}).items():
            for method, operation in operations.items():
                if method in ("get", "post"):
                    fields = [
                        shared.get(str(field.get("$ref", "")).rpartition("/")[2], field)
                        for field in operation.get("parameters", ())
                    ]
                    names = [field["name"] for field in fields if field.get("in") == "query"]
                    self._templates.append((method.upper(), base + path, names))

    def __len__(self) -> int:
        return len(self._addresses)

    def request(self, random: Random) -> FuzzRequest:
        """Return a random request, valid or invalid."""
        if self._templates and random.random() < 0.4:
            method, path, names = random.choice(self._templates)
            path = re.sub(r"\{[^}]*\}", lambda _: _part(self._value(random, "")), path)
            chosen = random.sample(names, min(len(names), random.choice((0, 1, 1, 2, 3, 5))))
            pairs = [(name, self._value(random, name)) for name in chosen]
        else:
            method, address = "GET", random.choice(random.choice(list(self._addresses.values())))
            path, _, query = address.partition("?")
            pairs = parse_qsl(query, keep_blank_values=True)
            path, pairs = self._mutate(random, path, pairs)
        if random.random() < 0.05:
            method = random.choice(_METHODS)
        headers = tuple(random.choice(_HEADERS) for _ in range(random.choice((0, 0, 0, 0, 1, 2))))
        body = b""
        if method in ("POST", "PUT", "PATCH"):
            body = _form(random, pairs) if random.random() < 0.7 else json.dumps(_json(random, 0)).encode()
            if not any(name == "Content-Type" for name, _ in headers):
                kind = random.choice(
                    ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x", "x")
                )
                headers = (*headers, ("Content-Type", kind))
        query = _encode(pairs)
        return FuzzRequest(method, quote(path, safe="/%:@!$&'()*+,;=~") + (f"?{query}" if query else ""), headers, body)

    def _mutate(self, random: Random, path: str, pairs: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            change = random.random()
            if change < 0.15:
                name = random.choice(NAMES)
                pairs = [*pairs, (name, self._value(random, name))]
            elif change < 0.6 and pairs:
                at = random.randrange(len(pairs))
                pairs = [*pairs[:at], (pairs[at][0], self._value(random, pairs[at][0])), *pairs[at + 1 :]]
            elif change < 0.7 and pairs:
                pairs = [*pairs, random.choice(pairs)]
            elif change < 0.72:
                pairs = pairs + [(random.choice(NAMES), str(number)) for number in range(random.choice((10, 400)))]
            else:
                parts = path.split("/")
                at = random.randrange(1, len(parts))
                parts[at : at + random.choice((0, 1, 1))] = [_part(self._value(random, ""))]
                path = "/".join(parts)
        return path, pairs

    def _value(self, random: Random, name: str) -> str:
        chance = random.random()
        if name == "filter" and chance < 0.8:
            return _filter(random, 0) if chance < 0.6 else json.dumps(_json(random, 0))
        if name in ("queries", "extend") and chance < 0.6:
            return json.dumps(_json(random, 0))
        if name in ("bbox", "datetime") and chance < 0.5:
            separator, count = (",", random.choice((4, 4, 6, 3))) if name == "bbox" else ("/", random.choice((1, 2, 2, 3)))
            return separator.join(random.choice(("..", "", *ODD[:24], "10", "20.5", "2019", "2019-01-01")) for _ in range(count))
        if chance < 0.45 and self.parts:
            return random.choice(self.parts)
        value = random.choice(ODD)
        return value if chance < 0.9 else value + random.choice(ODD)


def _part(value: str) -> str:
    """Return a value as a part of a path. A lone surrogate becomes a byte that is not UTF-8."""
    return quote(value.encode("utf-8", "surrogatepass"), safe="/.")[:6_000]


def _encode(pairs: Iterable[tuple[str, str]]) -> str:
    return urlencode([(name.encode("utf-8", "surrogatepass"), value.encode("utf-8", "surrogatepass")) for name, value in pairs])[
        :20_000
    ]


def _form(random: Random, pairs: list[tuple[str, str]]) -> bytes:
    name = random.choice(("queries", "extend", "query"))
    return _encode([*pairs, (name, json.dumps(_json(random, 0)))]).encode()


def _filter(random: Random, depth: int) -> str:
    """Return a random CQL2 filter, which is often invalid."""
    choice = random.random()
    if depth > 6 or choice < 0.25:
        return random.choice(_LITERALS)

    def inner() -> str:
        # Cut off, because nested parts could otherwise make a filter of many megabytes.
        return _filter(random, depth + 1)[:_MAX_PART]

    if choice < 0.65:
        return f"{inner()} {random.choice(_OPERATORS)} {inner()}"
    if choice < 0.75:
        return f"NOT ({inner()})"
    if choice < 0.85:
        return f"{random.choice(_FUNCTIONS)}({inner()}, {inner()})"
    if choice < 0.9:
        return random.choice((" AND ", " OR ")).join([inner()[:_MAX_REPEATED]] * random.choice((20, 1_000)))
    return "(" * random.choice((1, 200)) + inner() + ")" * random.choice((0, 1, 200))


def _json(random: Random, depth: int) -> Any:
    """Return a random JSON value with names that reconciliation and CQL2 know."""
    choice = random.random()
    if depth > 4 or choice < 0.3:
        return random.choice((*ODD[:30], 0, -1, 1e300, None, True, "huawei", "organization", [], {}))
    if choice < 0.5:
        return [_json(random, depth + 1) for _ in range(random.choice((0, 1, 2, 3, 60)))]
    names = (
        "query",
        "type",
        "limit",
        "properties",
        "pid",
        "v",
        "ids",
        "id",
        "q0",
        "op",
        "args",
        "property",
        "type_strict",
        "date",
    )
    return {random.choice(names): _json(random, depth + 1) for _ in range(random.choice((1, 2, 3)))}
