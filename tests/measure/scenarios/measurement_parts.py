"""Make measurements in OONI's format. Hosts are under .example, networks are those of RFC 5398, addresses are arbitrary.

`more` in the functions' parameters: fields to add or to replace.
"""

from typing import Any

SITE, OTHER, FORGED, BOGON = "151.101.1.69", "151.101.65.69", "45.11.12.13", "10.10.34.35"
SITE_NETWORK, FORGED_NETWORK, PROBE_NETWORK = 64500, 64501, 64510
TITLE, LENGTH = "The Daily Example", 4000
PAGE = f"<html><head><title>{TITLE}</title></head><body>{'news ' * 800}</body></html>"
BLOCK_PAGE = "<html><head><title>Sorry</title></head><body>Closed by order 17 of the Ministry of Examples.</body></html>"
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Please enable cookies: captcha</body></html>"
_NETWORKS = {SITE: SITE_NETWORK, OTHER: SITE_NETWORK, FORGED: FORGED_NETWORK}


def frame(test: str, version: str, tested: str | None, keys: Any, **more: Any) -> dict[str, Any]:
    """Return a measurement with these test keys."""
    return {
        "annotations": {"engine_name": "ooniprobe-engine", "platform": "android"},
        "data_format_version": "0.2.0",
        "input": tested,
        "measurement_start_time": "2026-03-01 12:30:00",
        "probe_asn": f"AS{PROBE_NETWORK}",
        "probe_cc": "XK",
        "probe_ip": "127.0.0.1",
        "report_id": f"20260301T123000Z_{test}_XK_{PROBE_NETWORK}_n1_aaaaaaaaaaaaaaaa",
        "resolver_asn": f"AS{PROBE_NETWORK}",
        "resolver_ip": "127.0.0.2",
        "software_name": "ooniprobe-android",
        "software_version": "5.0.0",
        "test_name": test,
        "test_start_time": "2026-03-01 12:29:59",
        "test_version": version,
        "test_keys": keys,
    } | more


def query(
    host: str, addresses: list[str], failure: str | None = None, engine: str = "getaddrinfo", **more: Any
) -> dict[str, Any]:
    """Return a DNS query for a host's addresses, with the answers or the failure. `engine`: `getaddrinfo`, `udp` or `doh`."""
    answers = [{"answer_type": "A", "ipv4": address, "asn": _NETWORKS.get(address), "ttl": None} for address in addresses]
    kind = "ANY" if engine == "getaddrinfo" else "A"
    return {"hostname": host, "query_type": kind, "engine": engine, "failure": failure, "answers": answers, "t": 0.1} | more


def connect(address: str, port: int, failure: str | None = None, **more: Any) -> dict[str, Any]:
    """Return an attempt to connect over TCP, which succeeded unless `failure` is given."""
    return {"ip": address, "port": port, "status": {"failure": failure, "success": failure is None}, "t": 0.2} | more


def handshake(name: str, address: str, failure: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a TLS handshake on port 443 of an address, which succeeded unless `failure` is given."""
    return {"server_name": name, "address": f"{address}:443", "failure": failure, "no_tls_verify": False, "t": 0.3} | more


def exchange(
    url: str, body: str = PAGE, code: int = 200, failure: str | None = None, headers: Any = None, **more: Any
) -> dict[str, Any]:
    """Return a request and its response."""
    answer = {"body": body, "body_is_truncated": False, "code": code, "headers": headers or {"Server": "example"}}
    return {"request": {"url": url, "method": "GET"}, "response": answer, "failure": failure, "t": 0.4} | more


def control(address: str = SITE, port: int = 443, **more: Any) -> dict[str, Any]:
    """Return a control measurement in which everything succeeded, with the changes in `more`."""
    page: dict[str, Any] = {"body_length": LENGTH, "failure": None, "headers": {}, "status_code": 200, "title": TITLE}
    return {
        "dns": {"failure": None, "addrs": [address]},
        "tcp_connect": {f"{address}:{port}": {"status": True, "failure": None}},
        "tls_handshake": {f"{address}:443": {"server_name": "", "status": True, "failure": None}},
        "http_request": page,
        "ip_info": {address: {"asn": SITE_NETWORK, "flags": 11}},
    } | more


HOST = "news.example"
PLAIN, SECURE = f"http://{HOST}/", f"https://{HOST}/"


def web(tested: str = SECURE, version: str = "0.4.3", **keys: Any) -> dict[str, Any]:
    """Return a web_connectivity measurement in which everything succeeded, except as changed by the test keys in `keys`."""
    port = 443 if tested.startswith("https") else 80
    success: dict[str, Any] = {
        "queries": [query(HOST, [SITE])],
        "tcp_connect": [connect(SITE, port)],
        "tls_handshakes": [handshake(HOST, SITE)] if port == 443 else None,
        "requests": [exchange(tested)],
        "control": control(port=port),
        "control_failure": None,
        "dns_consistency": "consistent",
        "client_resolver": "127.0.0.2",
    }
    return frame("web_connectivity", version, tested, success | keys)
