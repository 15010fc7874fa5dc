"""What the test helper saw at the same time from an uncensored network (web_connectivity's `control`)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from overt.measure.addresses import NONE, address_kind
from overt.measure.dns import bogons
from overt.measure.failures import CERTIFICATE, DNS_BOGON, NO_ANSWER, NXDOMAIN, OK, kind_of
from overt.measure.http import CHALLENGE, Exchange, of_content_network
from overt.measure.values import mapping, text, whole

ERROR = "error"
NOTHING, FAILED, BOGON, LENGTH_ALIKE = "none", "failed", "bogon", 0.7
"""The last: pages are alike whose lengths differ by less than this ratio (spec ts-017, `body_proportion`)."""


class Control(NamedTuple):
    """The helper's findings; `none` where there is none, which is no finding against the probe's."""

    dns: str
    addresses: frozenset[str]
    networks: frozenset[int]
    http: str
    code: int
    length: int
    title: str
    tcp: dict[str, Any]
    tls: dict[str, Any]
    quic: dict[str, Any]

    @property
    def page(self) -> str:
        """`ok` for a page, `error` where the site or its content network refused the helper, `failed`, `none`."""
        return ERROR if self.http == OK and (self.code >= 400 or CHALLENGE.search(self.title)) else self.http

    @property
    def site_tls(self) -> str:
        """How TLS went at the addresses that the helper itself was given."""
        return self.encrypted(https_endpoints(self.addresses))

    def connected(self, endpoints: Iterable[str]) -> str:
        """Whether the helper could connect to one of these: ok, failed (all that it tried), none (it tried none)."""
        return _best(self.tcp, endpoints)

    def encrypted(self, endpoints: Iterable[str]) -> str:
        """The same for TLS, where `certificate` says that it failed by the certificate alone."""
        return _best(self.tls, endpoints)

    def encrypted_quic(self, endpoints: Iterable[str]) -> str:
        """The same for QUIC."""
        return _best(self.quic, endpoints)


_EMPTY = Control(NOTHING, frozenset(), frozenset(), NOTHING, 0, -1, "", {}, {}, {})


def control(keys: dict[str, Any]) -> Control:
    """The control measurement that stands in a web_connectivity measurement."""
    held = keys.get("control")
    if type(held) is not dict or not held or keys.get("control_failure") is not None:
        return _EMPTY
    resolved, page, about = mapping(held.get("dns")), mapping(held.get("http_request")), mapping(held.get("ip_info"))
    given = resolved.get("addrs")
    addresses = [one for one in (given if type(given) is list else ()) if type(one) is str and address_kind(one) != NONE]
    networks = [number for one in addresses if (number := whole(mapping(about.get(one)).get("asn"))) is not None and number > 0]
    code, length = whole(page.get("status_code")), whole(page.get("body_length"))
    failure = kind_of(page)
    answered = failure == OK and (
        (code is not None and 100 <= code < 600) or (code is None and length is not None and length >= 0)
    )
    return Control(
        _dns(resolved, addresses),
        frozenset(addresses),
        frozenset(networks),
        OK if answered else FAILED if type(page.get("failure")) is str and page["failure"] else NOTHING,
        code if answered and code is not None else 0,
        length if answered and length is not None else -1,
        " ".join(text(page.get("title")).split()) if answered else "",
        mapping(held.get("tcp_connect")),
        mapping(held.get("tls_handshake")),
        mapping(held.get("quic_handshake")),
    )


def _dns(resolved: dict[str, Any], addresses: list[str]) -> str:
    failure = kind_of(resolved)
    given = resolved.get("addrs")
    if failure in (OK, DNS_BOGON) and type(given) is list and all(type(one) is str for one in given):
        return NO_ANSWER if not addresses else BOGON if bogons(addresses) else OK
    if failure in (NXDOMAIN, NO_ANSWER):
        return failure
    return FAILED if type(resolved.get("failure")) is str and resolved["failure"] else NOTHING


def https_endpoints(addresses: Iterable[str]) -> list[str]:
    """The addresses with the port of HTTPS, as the helper writes them."""
    return [f"[{one}]:443" if ":" in one else f"{one}:443" for one in addresses]


def _best(held: dict[str, Any], endpoints: Iterable[str]) -> str:
    found = NOTHING
    for endpoint in endpoints:
        one = held.get(endpoint)
        if type(one) is not dict:
            continue
        failure = kind_of(one)
        if one.get("status") is True and one.get("failure", "") in (None, False):
            return OK
        if type(one.get("failure")) is str and one["failure"]:
            found = CERTIFICATE if failure == CERTIFICATE else found if found == CERTIFICATE else FAILED
    return found


def compared(keys: dict[str, Any], page: Exchange, held: Control) -> str:
    """How the probe's page stands to the control's: same, alike (its length alone, and no title to compare), different, unlike
    (only the headers are alike), unclear, none.

    The probe's own comparison was made with the whole page, which publishers shorten at times; so `same` holds where either the
    probe or the page at hand says so, `different` only where neither does.
    """
    if page.code == 0 or held.http != OK:
        return NOTHING
    told = {name: keys.get(name) for name in ("body_length_match", "title_match", "headers_match", "status_code_match")}
    title, of_control = page.title, held.title
    same_title = told["title_match"] is True and len(of_control) > 4
    if title and of_control:
        same_title = same_title or title.casefold() == of_control.casefold()
    share = _share(len(page.body.encode("utf-8", "replace")), held.length)
    same_length = told["body_length_match"] is True or (share is not None and share > LENGTH_ALIKE and not page.truncated)
    # The first helpers told no status.
    answered_alike = page.code == held.code or told["status_code_match"] is True
    answered_alike = answered_alike or (not held.code and told["status_code_match"] is None)
    headers_alike = told["headers_match"] is True
    title_differs = told["title_match"] is False or (bool(of_control) and bool(page.body) and told["title_match"] is None)
    if answered_alike and (same_title or (same_length and headers_alike)):
        return "same"
    if answered_alike and same_length and not title_differs:
        return "alike"
    if page.truncated or not page.body:
        # Nothing to hold against the control's page but its head.
        return "same" if answered_alike and headers_alike and not of_control else "unclear"
    length_differs = told["body_length_match"] is False or (told["body_length_match"] is None and share is not None)
    if same_title or same_length or not (title_differs or not answered_alike) or not length_differs:
        return "unclear"
    if page.code >= 500 > held.code or (page.code >= 400 and of_content_network(page)):
        # A server that fails for a moment, or does not serve this country, looks no different from one that is kept from us.
        return "unclear"
    return "unlike" if headers_alike and answered_alike else "different"


def _share(one: int, other: int) -> float | None:
    return min(one, other) / max(one, other) if one > 0 and other > 0 else None
