"""Scenarios: generated measurements, each with the expected verdict and mechanism.

`python -m tests.measure.scenarios.measurement_scenarios DIR` writes these scenarios and those in service_cases.py as files.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    BOGON,
    CHALLENGE,
    FORGED,
    HOST,
    LENGTH,
    OTHER,
    PAGE,
    PLAIN,
    SECURE,
    SITE,
    connect,
    control,
    exchange,
    frame,
    handshake,
    query,
    web,
)

_FAILED = {"failure": "unknown_error", "status_code": -1, "body_length": -1, "headers": {}, "title": ""}
_REFUSED: dict[str, Any] = {"failure": None, "status_code": 403, "body_length": 900, "headers": {}, "title": "Denied"}
_DOWN: dict[str, Any] = {"http_request": _FAILED}
_MATCH: dict[str, Any] = {"body_length_match": True, "title_match": True, "headers_match": True, "status_code_match": True}
_DIFFER: dict[str, Any] = {"body_length_match": False, "title_match": False, "headers_match": False, "status_code_match": True}


def _resolved(system: dict[str, Any], udp: dict[str, Any], doh: dict[str, Any]) -> dict[str, Any]:
    """Return the queries of version 0.5: to the user's resolver, to another unencrypted one, and to an encrypted one."""
    tags = {"tags": ["classic", "depth=0"]}
    return {
        "queries": [system | tags, udp | {"engine": "udp", "tags": ["depth=0"]}, doh | {"engine": "doh", "tags": ["depth=0"]}]
    }


def _at_both(failure: str | None) -> dict[str, Any]:
    """Return a control that tried TLS both at its own address and at the user's."""
    handshakes = {f"{address}:443": {"status": failure is None, "failure": failure} for address in (SITE, FORGED)}
    return control(tls_handshake=handshakes, tcp_connect={endpoint: {"status": True, "failure": None} for endpoint in handshakes})


def scenarios() -> dict[str, tuple[dict[str, Any], str, str | None]]:
    """Return scenarios by name: measurement, expected verdict, expected mechanism."""
    good, forged, denied = query(HOST, [SITE]), query(HOST, [FORGED]), query(HOST, [], "dns_nxdomain_error")
    cut, dead = exchange(SECURE, "", 0, "connection_reset"), exchange(SECURE, "", 0, "generic_timeout_error")
    marked = {"tags": ["classic", "depth=0", "fetch_body=true"]}
    later = {"tags": ["classic", "depth=1", "fetch_body=true"]}
    web_scenarios: dict[str, tuple[dict[str, Any], str, str | None]] = {
        "secure": (web(), "ok", None),
        "plain": (web(PLAIN, **_MATCH), "ok", None),
        "secure-without-control": (web(control=None, control_failure="generic_timeout_error"), "ok", None),
        "plain-without-control": (web(PLAIN, control=None, control_failure="generic_timeout_error"), "insufficient", None),
        "name-denied": (
            web(**_resolved(denied, good, good), tcp_connect=None, tls_handshakes=None, requests=None),
            "blocked",
            "nxdomain",
        ),
        "name-denied-old": (web(version="0.1.0", queries=[denied], tcp_connect=None, requests=None), "blocked", "nxdomain"),
        "name-denied-without-control": (
            web(queries=[denied], tcp_connect=None, requests=None, control=None),
            "insufficient",
            None,
        ),
        "name-refused": (
            web(
                **_resolved(query(HOST, [], "dns_refused_error"), good, good),
                tcp_connect=None,
                tls_handshakes=None,
                requests=None,
            ),
            "blocked",
            "dns-refusal",
        ),
        "no-such-name": (
            web(
                queries=[denied],
                tcp_connect=None,
                tls_handshakes=None,
                requests=None,
                control=control(dns={"failure": "dns_name_error", "addrs": []}, **_DOWN),
            ),
            "down",
            None,
        ),
        "bogon": (
            web(
                queries=[query(HOST, [BOGON])],
                tcp_connect=[connect(BOGON, 443, "generic_timeout_error")],
                tls_handshakes=None,
                requests=[dead],
            ),
            "blocked",
            "dns-forged-address",
        ),
        "bogon-injected": (
            web(
                **_resolved(query(HOST, [BOGON]), query(HOST, [BOGON]), good), tcp_connect=[], tls_handshakes=None, requests=None
            ),
            "blocked",
            "dns-injection",
        ),
        "bogon-without-control": (
            web(queries=[query(HOST, [BOGON])], tcp_connect=[], requests=None, tls_handshakes=None, control=None),
            "insufficient",
            None,
        ),
        "bogon-for-all": (
            web(
                queries=[query(HOST, [BOGON])],
                tcp_connect=[],
                tls_handshakes=None,
                requests=None,
                control=control(BOGON, **_DOWN),
            ),
            "down",
            None,
        ),
        "forged-certificate": (
            web(
                **_resolved(forged, forged, good),
                tcp_connect=[connect(FORGED, 443) | marked],
                tls_handshakes=[handshake(HOST, FORGED, "ssl_invalid_hostname") | marked],
                requests=[],
            ),
            "blocked",
            "dns-injection",
        ),
        "forged-dead": (
            web(queries=[forged], tcp_connect=[connect(FORGED, 443, "connection_refused")], tls_handshakes=None, requests=[]),
            "blocked",
            "dns-forged-address",
        ),
        "other-address-same-network": (web(queries=[query(HOST, [OTHER])], tls_handshakes=[handshake(HOST, OTHER)]), "ok", None),
        "other-address-good-certificate": (
            web(queries=[forged], tcp_connect=[connect(FORGED, 443)], tls_handshakes=[handshake(HOST, FORGED)]),
            "ok",
            None,
        ),
        "connection-refused": (
            web(tcp_connect=[connect(SITE, 443, "connection_refused")], tls_handshakes=None, requests=[]),
            "blocked",
            "tcp-reset",
        ),
        "connection-silent": (
            web(tcp_connect=[connect(SITE, 443, "generic_timeout_error")], tls_handshakes=None, requests=[dead]),
            "blocked",
            "timeout",
        ),
        "connection-silent-for-all": (
            web(
                tcp_connect=[connect(SITE, 443, "generic_timeout_error")],
                tls_handshakes=None,
                requests=[dead],
                control=control(tcp_connect={f"{SITE}:443": {"status": False, "failure": "generic_timeout_error"}}, **_DOWN),
            ),
            "down",
            None,
        ),
        "connection-without-control": (
            web(tcp_connect=[connect(SITE, 443, "generic_timeout_error")], tls_handshakes=None, requests=[dead], control=None),
            "insufficient",
            None,
        ),
        "no-ipv6": (
            web(tcp_connect=[connect("2a04:4e42::69", 443, "network_unreachable"), connect(SITE, 443)]),
            "ok",
            None,
        ),
        "handshake-cut": (
            web(tls_handshakes=[handshake(HOST, SITE, "connection_reset")], requests=[cut]),
            "blocked",
            "tls-interference",
        ),
        "handshake-silent": (
            web(tls_handshakes=[handshake(HOST, SITE, "generic_timeout_error")], requests=[dead]),
            "blocked",
            "tls-interference",
        ),
        "handshake-without-control": (
            web(tls_handshakes=[handshake(HOST, SITE, "connection_reset")], requests=[cut], control=None),
            "insufficient",
            None,
        ),
        "handshake-cut-later": (
            web(
                version="0.5.28",
                queries=[good | marked, query("www.news.example", [OTHER]) | later],
                tcp_connect=[connect(SITE, 443) | marked, connect(OTHER, 443) | later],
                tls_handshakes=[handshake(HOST, SITE) | marked, handshake("www.news.example", OTHER, "connection_reset") | later],
                requests=[exchange(SECURE, "", 301, headers={"Location": "https://www.news.example/"}) | marked],
            ),
            "blocked",
            "tls-interference",
        ),
        "bad-certificate-for-all": (
            web(
                tls_handshakes=[handshake(HOST, SITE, "ssl_invalid_certificate")],
                requests=[],
                control=control(tls_handshake={f"{SITE}:443": {"status": False, "failure": "ssl_invalid_certificate"}}, **_DOWN),
            ),
            "down",
            None,
        ),
        "bad-certificate-here": (
            web(tls_handshakes=[handshake(HOST, SITE, "ssl_unknown_authority")], requests=[]),
            "insufficient",
            None,
        ),
        "request-cut": (web(PLAIN, requests=[exchange(PLAIN, "", 0, "connection_reset")]), "blocked", "tcp-reset"),
        "request-silent": (web(PLAIN, requests=[exchange(PLAIN, "", 0, "generic_timeout_error")]), "blocked", "timeout"),
        "secure-request-cut-old": (web(version="0.1.0", tls_handshakes=None, requests=[cut]), "blocked", "tls-interference"),
        "slow": (web(PLAIN, requests=[exchange(PLAIN, "<html>", 200, "generic_timeout_error")]), "blocked", "throttling"),
        "other-page": (web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], **_DIFFER), "blocked", "http-diff"),
        "other-page-without-control": (
            web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE)], control=None, **_DIFFER),
            "insufficient",
            None,
        ),
        "sent-inside": (
            web(
                PLAIN,
                requests=[
                    exchange(PLAIN, "", 302, "http_invalid_redirect_location_host", {"Location": "http://192.168.1.1/stop"})
                ],
            ),
            "blocked",
            "http-diff",
        ),
        "sent-nowhere": (
            web(PLAIN, requests=[exchange(PLAIN, "", 302, "http_invalid_redirect_location_host", {"Location": "http://"})]),
            "down",
            None,
        ),
        "sent-elsewhere": (
            web(
                PLAIN,
                requests=[
                    exchange("http://stop.example.net/", BLOCK_PAGE),
                    exchange(PLAIN, "", 302, headers={"Location": "http://stop.example.net/"}),
                ],
                **_DIFFER | {"headers_match": True},
            ),
            "blocked",
            "http-diff",
        ),
        "sent-to-a-secure-block-page": (
            web(
                PLAIN,
                requests=[
                    exchange("https://stop.example.net/", BLOCK_PAGE),
                    exchange(PLAIN, "", 302, headers={"Location": "https://stop.example.net/"}),
                ],
                tls_handshakes=[handshake("stop.example.net", FORGED)],
                **_DIFFER,
            ),
            "blocked",
            "http-diff",
        ),
        "sent-to-its-own-secure-page": (
            web(
                PLAIN,
                requests=[exchange(SECURE), exchange(PLAIN, "", 301, headers={"Location": SECURE})],
                control=None,
            ),
            "ok",
            None,
        ),
        "oldest-first": (
            web(
                PLAIN,
                version="0.0.1",
                requests=[exchange(PLAIN, "", 301, headers={"Location": f"http://www.{HOST}/"}), exchange(f"http://www.{HOST}/")],
            ),
            "ok",
            None,
        ),
        "first-version": (
            web(
                PLAIN,
                version="0.0.1",
                tcp_connect=[{"ip": SITE, "port": 80, "status": {"blocked": False, "failure": False, "success": True}}],
                control=control(port=80, http_request={"body_length": LENGTH, "failure": None, "headers": {}}),
            ),
            "ok",
            None,
        ),
        "bogon-with-the-control-s-page": (
            web(PLAIN, queries=[query(HOST, [BOGON])], tcp_connect=[connect(BOGON, 80)], **_MATCH),
            "ok",
            None,
        ),
        "control-refused": (
            web(PLAIN, control=control(port=80, http_request=_REFUSED), **_DIFFER | {"status_code_match": False}),
            "insufficient",
            None,
        ),
        "control-challenged": (
            web(PLAIN, control=control(port=80, http_request=_REFUSED | {"title": "Just a moment..."}), **_DIFFER),
            "insufficient",
            None,
        ),
        "name-denied-control-refused": (
            web(
                **_resolved(denied, good, good),
                tcp_connect=None,
                tls_handshakes=None,
                requests=None,
                control=control(http_request=_REFUSED),
            ),
            "blocked",
            "nxdomain",
        ),
        "no-such-name-but-a-page": (
            web(
                queries=[denied],
                tcp_connect=None,
                tls_handshakes=None,
                requests=None,
                control=control(dns={"failure": "dns_name_error", "addrs": []}),
            ),
            "insufficient",
            None,
        ),
        "silent-at-an-address-that-the-control-proved": (
            web(
                queries=[forged],
                tcp_connect=[connect(FORGED, 443, "generic_timeout_error")],
                tls_handshakes=None,
                requests=[],
                control=_at_both(None),
            ),
            "blocked",
            "timeout",
        ),
        "refused-at-an-address-that-the-control-reached": (
            web(
                PLAIN,
                queries=[forged],
                tcp_connect=[connect(FORGED, 80, "connection_refused")],
                requests=[],
                control=control(tcp_connect={f"{FORGED}:80": {"status": True, "failure": None}}),
            ),
            "blocked",
            "tcp-reset",
        ),
        "certificate-that-holds-nowhere": (
            web(
                queries=[forged],
                tcp_connect=[connect(FORGED, 443)],
                tls_handshakes=[handshake(HOST, FORGED, "ssl_invalid_hostname")],
                requests=[],
                control=_at_both("ssl_invalid_hostname"),
            ),
            "down",
            None,
        ),
        "handshake-cut-at-the-last-host-of-a-chain": (
            web(
                tls_handshakes=[handshake(HOST, SITE), handshake(f"www.{HOST}", OTHER, "connection_reset")],
                requests=[
                    exchange(f"https://www.{HOST}/", "", 0, "connection_reset"),
                    exchange(SECURE, "", 301, headers={"Location": f"https://www.{HOST}/"}),
                ],
            ),
            "blocked",
            "tls-interference",
        ),
        "redirect-alone": (
            web(PLAIN, requests=[exchange(PLAIN, "", 301, headers={"Location": f"https://www.{HOST}/"})], **_MATCH),
            "insufficient",
            None,
        ),
        "secure-redirect-alone": (
            web(requests=[exchange(SECURE, "", 301, headers={"Location": "https://stop.example.net/"})], control=None),
            "insufficient",
            None,
        ),
        "server-error": (web(PLAIN, requests=[exchange(PLAIN, BLOCK_PAGE, 502)], **_DIFFER), "insufficient", None),
        "captcha": (web(PLAIN, requests=[exchange(PLAIN, CHALLENGE, 403)], **_DIFFER | {"status_code_match": False}), "ok", None),
        "shortened-page": (web(PLAIN, version="0.0.1", requests=[exchange(PLAIN, "..")], **_MATCH), "ok", None),
        "quic-cut": (
            web(
                queries=[good],
                tcp_connect=None,
                tls_handshakes=None,
                requests=None,
                quic_handshakes=[handshake(HOST, SITE, "generic_timeout_error")],
                control=control(quic_handshake={f"{SITE}:443": {"status": True, "failure": None}}),
            ),
            "blocked",
            "quic-interference",
        ),
        "no-findings": (web() | {"test_keys": None}, "insufficient", None),
        "nothing-tried": (frame("web_connectivity", "0.4.3", SECURE, {}), "insufficient", None),
    }
    return web_scenarios | _services()


_CENTRES = ["149.154.175.50", "149.154.167.51", "149.154.175.100"]


def _telegram(centres: str | None, site: str | None, number: int = 3) -> dict[str, Any]:
    name = "web.telegram.org"
    return frame(
        "telegram",
        "0.3.0",
        None,
        {
            "queries": [query(name, [SITE])],
            "tcp_connect": [connect(address, port, centres) for address in _CENTRES[:number] for port in (80, 443)]
            + [connect(SITE, 443)],
            "tls_handshakes": [handshake(name, SITE, site)],
            "requests": [exchange(f"http://{address}/", "", 0 if centres else 501, centres) for address in _CENTRES[:number]]
            + [exchange(f"https://{name}/", "" if site else PAGE, 0 if site else 200, site)],
        },
    )


def _hosts(test: str, names: list[str], failed: int, failure: str) -> dict[str, Any]:
    hosts = [(name, f"151.101.2.{at + 1}", failure if at < failed else None) for at, name in enumerate(names)]
    return frame(
        test,
        "0.2.5",
        None,
        {
            "queries": [query(name, [address]) for name, address, _ in hosts],
            "tcp_connect": [connect(address, 443) for _, address, _ in hosts],
            "tls_handshakes": [handshake(name, address, failure) for name, address, failure in hosts],
            "requests": [exchange(f"https://{name}/", "", 0 if failure else 404, failure) for name, _, failure in hosts],
        },
    )


def _whatsapp(endpoints: str | None, registration: str | None) -> dict[str, Any]:
    measurement = _hosts("whatsapp", ["v.whatsapp.net"], 1 if registration else 0, registration or "")
    keys = measurement["test_keys"]
    keys["queries"] += [query(f"e{n}.whatsapp.net", [f"151.101.3.{n}"]) for n in range(1, 5)]
    keys["tcp_connect"] += [connect(f"151.101.3.{n}", 5222, endpoints) for n in range(1, 5)]
    return measurement


def _with(measurement: dict[str, Any], connection: dict[str, Any]) -> dict[str, Any]:
    measurement["test_keys"]["tcp_connect"].append(connection)
    return measurement


def _messenger(addresses: list[str], failure: str | None) -> dict[str, Any]:
    names = ["edge-mqtt.facebook.com", "b-api.facebook.com", "b-graph.facebook.com", "star.c10r.facebook.com"]
    keys = {
        "queries": [query(name, addresses) for name in names],
        "tcp_connect": [connect(address, 443, failure) for address in addresses],
    }
    for entry in keys["queries"]:
        for answer in entry["answers"]:
            answer["asn"] = 32934
    return frame("facebook_messenger", "0.2.1", None, keys)


def _tor(authorities: str | None, bridges: str | None, number: int = 9, authorities_tried: int = 9) -> dict[str, Any]:
    def target(protocol: str, at: int, failure: str | None) -> dict[str, Any]:
        summary = {"connect": {"failure": failure}} | ({} if failure else {"handshake": {"failure": None}})
        address = f"151.101.{4 if protocol == 'obfs4' else 5}.{at}"
        return {
            "target_protocol": protocol,
            "summary": summary,
            "failure": failure,
            "tcp_connect": [connect(address, 443, failure)],
        }

    targets = {f"a{at}": target("or_port_dirauth", at, authorities) for at in range(1, authorities_tried + 1)}
    targets |= {f"b{at}": target("obfs4", at, bridges) for at in range(1, number + 1)}
    return frame("tor", "0.4.0", None, {"targets": targets})


def _services() -> dict[str, tuple[dict[str, Any], str, str | None]]:
    servers = ["chat.signal.org", "cdn.signal.org", "storage.signal.org", "cdsi.signal.org"]
    reset, silent = "connection_reset", "generic_timeout_error"
    page = {"requests": [exchange("https://www.google.com/humans.txt", "Google is built", 200)]}
    return {
        "telegram": (_telegram(None, None), "ok", None),
        "telegram-centres": (_telegram(silent, None), "blocked", "timeout"),
        "telegram-site": (_telegram(None, reset), "blocked", "tls-interference"),
        "telegram-one-centre": (_telegram(None, None, number=1), "insufficient", None),
        "telegram-one-centre-silent": (_telegram(silent, None, number=1), "insufficient", None),
        "telegram-offline": (
            frame(
                "telegram",
                "0.3.0",
                None,
                {
                    "tcp_connect": [connect(address, 443, silent) for address in _CENTRES],
                    "queries": [query("web.telegram.org", [], silent)],
                },
            ),
            "insufficient",
            None,
        ),
        "whatsapp": (_whatsapp(None, None), "ok", None),
        "whatsapp-endpoints": (_whatsapp(silent, None), "blocked", "timeout"),
        "whatsapp-registration": (_whatsapp(None, reset), "blocked", "tls-interference"),
        "messenger": (_messenger([SITE, OTHER], None), "ok", None),
        "messenger-forged": (_with(_messenger([BOGON], None), connect(OTHER, 443)), "blocked", "dns-forged-address"),
        "messenger-behind-a-portal": (_messenger([BOGON], None), "insufficient", None),
        "messenger-silent-with-its-names-alone": (_messenger([SITE, OTHER], silent), "blocked", "timeout"),
        "messenger-refused-by-the-nearest-machine": (_messenger([SITE], "connection_refused"), "insufficient", None),
        "signal": (_hosts("signal", servers, 0, ""), "ok", None),
        "signal-hosts": (_hosts("signal", servers, 4, reset), "blocked", "tls-interference"),
        "signal-one-tried": (_hosts("signal", servers[:1], 0, ""), "insufficient", None),
        "signal-one-tried-and-cut": (_hosts("signal", servers[:1], 1, reset), "insufficient", None),
        "signal-one": (_hosts("signal", servers, 1, reset), "insufficient", None),
        "tor": (_tor(None, None), "ok", None),
        "tor-authorities": (_tor(silent, None), "blocked", "timeout"),
        "tor-bridges": (_tor(None, silent), "blocked", "timeout"),
        "tor-three-bridges": (_tor(None, silent, number=3), "insufficient", None),
        "tor-one-authority": (_tor(None, None, authorities_tried=1), "insufficient", None),
        "tor-refused-by-the-nearest-machine": (_tor("connection_refused", "connection_refused"), "insufficient", None),
        "tor-offline": (_tor(silent, silent), "insufficient", None),
        "psiphon": (frame("psiphon", "0.7.0", None, {"failure": None, "bootstrap_time": 2.5, **page}), "ok", None),
        "psiphon-offline": (
            frame("psiphon", "0.7.0", None, {"failure": silent, "bootstrap_time": 0, "requests": None}),
            "insufficient",
            None,
        ),
        "unknown-test": (frame("ndt", "0.9.0", None, {"summary": {}}), "unsupported", None),
    }


def main(folder: Path, measurements: dict[str, dict[str, Any]] | None = None) -> None:
    """Write measurements to files with their names; by default, the scenarios of this module."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, measurement in (measurements or {name: entry[0] for name, entry in scenarios().items()}).items():
        (folder / f"{name}.json").write_text(json.dumps(measurement), encoding="utf-8")


if __name__ == "__main__":
    from tests.measure.scenarios.service_cases import cases

    main(Path(sys.argv[1]))
    main(Path(sys.argv[1]), {name: case.measurement for name, case in cases().items()})
