"""Scenarios in which a success elsewhere contradicts what a failure or a page seems to say.

They come from an attempt to break the rules: each had a verdict that the measurement itself contradicts.
"""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    FORGED,
    FORGED_NETWORK,
    HOST,
    PLAIN,
    SECURE,
    SITE,
    SITE_NETWORK,
    connect,
    exchange,
    handshake,
    query,
    web,
)
from tests.measure.scenarios.web_measurement_parts import (
    DENIED,
    DIFFER,
    ENDED,
    FAILED,
    RESET,
    SILENT,
    Scenario,
    at,
    both,
    lte,
    moved,
    names,
    tagged,
    tags,
)

_TUNNEL, _NAT64, _SIX = "198.18.0.23", "64:ff9b::9765:145", "2a0b:4e42::1"
_SUCCESS: dict[str, Any] = {"status": True, "failure": None}
_INVALID: dict[str, Any] = {"status": False, "failure": "ssl_invalid_hostname"}
_TIMED_OUT: dict[str, Any] = {"status": False, "failure": SILENT}
_ORDER = (
    "<html><head><title>Attention required</title></head>"
    "<body>Attention required. Access to this site was closed by order 17 of the Ministry.</body></html>"
)


def contradicted_failure_scenarios() -> dict[str, Scenario]:
    """Return the scenarios by name."""
    return _down_scenarios() | _page_scenarios() | _address_scenarios() | _upgrade_scenarios()


def _down_scenarios() -> dict[str, Scenario]:
    at_forged = both(443, http_request=FAILED | {"failure": SILENT})
    at_forged["tcp_connect"][f"{FORGED}:443"] = _SUCCESS
    at_forged["tls_handshake"][f"{FORGED}:443"] = _INVALID
    at_forged["ip_info"] = {SITE: {"asn": SITE_NETWORK}, FORGED: {"asn": FORGED_NETWORK}}
    local = both(80, dns={"failure": None, "addrs": ["127.0.0.1"]}, http_request=FAILED, ip_info={})
    denied: dict[str, Any] = {
        "dns": {"failure": DENIED, "addrs": []},
        "tcp_connect": {f"{SITE}:443": _SUCCESS},
        "tls_handshake": {f"{SITE}:443": _SUCCESS},
        "http_request": FAILED,
    }
    return {
        "forged-certificate-and-no-page-for-the-control": Scenario(
            lte(
                queries=tagged(names(query(HOST, [FORGED]))),
                tcp_connect=[connect(FORGED, 443) | tags(), connect(SITE, 443) | tags(classic=False)],
                tls_handshakes=[
                    handshake(HOST, FORGED, "ssl_invalid_hostname") | tags(),
                    handshake(HOST, SITE) | tags(classic=False),
                ],
                requests=[],
                control=at_forged,
            ),
            "insufficient",
            None,
            "The certificate is invalid at the forged address only. The control verified the site's at its own address.",
        ),
        "denied-name-that-an-encrypted-resolver-knows": Scenario(
            lte(
                queries=tagged(names(query(HOST, [], DENIED))),
                tcp_connect=[connect(SITE, 443) | tags(classic=False)],
                tls_handshakes=[handshake(HOST, SITE) | tags(classic=False)],
                requests=[at(SITE, exchange(SECURE)) | tags(classic=False)],
                control=denied,
            ),
            "insufficient",
            None,
            "The control's resolver denies the name, too, but an encrypted one knows it, and the site answers there.",
        ),
        "private-address-for-the-control-alone": Scenario(
            lte(PLAIN, control=local),
            "insufficient",
            None,
            "Only the control got a private address; the probe got the page.",
        ),
        "denied-name-and-private-address-for-the-control": Scenario(
            lte(
                PLAIN,
                queries=tagged(names(query(HOST, [], DENIED))),
                tcp_connect=[],
                tls_handshakes=[],
                requests=[],
                control=local,
            ),
            "insufficient",
            None,
            "An encrypted resolver gives a public address, so the name doesn't lead everybody to a private one.",
        ),
    }


def _page_scenarios() -> dict[str, Scenario]:
    differ = DIFFER | {"status_code_match": False}
    refusal = "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>"
    secure_target = "https://warning.example/"
    return {
        "block-page-with-the-words-of-a-challenge": Scenario(
            lte(PLAIN, requests=[at(SITE, exchange(PLAIN, _ORDER, 403), 80) | tags()], **differ),
            "blocked",
            "http-diff",
            "“Attention required” isn't only on captchas, and nothing shows that a content network sent this page.",
            rule="web-page-different",
        ),
        "challenge-in-words-by-a-content-network": Scenario(
            lte(
                PLAIN, requests=[at(SITE, exchange(PLAIN, _ORDER, 403, headers={"Server": "cloudflare"}), 80) | tags()], **differ
            ),
            "ok",
            None,
            "The same words from a content network are those of its challenge.",
            rule="web-challenge",
        ),
        "refused-by-a-content-network-over-tls": Scenario(
            lte(requests=[at(SITE, exchange(SECURE, refusal, 403, headers={"Server": "cloudflare", "CF-RAY": "1"})) | tags()]),
            "ok",
            None,
            "The content network refuses the reader over verified TLS, and doesn't ask for a captcha.",
            rule="web-secure",
        ),
        "redirect-without-its-target": Scenario(
            web(
                PLAIN,
                requests=[exchange(secure_target, BLOCK_PAGE), exchange(PLAIN, "", 302)],
                tls_handshakes=[handshake("warning.example", FORGED)],
                **DIFFER,
            ),
            "blocked",
            "http-diff",
            "The next address shows that plain HTTP led to another site, though the redirect has no Location.",
            rule="web-sent-elsewhere",
        ),
    }


def _address_scenarios() -> dict[str, Scenario]:
    two = query(HOST, [FORGED])
    two["answers"].append({"answer_type": "AAAA", "ipv6": _SIX, "asn": 64502})
    nat64 = query(HOST, []) | {"answers": [{"answer_type": "AAAA", "ipv6": _NAT64}]}
    unreached = both(443)
    unreached["tcp_connect"], unreached["tls_handshake"] = {f"{SITE}:443": _TIMED_OUT}, {}

    def silent(control: dict[str, Any]) -> dict[str, Any]:
        return lte(
            queries=tagged(names(nat64)),
            tcp_connect=[connect(_NAT64, 443, SILENT) | tags()],
            tls_handshakes=[],
            requests=[],
            control=control,
        )

    return {
        "tunnel-address": Scenario(
            lte(
                queries=tagged(names(query(HOST, [_TUNNEL]))),
                tcp_connect=[connect(_TUNNEL, 443) | tags()],
                tls_handshakes=[handshake(HOST, _TUNNEL, ENDED) | tags()],
                requests=[],
            ),
            "insufficient",
            None,
            "A tunnel on the user's machine gives names such addresses, and a connection to one succeeded.",
            rule="web-relayed",
        ),
        "one-verified-address-beside-a-forged-one": Scenario(
            lte(
                PLAIN,
                queries=tagged(names(two)),
                tcp_connect=[connect(FORGED, 80) | tags(), connect(_SIX, 443) | tags(page=False)],
                tls_handshakes=[
                    handshake(HOST, FORGED, "ssl_invalid_hostname") | tags(page=False),
                    handshake(HOST, f"[{_SIX}]") | tags(page=False),
                ],
                requests=[at(FORGED, exchange(PLAIN, BLOCK_PAGE), 80) | tags()],
                control=both(80),
                **DIFFER,
            ),
            "blocked",
            "dns-forged-address",
            "The page came from the address without the site's certificate.",
            rule="web-forged-page",
        ),
        "silent-at-a-nat64-address-of-the-site": Scenario(
            silent(both(443)),
            "blocked",
            "timeout",
            "The control connected to the IPv4 address inside the NAT64 address.",
            rule="web-tcp-silent",
        ),
        "silent-at-a-nat64-address-for-all": Scenario(
            silent(unreached),
            "insufficient",
            None,
            "The control's connection to the address inside the NAT64 address timed out, too.",
        ),
    }


def _upgrade_scenarios() -> dict[str, Scenario]:
    failed_there = both(80)
    failed_there["tls_handshake"] = {f"{SITE}:443": _TIMED_OUT}

    def cut(control: dict[str, Any]) -> dict[str, Any]:
        return lte(
            PLAIN,
            tcp_connect=[connect(SITE, 80) | tags(), connect(SITE, 443) | tags(1)],
            tls_handshakes=[handshake(HOST, SITE, RESET) | tags(1)],
            requests=[at(SITE, moved(PLAIN, SECURE), 80) | tags()],
            control=control,
        )

    return {
        "cut-after-a-redirect-to-tls-on-the-same-server": Scenario(
            cut(both(80)),
            "blocked",
            "tls-interference",
            "The control's handshake with the same name succeeded at the same address.",
            rule="web-tls-cut",
        ),
        "cut-for-all-after-a-redirect-to-tls-on-the-same-server": Scenario(
            cut(failed_there),
            "insufficient",
            None,
            "The control's handshake with the same name failed at the same address.",
        ),
    }
