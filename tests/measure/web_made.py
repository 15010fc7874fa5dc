"""Parts of measurements of web_connectivity, as its versions write them."""

from typing import Any, NamedTuple

from tests.measure.generated import HOST, SECURE, SITE, connect, control, exchange, handshake, query, web

SIX = "2a04:4e42::69"
WWW, WWW_URL = f"www.{HOST}", f"https://www.{HOST}/"
NEXT, NEXT_URL = "shop.example.net", "https://shop.example.net/"
RESET, REFUSED, SILENT, ENDED = "connection_reset", "connection_refused", "generic_timeout_error", "eof_error"
DENIED, EMPTY = "dns_nxdomain_error", "dns_no_answer"
FAILED: dict[str, Any] = {"failure": "unknown_error", "status_code": -1, "body_length": -1, "headers": {}, "title": ""}
MATCH: dict[str, Any] = {"body_length_match": True, "title_match": True, "headers_match": True, "status_code_match": True}
DIFFER: dict[str, Any] = {"body_length_match": False, "title_match": False, "headers_match": False, "status_code_match": True}


class Scenario(NamedTuple):
    """A measurement, and what has to be said of it."""

    made: dict[str, Any]
    verdict: str
    mechanism: str | None
    why: str


def tags(depth: int = 0, *, page: bool = True, classic: bool = True) -> dict[str, Any]:
    """The tags of an entry of version 0.5.28 and later."""
    return {"tags": [*(["classic"] if classic else []), f"depth={depth}", f"fetch_body={str(page).lower()}"]}


def names(system: dict[str, Any], udp: dict[str, Any] | None = None, doh: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Questions of version 0.5 before it had marks: to the user's resolver, to another in the clear, to an encrypted one."""
    good = query(HOST, [SITE])
    return [system, (udp or good) | {"engine": "udp"}, (doh or good) | {"engine": "doh"}]


def marked(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with marks: the user's resolver alone is what a user sees."""
    return [one | tags(classic=one["engine"] not in ("udp", "doh")) for one in entries]


def at(address: str, request: dict[str, Any], port: int = 443) -> dict[str, Any]:
    """A request that tells whom it went to, as version 0.5 does."""
    return request | {"address": f"[{address}]:{port}" if ":" in address else f"{address}:{port}", "network": "tcp"}


def lte(tested: str = SECURE, version: str = "0.5.28", **keys: Any) -> dict[str, Any]:
    """A measurement of version 0.5 in which all is well but what `keys` change."""
    port = 443 if tested.startswith("https") else 80
    well: dict[str, Any] = {
        "queries": marked(names(query(HOST, [SITE]))),
        "tcp_connect": [connect(SITE, port) | tags()],
        "tls_handshakes": [handshake(HOST, SITE) | tags()] if port == 443 else [],
        "requests": [at(SITE, exchange(tested), port) | tags()],
        "control": both(port),
        "dns_consistency": None,
    }
    return web(tested, version, **well | keys)


def both(port: int = 443, *addresses: str, **more: Any) -> dict[str, Any]:
    """The helper's findings at several addresses, at the page's port and that of TLS."""
    ends = [f"[{one}]" if ":" in one else one for one in (SITE, *addresses)]
    well = {"status": True, "failure": None}
    found = control(
        tcp_connect={f"{one}:{each}": well for one in ends for each in {port, 443}},
        tls_handshake={f"{one}:443": {"server_name": HOST} | well for one in ends},
    )
    return found | {"dns": {"failure": None, "addrs": [SITE]}} | more


def old(tested: str = SECURE, **keys: Any) -> dict[str, Any]:
    """A measurement of the C++ engine (2016 to 2020), which tells nothing of TLS and has few names for failures."""
    held = control(port=443 if tested.startswith("https") else 80)
    del held["tls_handshake"], held["ip_info"]
    made = web(tested, "0.0.1", **{"tls_handshakes": None, "control": held} | keys)
    made["annotations"] = {"engine_name": "libmeasurement_kit", "platform": "ios"}
    return made


def failed(url: str, failure: str, code: int = 0) -> dict[str, Any]:
    """A request that failed."""
    return exchange(url, "", code, failure)


def moved(url: str, to: str) -> dict[str, Any]:
    """A redirect."""
    return exchange(url, "", 301, headers={"Location": to})
