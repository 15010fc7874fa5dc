"""Scenarios in which the addresses of one name behave differently, and a redirect to a path on the same server."""

from typing import Any

from tests.measure.scenarios.measurement_parts import HOST, OTHER, PLAIN, SECURE, SITE, connect, handshake, query
from tests.measure.scenarios.web_measurement_parts import (
    REFUSED,
    RESET,
    SILENT,
    SIX,
    Scenario,
    at,
    both,
    failed,
    lte,
    moved,
    names,
    tagged,
    tags,
)

_REFUSED: dict[str, Any] = {"status": False, "failure": REFUSED}
_RESET: dict[str, Any] = {"status": False, "failure": RESET}
_NO_ROUTE = "network_unreachable"


def several_address_scenarios() -> dict[str, Scenario]:
    """Return the scenarios by name."""
    return _connection_scenarios() | _handshake_scenarios() | _redirect_scenarios()


def _control(layer: str, endpoint: str, result: dict[str, Any] | None, *addresses: str) -> dict[str, Any]:
    """Return a control that succeeded everywhere except at one endpoint. If `result` is None, it didn't try that endpoint."""
    control = both(443, *addresses)
    if result is None:
        del control[layer][endpoint]
    else:
        control[layer][endpoint] = result
    return control


def _unreached(first: str, second: str, control: dict[str, Any], other: str = OTHER) -> dict[str, Any]:
    """Return a measurement in which the connection to SITE failed with `first`, and that to `other` with `second`."""
    return lte(
        queries=tagged(names(query(HOST, [SITE, other]))),
        tcp_connect=[connect(SITE, 443, first) | tags(), connect(other, 443, second) | tags()],
        tls_handshakes=[],
        requests=[],
        control=control,
    )


def _connection_scenarios() -> dict[str, Scenario]:
    refused_there = _control("tcp_connect", f"{SITE}:443", _REFUSED, OTHER)
    return {
        "refused-for-all-at-one-address-and-silent-at-another": Scenario(
            _unreached(REFUSED, SILENT, refused_there),
            "blocked",
            "timeout",
            "The first address refuses the control, too. Only the second, which is silent, answers the control.",
            rule="web-tcp-silent",
        ),
        "refused-for-all-at-one-address-and-no-ipv6": Scenario(
            _unreached(REFUSED, _NO_ROUTE, _control("tcp_connect", f"{SITE}:443", _REFUSED, SIX), SIX),
            "insufficient",
            None,
            "The control reached only the IPv6 address, which this network has no route to.",
        ),
        "refused-at-an-address-that-the-control-did-not-try": Scenario(
            _unreached(REFUSED, _NO_ROUTE, _control("tcp_connect", f"{SITE}:443", None, SIX), SIX),
            "blocked",
            "tcp-reset",
            "The control tried only the other address, but it reached the site.",
            rule="web-tcp-refused-untold",
        ),
        "refused-where-the-control-succeeded-and-silent-for-all-elsewhere": Scenario(
            _unreached(REFUSED, SILENT, _control("tcp_connect", f"{OTHER}:443", {"status": False, "failure": SILENT}, OTHER)),
            "blocked",
            "tcp-reset",
            "The control connected to the address that refuses the probe.",
            rule="web-tcp-refused",
        ),
        "refused-at-one-address-and-answered-at-another": Scenario(
            lte(
                queries=tagged(names(query(HOST, [OTHER, SITE]))),
                tcp_connect=[connect(OTHER, 443, REFUSED) | tags(), connect(SITE, 443) | tags()],
                control=both(443, OTHER),
            ),
            "ok",
            None,
            "One address refuses the probe, but the page came from the other.",
        ),
        "refused-for-all-after-a-redirect-to-tls-on-the-same-server": Scenario(
            lte(
                PLAIN,
                tcp_connect=[connect(SITE, 80) | tags(), connect(SITE, 443, REFUSED) | tags(1)],
                tls_handshakes=[],
                requests=[at(SITE, moved(PLAIN, SECURE), 80) | tags()],
                control=both(80) | {"tcp_connect": {f"{SITE}:80": {"status": True, "failure": None}, f"{SITE}:443": _REFUSED}},
            ),
            "insufficient",
            None,
            "The same address and port refuses the control, too.",
        ),
    }


def _handshake_scenarios() -> dict[str, Scenario]:
    def cut(second: str, control: dict[str, Any]) -> dict[str, Any]:
        return lte(
            queries=tagged(names(query(HOST, [SITE, OTHER]))),
            tcp_connect=[connect(SITE, 443) | tags(), connect(OTHER, 443) | tags()],
            tls_handshakes=[handshake(HOST, SITE, RESET) | tags(), handshake(HOST, OTHER, second) | tags()],
            requests=[],
            control=control,
        )

    return {
        "handshake-cut-for-all-at-one-address-and-silent-at-another": Scenario(
            cut(SILENT, _control("tls_handshake", f"{SITE}:443", _RESET, OTHER)),
            "blocked",
            "tls-interference",
            "The first handshake is cut for the control, too. Only the second, which got no answer, succeeded for the control.",
            rule="web-tls-silent",
        ),
        "handshake-cut-for-all-and-another-with-an-unknown-outcome": Scenario(
            cut(_NO_ROUTE, _control("tls_handshake", f"{SITE}:443", _RESET, OTHER)),
            "insufficient",
            None,
            "The control's handshake succeeded only at the address that this network has no route to.",
        ),
    }


def _redirect_scenarios() -> dict[str, Scenario]:
    def to(location: str) -> dict[str, Any]:
        broken = failed(PLAIN, "http_invalid_redirect_location_host", 302)
        broken["response"]["headers"] = {"Location": location}
        return lte(PLAIN, requests=[at(SITE, broken, 80) | tags()])

    return {
        "redirect-to-a-path": Scenario(
            to("/start?from=/"),
            "insufficient",
            None,
            "A path on the same server is a valid target, and the control got the page: the site isn't down.",
        ),
        "redirect-to-a-scheme-without-a-host": Scenario(
            to("http:///"), "down", None, "This target is on no server.", rule="web-down-redirect"
        ),
    }
