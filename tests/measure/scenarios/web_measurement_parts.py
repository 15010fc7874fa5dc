"""Parts of web_connectivity measurements, as written by its versions."""

from typing import Any, NamedTuple

from tests.measure.scenarios.measurement_parts import HOST, SECURE, SITE, connect, control, exchange, handshake, query, web

SIX = "2a04:4e42::69"
WWW, WWW_URL = f"www.{HOST}", f"https://www.{HOST}/"
NEXT, NEXT_URL = "shop.example.net", "https://shop.example.net/"
RESET, REFUSED, SILENT, ENDED = "connection_reset", "connection_refused", "generic_timeout_error", "eof_error"
DENIED, EMPTY = "dns_nxdomain_error", "dns_no_answer"
FAILED: dict[str, Any] = {"failure": "unknown_error", "status_code": -1, "body_length": -1, "headers": {}, "title": ""}
DENIED_TO_CONTROL: dict[str, Any] = {
    "failure": None,
    "status_code": 403,
    "body_length": 900,
    "headers": {},
    "title": "Denied",
}
MATCH: dict[str, Any] = {"body_length_match": True, "title_match": True, "headers_match": True, "status_code_match": True}
DIFFER: dict[str, Any] = {"body_length_match": False, "title_match": False, "headers_match": False, "status_code_match": True}


class Scenario(NamedTuple):
    """A measurement, the expected finding, and the reason."""

    measurement: dict[str, Any]
    verdict: str
    mechanism: str | None
    why: str
    rule: str = ""
    """The rule that must decide; empty if any rule may."""
    block_page_lists: bool = False
    """Whether the measurement is judged with the lists in tests/measure/fingerprints."""


def tags(depth: int = 0, *, page: bool = True, classic: bool = True) -> dict[str, Any]:
    """Return the tags that version 0.5.28 and later give an entry."""
    return {"tags": [*(["classic"] if classic else []), f"depth={depth}", f"fetch_body={str(page).lower()}"]}


def names(system: dict[str, Any], udp: dict[str, Any] | None = None, doh: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return queries of version 0.5 without tags: to the user's resolver, to another unencrypted one, and to an encrypted one."""
    good = query(HOST, [SITE])
    return [system, (udp or good) | {"engine": "udp"}, (doh or good) | {"engine": "doh"}]


def tagged(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the queries with tags: only the user's resolver is `classic`."""
    return [entry | tags(classic=entry["engine"] not in ("udp", "doh")) for entry in entries]


def at(address: str, request: dict[str, Any], port: int = 443) -> dict[str, Any]:
    """Return a request with its server's address, which version 0.5 records."""
    return request | {"address": f"[{address}]:{port}" if ":" in address else f"{address}:{port}", "network": "tcp"}


def lte(tested: str = SECURE, version: str = "0.5.28", **keys: Any) -> dict[str, Any]:
    """Return a measurement of version 0.5 in which everything succeeded, except as changed by the test keys in `keys`."""
    port = 443 if tested.startswith("https") else 80
    success: dict[str, Any] = {
        "queries": tagged(names(query(HOST, [SITE]))),
        "tcp_connect": [connect(SITE, port) | tags()],
        "tls_handshakes": [handshake(HOST, SITE) | tags()] if port == 443 else [],
        "requests": [at(SITE, exchange(tested), port) | tags()],
        "control": both(port),
        "dns_consistency": None,
    }
    return web(tested, version, **success | keys)


def both(port: int = 443, *addresses: str, **more: Any) -> dict[str, Any]:
    """Return a control that succeeded at SITE and further addresses, both at the page's port and at port 443."""
    hosts = [f"[{address}]" if ":" in address else address for address in (SITE, *addresses)]
    success = {"status": True, "failure": None}
    results = control(
        tcp_connect={f"{host}:{number}": success for host in hosts for number in {port, 443}},
        tls_handshake={f"{host}:443": {"server_name": HOST} | success for host in hosts},
    )
    return results | {"dns": {"failure": None, "addrs": [SITE]}} | more


def old(tested: str = SECURE, **keys: Any) -> dict[str, Any]:
    """Return a measurement of the C++ engine (2016 to 2020), which records no TLS and has few names for failures."""
    helper = control(port=443 if tested.startswith("https") else 80)
    del helper["tls_handshake"], helper["ip_info"]
    measurement = web(tested, "0.0.1", **{"tls_handshakes": None, "control": helper} | keys)
    measurement["annotations"] = {"engine_name": "libmeasurement_kit", "platform": "ios"}
    return measurement


def failed(url: str, failure: str, code: int = 0) -> dict[str, Any]:
    """Return a request that failed, with an empty response body. `code`: status of the response; 0 without a response."""
    return exchange(url, "", code, failure)


def moved(url: str, to: str) -> dict[str, Any]:
    """Return a request that the server redirected permanently (status 301) to the address `to`."""
    return exchange(url, "", 301, headers={"Location": to})
