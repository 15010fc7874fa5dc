"""Scenarios by tested input: addresses, ports and international names."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    HOST,
    OTHER,
    PLAIN,
    SECURE,
    SITE,
    connect,
    control,
    exchange,
    handshake,
    query,
    web,
)
from tests.measure.scenarios.web_measurement_parts import (
    FAILED,
    MATCH,
    REFUSED,
    RESET,
    SILENT,
    SIX,
    Scenario,
    at,
    both,
    failed,
    lte,
    names,
    tagged,
    tags,
)


def address_scenarios() -> dict[str, Scenario]:
    """Return scenarios of IP addresses, ports and international names."""
    literal, plain_literal, six = f"https://{SITE}/dns-query?dns=AAAB", f"http://{SITE}/", f"https://[{SIX}]/"
    empty: dict[str, Any] = {"dns": {"failure": None, "addrs": []}}
    port, tls_port = f"http://{HOST}:8080/", f"https://{HOST}:8443/"
    mapped = "64:ff9b::9765:145"  # 151.101.1.69, embedded in an IPv6 address
    letters, ascii_name = "https://bücher.example/", "xn--bcher-kva.example"
    unsigned = web(
        letters,
        queries=[query(ascii_name, [SITE])],
        tls_handshakes=[handshake(ascii_name, SITE)],
        requests=[exchange(letters)],
        control=control(http_request=FAILED),
    )
    unsigned["annotations"] = {}
    return {
        "literal-over-tls": Scenario(
            lte(
                literal,
                queries=[],
                tls_handshakes=[handshake(SITE, SITE) | tags()],
                requests=[at(SITE, exchange(literal, "\x00\x01", 200)) | tags()],
                control=both(443, **empty),
            ),
            "ok",
            None,
            "An address needs no name, and its certificate holds.",
        ),
        "literal-cut": Scenario(
            lte(
                plain_literal,
                queries=[],
                requests=[at(SITE, failed(plain_literal, RESET), 80) | tags()],
                control=both(80, **empty),
            ),
            "blocked",
            "tcp-reset",
            "The connection comes about and is reset at the request; the helper got the page.",
        ),
        "literal-six-silent": Scenario(
            lte(
                six,
                queries=[],
                tcp_connect=[connect(SIX, 443, SILENT) | tags()],
                tls_handshakes=[],
                requests=[],
                control=both(443, SIX, **empty),
            ),
            "blocked",
            "timeout",
            "No connection to an address of IPv6, which the helper reached.",
        ),
        "other-port-refused": Scenario(
            lte(
                port,
                tcp_connect=[connect(SITE, 8080, REFUSED) | tags()],
                requests=[],
                control=both(8080),
            ),
            "blocked",
            "tcp-reset",
            "Refused at a port at which the helper connected.",
        ),
        "other-port-of-tls-cut": Scenario(
            web(
                tls_port,
                tcp_connect=[connect(SITE, 8443)],
                tls_handshakes=[handshake(HOST, SITE, RESET) | {"address": f"{SITE}:8443"}],
                requests=[failed(tls_port, RESET)],
                control=control(
                    tcp_connect={f"{SITE}:8443": {"status": True, "failure": None}},
                    tls_handshake={f"{SITE}:8443": {"status": True, "failure": None}},
                ),
            ),
            "blocked",
            "tls-interference",
            "Reset in the handshake at a port of its own, where the helper's succeeded.",
        ),
        "cut-behind-a-handshake-that-held": Scenario(
            lte(
                queries=tagged(names(query(HOST, [SITE, OTHER]))),
                tcp_connect=[connect(SITE, 443) | tags(), connect(OTHER, 443) | tags()],
                tls_handshakes=[handshake(HOST, SITE, RESET) | tags(), handshake(HOST, OTHER) | tags()],
                requests=[at(OTHER, exchange(SECURE, "", 0, RESET)) | tags()],
                control=both(443, OTHER),
            ),
            "blocked",
            "tcp-reset",
            "The page was asked for where the handshake had succeeded, and was cut there.",
        ),
        "network-of-ipv6-alone": Scenario(
            web(
                PLAIN,
                queries=[query(HOST, [mapped])],
                tcp_connect=[connect(mapped, 80)],
                **MATCH,
            ),
            "ok",
            None,
            "The resolver writes the site's address into one of IPv6 (RFC 6052); the control's page comes from it.",
        ),
        "bogon-in-a-network-of-ipv6-alone": Scenario(
            web(queries=[query(HOST, ["64:ff9b::a0a:2223"])], tcp_connect=[], tls_handshakes=None, requests=[]),
            "blocked",
            "dns-forged-address",
            "10.10.34.35, written so.",
        ),
        "name-in-other-letters": Scenario(
            unsigned, "ok", None, "A certificate for xn--bcher-kva.example is one for bücher.example."
        ),
        "refused-port-for-all": Scenario(
            lte(
                f"https://{HOST}:444/",
                tcp_connect=[connect(SITE, 444, REFUSED) | tags()],
                tls_handshakes=[],
                requests=[],
                control=both(443, tcp_connect={f"{SITE}:444": {"status": False, "failure": REFUSED}}, http_request=FAILED),
            ),
            "down",
            None,
            "Nobody listens at that port, for the helper neither.",
        ),
    }
