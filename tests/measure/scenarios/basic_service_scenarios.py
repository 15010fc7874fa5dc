"""Generated measurements of services, each with the expected verdict and mechanism; detailed_service_scenarios.py has more."""

from typing import Any

from tests.measure.scenarios.measurement_parts import (
    BOGON,
    OTHER,
    PAGE,
    SITE,
    connect,
    exchange,
    frame,
    handshake,
    query,
)

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


def service_verdict_scenarios() -> dict[str, tuple[dict[str, Any], str, str | None]]:
    """Return scenarios of services by name: measurement, expected verdict, expected mechanism."""
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
