"""Generated measurements of web_connectivity, each with the expected verdict and mechanism."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    BOGON,
    CHALLENGE,
    FORGED,
    HOST,
    LENGTH,
    OTHER,
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
    """Return a control that tried TLS at both SITE and FORGED, with the same result."""
    handshakes = {f"{address}:443": {"status": failure is None, "failure": failure} for address in (SITE, FORGED)}
    return control(tls_handshake=handshakes, tcp_connect={endpoint: {"status": True, "failure": None} for endpoint in handshakes})


def web_verdict_scenarios() -> dict[str, tuple[dict[str, Any], str, str | None]]:
    """Return scenarios of web_connectivity by name: measurement, expected verdict, expected mechanism."""
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
    return web_scenarios
