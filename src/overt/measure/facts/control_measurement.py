"""The control measurement: what OONI's test helper saw at the same time from an uncensored network.

It is web_connectivity's `control`. `compare_pages` compares the probe's page with the control's.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from overt.measure.protocols.dns import all_bogons
from overt.measure.protocols.failures import CERTIFICATE, DNS_BOGON, NO_ANSWER, NXDOMAIN, OK, entry_failure
from overt.measure.protocols.http import CHALLENGE, Exchange, is_from_content_network
from overt.measure.protocols.ip_addresses import NONE, address_kind
from overt.measure.protocols.json_values import integer, mapping, text

ERROR, NOTHING, FAILED, BOGON = "error", "none", "failed", "bogon"
LENGTH_RATIO = 0.7
"""Two pages count as equally long if the length of the shorter, divided by that of the longer, is greater than this (ts-017,
`body_proportion`).
"""


class Control(NamedTuple):
    """The helper's results. `none` means that the helper has no result, which does not contradict the probe's."""

    dns: str
    addresses: frozenset[str]
    networks: frozenset[int]
    http: str
    code: int
    """Status code of the page; 0 if unknown."""
    length: int
    """Length of the page in bytes; -1 if unknown."""
    title: str
    tcp: dict[str, Any]
    tls: dict[str, Any]
    quic: dict[str, Any]

    @property
    def page(self) -> str:
        """`ok` for a page, `error` for a page with an error status or a content network's challenge, `failed`, or `none`."""
        return ERROR if self.http == OK and (self.code >= 400 or CHALLENGE.search(self.title)) else self.http

    @property
    def site_tls(self) -> str:
        """The result of TLS at the addresses that the helper itself resolved."""
        return self.tls_result(https_endpoints(self.addresses))

    def tcp_result(self, endpoints: Iterable[str]) -> str:
        """Return `ok` if the helper connected to any of the endpoints, `failed` if all attempts failed, `none` if it made no
        attempt.
        """
        return _best_result(self.tcp, endpoints)

    def tls_result(self, endpoints: Iterable[str]) -> str:
        """Return the result of TLS as `tcp_result` does; `certificate` if none succeeded and a certificate was invalid."""
        return _best_result(self.tls, endpoints)

    def quic_result(self, endpoints: Iterable[str]) -> str:
        """Return the result for QUIC as `tls_result` does for TLS."""
        return _best_result(self.quic, endpoints)


_EMPTY = Control(NOTHING, frozenset(), frozenset(), NOTHING, 0, -1, "", {}, {}, {})


def parse_control(keys: dict[str, Any]) -> Control:
    """Parse the control measurement in the test keys of a web_connectivity measurement.

    If there is no control measurement, or if it failed as a whole, all results are `none`.
    """
    control = keys.get("control")
    if type(control) is not dict or not control or keys.get("control_failure") is not None:
        return _EMPTY
    dns, page, ip_info = mapping(control.get("dns")), mapping(control.get("http_request")), mapping(control.get("ip_info"))
    values = dns.get("addrs")
    addresses = [
        address for address in (values if type(values) is list else ()) if type(address) is str and address_kind(address) != NONE
    ]
    numbers = (integer(mapping(ip_info.get(address)).get("asn")) for address in addresses)
    networks = [number for number in numbers if number is not None and number > 0]
    code, length = integer(page.get("status_code")), integer(page.get("body_length"))
    has_page = 100 <= code < 600 if code is not None else length is not None and length >= 0
    answered = has_page and entry_failure(page, has_page) == OK
    return Control(
        _dns_result(dns, addresses),
        frozenset(addresses),
        frozenset(networks),
        OK if answered else FAILED if type(page.get("failure")) is str and page["failure"] else NOTHING,
        code if answered and code is not None else 0,
        length if answered and length is not None else -1,
        " ".join(text(page.get("title")).split()) if answered else "",
        mapping(control.get("tcp_connect")),
        mapping(control.get("tls_handshake")),
        mapping(control.get("quic_handshake")),
    )


def _dns_result(dns: dict[str, Any], addresses: list[str]) -> str:
    values = dns.get("addrs")
    failure = entry_failure(dns, type(values) is list)
    if failure in (OK, DNS_BOGON) and type(values) is list and all(type(value) is str for value in values):
        return NO_ANSWER if not addresses else BOGON if all_bogons(addresses) else OK
    if failure in (NXDOMAIN, NO_ANSWER):
        return failure
    return FAILED if type(dns.get("failure")) is str and dns["failure"] else NOTHING


def https_endpoints(addresses: Iterable[str]) -> list[str]:
    """Return the addresses with port 443, as the helper writes endpoints."""
    return [f"[{address}]:443" if ":" in address else f"{address}:443" for address in addresses]


def _best_result(results: dict[str, Any], endpoints: Iterable[str]) -> str:
    best = NOTHING
    for endpoint in endpoints:
        result = results.get(endpoint)
        if type(result) is not dict:
            continue
        failure = entry_failure(result)
        if result.get("status") is True and result.get("failure") in (None, False):
            return OK
        if type(result.get("failure")) is str and result["failure"]:
            best = CERTIFICATE if failure == CERTIFICATE else best if best == CERTIFICATE else FAILED
    return best


def compare_pages(keys: dict[str, Any], page: Exchange, control: Control) -> str:
    """Compare the probe's page with the control's.

    Return `same`, `alike` (about the same length, and no title to compare), `different`, `unlike` (only the headers and the
    status code match), `unclear`, or `none` if one of the pages is missing.

    The probe compared complete pages, which publishers sometimes truncate. So the result is `same` if either the probe's
    comparison or ours finds the pages equal, and `different` only if neither does.
    """
    if page.code == 0 or control.http != OK:
        return NOTHING
    probe = {name: keys.get(name) for name in ("body_length_match", "title_match", "headers_match", "status_code_match")}
    same_title = probe["title_match"] is True and len(control.title) > 4
    title = page.title
    if title and control.title:
        same_title = same_title or title.casefold() == control.title.casefold()
    ratio = _length_ratio(len(page.body.encode("utf-8", "replace")), control.length)
    same_length = probe["body_length_match"] is True or (ratio is not None and ratio > LENGTH_RATIO and not page.truncated)
    # Early versions of the helper recorded no status code.
    same_code = page.code == control.code or probe["status_code_match"] is True
    same_code = same_code or (not control.code and probe["status_code_match"] is None)
    same_headers = probe["headers_match"] is True
    title_differs = probe["title_match"] is False or (bool(control.title) and bool(page.body) and probe["title_match"] is None)
    if same_code and (same_title or (same_length and same_headers)):
        return "same"
    if same_code and same_length and not title_differs:
        return "alike"
    if page.truncated or not page.body:
        # Only the headers can be compared with the control's page.
        return "same" if same_code and same_headers and not control.title else "unclear"
    length_differs = probe["body_length_match"] is False or (probe["body_length_match"] is None and ratio is not None)
    if same_title or same_length or not (title_differs or not same_code) or not length_differs:
        return "unclear"
    if page.code >= 500 > control.code or (page.code >= 400 and is_from_content_network(page)):
        # A server that fails for a moment, or does not serve this country, looks the same as a blocked one.
        return "unclear"
    return "unlike" if same_headers and same_code else "different"


def _length_ratio(first: int, second: int) -> float | None:
    return min(first, second) / max(first, second) if first > 0 and second > 0 else None
