"""Scenarios of services, with the verdict, mechanism and confidence that follow from each."""

from copy import deepcopy
from typing import Any

from tests.measure.scenarios.measurement_parts import BOGON, FORGED, connect, query
from tests.measure.scenarios.service_measurements import (
    FOREIGN,
    FOREIGN_NETWORK,
    NO_SERVER,
    NXDOMAIN,
    REFUSED,
    RESET,
    SILENT,
    Case,
    messenger,
    messenger_old,
    psiphon,
    signal,
    telegram,
    telegram_old,
    tor,
    whatsapp,
)

_FORGED = ["45.11.12.13", "45.11.14.15", "45.11.16.17"]
_ONLY_NAMES = "names resolve correctly, so the resolver was reached, and nothing else shows that the network works"
_OFFLINE = "a probe that is offline sees the same"
_ALIVE = "something else came through"
_REFUSED = "the nearest machine may refuse all"
_PORTAL = "a portal gives its own address"
_CERTIFICATE = "a certificate is no block"
_NOWHERE = "no portal can answer at such an address, and a resolver that is offline gives none"
NOWHERE = "0.0.0.0"


def _without(measurement: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Return a copy of a measurement without some of its test keys."""
    copy = deepcopy(measurement)
    for key in keys:
        del copy["test_keys"][key]
    return copy


def _no_ipv6(measurement: dict[str, Any], host: str) -> dict[str, Any]:
    """Return a copy of a measurement as a probe without IPv6 would record it."""
    copy = deepcopy(measurement)
    entry = query(host, [], None) | {"query_type": "AAAA", "answers": [{"answer_type": "AAAA", "ipv6": "2001:67c:4e8:f004::9"}]}
    copy["test_keys"]["queries"].append(entry)
    copy["test_keys"]["tcp_connect"].insert(0, connect("2001:67c:4e8:f004::9", 443, "network_unreachable"))
    return copy


def _telegram() -> dict[str, Case]:
    return {
        "fine": Case(telegram(), "ok", None, "high", "all answer"),
        "centres-silent": Case(telegram(SILENT), "blocked", "timeout", "medium", "the site answers; may be down for everybody"),
        "centres-refused": Case(telegram(REFUSED), "blocked", "tcp-reset", "medium", "the site answers"),
        "centres-reset": Case(telegram(RESET), "blocked", "tcp-reset", "medium", "the site answers"),
        "requests-cut": Case(telegram(post=RESET), "blocked", "tcp-reset", "medium", "events, then cut at each request"),
        "requests-silent": Case(telegram(post=SILENT), "blocked", "timeout", "medium", "events, then silent"),
        "half": Case(telegram(SILENT, down=3), "ok", None, "high", "half of the centres are enough for the application"),
        "most": Case(telegram(SILENT, down=4), "ok", None, "low", "it works over the others, but something may be wrong"),
        "site-denied": Case(telegram(web={"dns": NXDOMAIN}), "blocked", "nxdomain", "medium", _ALIVE),
        "site-forged": Case(telegram(address=BOGON, web={"tcp": REFUSED}), "blocked", "dns-forged-address", "medium", _ALIVE),
        "site-elsewhere": Case(
            telegram(address=FORGED, network=FOREIGN_NETWORK, web={"tls": FOREIGN}),
            "blocked",
            "dns-forged-address",
            "medium",
            "another network",
        ),
        "site-cut": Case(telegram(web={"tls": RESET}), "blocked", "tls-interference", "medium", _ALIVE),
        "site-silent-in-the-handshake": Case(telegram(web={"tls": SILENT}), "blocked", "tls-interference", "medium", _ALIVE),
        "site-silent-after-it": Case(telegram(web={"http": SILENT}), "blocked", "timeout", "medium", "no page came"),
        "site-certificate": Case(telegram(web={"tls": FOREIGN}), "insufficient", None, "low", _CERTIFICATE),
        "site-no-resolver": Case(telegram(web={"dns": NO_SERVER}), "insufficient", None, "low", "the resolver may have failed"),
        "no-ipv6": Case(_no_ipv6(telegram(), "web.telegram.org"), "ok", None, "high", "IPv4 is enough"),
        "interrupted": Case(telegram("interrupted", web={"dns": "interrupted"}), "insufficient", None, "low", "by its user"),
        "old": Case(telegram_old(None, None), "ok", None, "high", "all answer"),
        "old-centres": Case(telegram_old(SILENT, None), "blocked", "timeout", "medium", "the site answers"),
        "old-all": Case(telegram_old(SILENT, SILENT), "insufficient", None, "low", _OFFLINE),
        "old-site": Case(telegram_old(None, RESET), "blocked", "tcp-reset", "medium", "old probes tell no handshakes"),
        "no-queries": Case(_without(telegram(SILENT), "queries"), "blocked", "timeout", "medium", "the site answers"),
        "no-connections": Case(_without(telegram(), "tcp_connect"), "insufficient", None, "low", "nothing of the centres' ports"),
        "no-requests": Case(_without(telegram(), "requests"), "insufficient", None, "low", "connections are no answers"),
        "no-handshakes": Case(_without(telegram(), "tls_handshakes"), "ok", None, "high", "a page over TLS"),
        "no-urls": Case(_without_urls(telegram()), "ok", None, "high", "twelve connections and twelve answers, and the site's"),
        "no-urls-no-site": Case(
            _without_urls(_site_untried(telegram())), "ok", None, "medium", "twelve connections and twelve answers"
        ),
        "no-urls-no-answers": Case(
            _without_urls(telegram(post=SILENT)), "blocked", "timeout", "medium", "the only answer is the site's"
        ),
        "no-urls-silent": Case(_without_urls(telegram(SILENT)), "blocked", "timeout", "medium", "the site answers"),
        "no-site": Case(_site_untried(telegram()), "ok", None, "medium", "the application's centres answer"),
        "all-centres-and-the-site": Case(telegram(SILENT, web={"tls": RESET}), "blocked", "timeout", "medium", "it events"),
        "all-silent-but-the-name": Case(telegram(SILENT, web={"tcp": SILENT}), "blocked", "timeout", "low", _ONLY_NAMES),
        "all-refused-but-the-name": Case(telegram(REFUSED, web={"tcp": REFUSED}), "insufficient", None, "low", _REFUSED),
        "all-silent": Case(telegram(SILENT, web={"dns": SILENT}), "insufficient", None, "low", _OFFLINE),
        "all-denied": Case(telegram(SILENT, web={"dns": NXDOMAIN}), "insufficient", None, "low", _OFFLINE),
        "behind-a-portal": Case(telegram(SILENT, address=BOGON, web={"tcp": SILENT}), "insufficient", None, "low", _PORTAL),
        "all-silent-and-forged": Case(
            telegram(SILENT, address=FORGED, network=FOREIGN_NETWORK, web={"tcp": SILENT}),
            "blocked",
            "timeout",
            "low",
            _ONLY_NAMES,
        ),
        "unreachable": Case(
            telegram("network_unreachable", web={"dns": "network_unreachable"}), "insufficient", None, "low", _OFFLINE
        ),
    }


def _without_urls(measurement: dict[str, Any]) -> dict[str, Any]:
    copy = deepcopy(measurement)
    for entry in copy["test_keys"]["requests"]:
        del entry["request"]["url"]
    return copy


def _site_untried(measurement: dict[str, Any]) -> dict[str, Any]:
    copy = deepcopy(measurement)
    keys = copy["test_keys"]
    keys["queries"], keys["tls_handshakes"] = [], []
    keys["requests"].pop()
    keys["tcp_connect"].pop()
    return copy


def _whatsapp() -> dict[str, Case]:
    cut, silent, denied = {"tls": RESET}, {"tcp": SILENT}, {"dns": NXDOMAIN}
    return {
        "fine": Case(whatsapp(), "ok", None, "high", "all answer"),
        "endpoints-silent": Case(whatsapp(SILENT), "blocked", "timeout", "medium", _ALIVE),
        "endpoints-refused": Case(whatsapp(REFUSED), "blocked", "tcp-reset", "medium", _ALIVE),
        "endpoints-denied": Case(whatsapp(dns=NXDOMAIN), "blocked", "nxdomain", "medium", _ALIVE),
        "endpoints-forged": Case(whatsapp(REFUSED, address=BOGON), "blocked", "dns-forged-address", "medium", _ALIVE),
        "half": Case(whatsapp(SILENT, down=8), "ok", None, "high", "the application needs one of them"),
        "most": Case(whatsapp(SILENT, down=12), "ok", None, "low", "it works, but something may be wrong"),
        "registration-cut": Case(whatsapp(registration=cut), "blocked", "tls-interference", "medium", _ALIVE),
        "registration-denied": Case(whatsapp(registration=denied), "blocked", "nxdomain", "medium", _ALIVE),
        "registration-slow": Case(whatsapp(registration={"http": SILENT}), "blocked", "timeout", "medium", "no answer came"),
        "site-cut": Case(whatsapp(web=cut), "blocked", "tls-interference", "medium", _ALIVE),
        "site-silent": Case(whatsapp(web=silent), "blocked", "timeout", "medium", _ALIVE),
        "site-refused": Case(whatsapp(web={"tcp": REFUSED}), "blocked", "tcp-reset", "medium", _ALIVE),
        "site-denied": Case(whatsapp(web=denied), "blocked", "nxdomain", "medium", _ALIVE),
        "handshakes-cut": Case(whatsapp(registration=cut, web=cut), "blocked", "tls-interference", "medium", _ALIVE),
        "certificates": Case(
            whatsapp(registration={"tls": FOREIGN}, web={"tls": FOREIGN}),
            "insufficient",
            None,
            "low",
            _CERTIFICATE,
        ),
        "pages-elsewhere": Case(
            whatsapp(registration={"tls": FOREIGN}, web={"tls": FOREIGN}, pages=FORGED, network=FOREIGN_NETWORK),
            "blocked",
            "dns-forged-address",
            "medium",
            "never a network of WhatsApp's",
        ),
        "all-silent-but-names": Case(whatsapp(SILENT, registration=silent, web=silent), "blocked", "timeout", "low", _ONLY_NAMES),
        "all-refused-but-names": Case(
            whatsapp(REFUSED, registration={"tcp": REFUSED}, web={"tcp": REFUSED}),
            "insufficient",
            None,
            "low",
            _REFUSED,
        ),
        "all-silent": Case(
            whatsapp(dns=SILENT, registration={"dns": SILENT}, web={"dns": SILENT}), "insufficient", None, "low", _OFFLINE
        ),
        "all-denied": Case(whatsapp(dns=NXDOMAIN, registration=denied, web=denied), "insufficient", None, "low", _OFFLINE),
        "behind-a-portal": Case(
            whatsapp(SILENT, address=BOGON, registration=silent, web=silent, pages=BOGON),
            "insufficient",
            None,
            "low",
            _PORTAL,
        ),
        "all-names-nowhere": Case(
            whatsapp(REFUSED, address=NOWHERE, registration={"tcp": REFUSED}, web={"tcp": REFUSED}, pages=NOWHERE, network=0),
            "blocked",
            "dns-forged-address",
            "low",
            _NOWHERE,
        ),
        "all-names-nowhere-silent": Case(
            whatsapp(SILENT, address=NOWHERE, registration=silent, web=silent, pages=NOWHERE, network=0),
            "blocked",
            "dns-forged-address",
            "low",
            _NOWHERE,
        ),
        "three-names-nowhere": Case(
            whatsapp(
                REFUSED, number=1, address=NOWHERE, registration={"tcp": REFUSED}, web={"tcp": REFUSED}, pages=NOWHERE, network=0
            ),
            "insufficient",
            None,
            "low",
            "too few names",
        ),
        "one-endpoint": Case(whatsapp(number=1), "ok", None, "medium", "old probes tried one, which with the rest is all well"),
        "one-endpoint-silent": Case(whatsapp(SILENT, number=1), "insufficient", None, "low", "one alone may be down"),
        "one-endpoint-and-the-rest": Case(
            whatsapp(SILENT, number=1, registration=cut, web=cut),
            "blocked",
            "tls-interference",
            "medium",
            "connections came about",
        ),
        "no-connections": Case(_without(whatsapp(), "tcp_connect"), "insufficient", None, "low", "nothing of the endpoints"),
        "no-handshakes": Case(_without(whatsapp(), "tls_handshakes"), "ok", None, "high", "pages over TLS"),
    }


def _messenger() -> dict[str, Case]:
    return {
        "fine": Case(messenger(), "ok", None, "high", "all answer"),
        "silent": Case(messenger(SILENT), "blocked", "timeout", "low", _ONLY_NAMES),
        "refused": Case(messenger(REFUSED), "insufficient", None, "low", _REFUSED),
        "half-silent": Case(messenger(SILENT, down=3), "blocked", "timeout", "medium", _ALIVE),
        "half-refused": Case(messenger(REFUSED, down=3), "blocked", "tcp-reset", "medium", _ALIVE),
        "few-silent": Case(messenger(SILENT, down=2), "insufficient", None, "low", "some may be down"),
        "denied": Case(messenger(dns=NXDOMAIN), "insufficient", None, "low", _OFFLINE),
        "half-denied": Case(messenger(dns=NXDOMAIN, down=4), "blocked", "nxdomain", "medium", _ALIVE),
        "no-resolver": Case(messenger(dns=NO_SERVER), "insufficient", None, "low", "as when Facebook was gone for everybody"),
        "half-forged": Case(
            messenger(REFUSED, addresses=[BOGON], network=0, down=4), "blocked", "dns-forged-address", "medium", _ALIVE
        ),
        "nowhere": Case(messenger(REFUSED, addresses=[NOWHERE], network=0), "blocked", "dns-forged-address", "low", _NOWHERE),
        "elsewhere": Case(
            messenger(SILENT, addresses=_FORGED, network=FOREIGN_NETWORK),
            "blocked",
            "dns-forged-address",
            "low",
            "several wrong addresses: no portal's, but nothing came through",
        ),
        "half-elsewhere": Case(
            messenger(addresses=_FORGED, network=FOREIGN_NETWORK, down=4),
            "blocked",
            "dns-forged-address",
            "medium",
            "another network",
        ),
        "old": Case(messenger_old(False, ["31.13.86.8", "31.13.86.4"]), "ok", None, "high", "all answer"),
        "older": Case(messenger_old(False, ["31.13.86.8", "31.13.86.4"], dash=True), "ok", None, "high", "all answer"),
        "old-silent": Case(
            messenger_old(False, ["31.13.86.8", "31.13.86.4"], tcp=SILENT), "blocked", "timeout", "low", _ONLY_NAMES
        ),
        "old-elsewhere": Case(messenger_old(True, _FORGED), "blocked", "dns-forged-address", "low", "two say so"),
        "older-elsewhere": Case(messenger_old(True, _FORGED, dash=True), "blocked", "dns-forged-address", "low", "two say so"),
        "old-without-its-table": Case(
            messenger_old(True, ["31.13.86.8", "31.13.86.4"]), "insufficient", None, "low", "Facebook's own addresses, not tried"
        ),
        "no-connections": Case(_without(messenger(), "tcp_connect"), "insufficient", None, "low", "names alone"),
        "no-names": Case(_without(messenger(SILENT), "queries"), "insufficient", None, "low", "whose addresses is not told"),
    }


def _signal() -> dict[str, Case]:
    return {
        "fine": Case(signal(), "ok", None, "high", "all answer"),
        "cut": Case(signal(tls=RESET), "blocked", "tls-interference", "medium", "connections came about"),
        "silent-in-the-handshake": Case(signal(tls=SILENT), "blocked", "tls-interference", "medium", "connections came about"),
        "silent-after-it": Case(signal(http=SILENT), "blocked", "timeout", "medium", "handshakes came about, pages did not"),
        "silent": Case(signal(tcp=SILENT), "blocked", "timeout", "low", _ONLY_NAMES),
        "refused": Case(signal(tcp=REFUSED), "insufficient", None, "low", _REFUSED),
        "half-refused": Case(signal(3, tcp=REFUSED), "blocked", "tcp-reset", "medium", _ALIVE),
        "half-denied": Case(signal(3, dns=NXDOMAIN), "blocked", "nxdomain", "medium", _ALIVE),
        "few-denied": Case(signal(2, dns=NXDOMAIN), "insufficient", None, "low", "some may be gone"),
        "denied": Case(signal(dns=NXDOMAIN), "insufficient", None, "low", _OFFLINE),
        "certificates": Case(signal(tls="ssl_unknown_authority"), "insufficient", None, "low", _CERTIFICATE),
        "one-certificate": Case(signal(1, tls="ssl_unknown_authority"), "insufficient", None, "low", "not all answer"),
        "behind-a-portal": Case(signal(address=BOGON, tcp=SILENT), "insufficient", None, "low", _PORTAL),
        "portal-in-public": Case(signal(address=FORGED, tcp=SILENT), "insufficient", None, "low", "one address for all"),
        "nowhere": Case(signal(address="127.0.0.1", tcp=REFUSED), "blocked", "dns-forged-address", "low", _NOWHERE),
        "offline": Case(signal(dns=SILENT), "insufficient", None, "low", _OFFLINE),
        "retired": Case(signal(0, retired=True), "ok", None, "high", "what does not exist any longer is not blocked"),
        "no-ipv6": Case(_no_ipv6(signal(), "chat.signal.org"), "ok", None, "high", "IPv4 is enough"),
        "no-handshakes": Case(_without(signal(), "tls_handshakes"), "ok", None, "high", "pages over TLS"),
        "no-names": Case(_without(signal(), "queries"), "insufficient", None, "low", "which servers is not told"),
    }


def _tor() -> dict[str, Case]:
    silent, refused, cut = (SILENT, None), (REFUSED, None), (None, RESET)
    return {
        "fine": Case(tor(), "ok", None, "high", "all answer"),
        "fine-without-summary": Case(tor(summary=False), "ok", None, "high", "all answer"),
        "no-bridges": Case(tor(bridges_tried=0), "ok", None, "high", "none was tried"),
        "authorities-silent": Case(tor(silent), "blocked", "timeout", "medium", "bridges answer"),
        "authorities-silent-secret-bridges": Case(tor(silent, secret=True), "blocked", "timeout", "medium", "bridges answer"),
        "authorities-refused": Case(tor(refused), "blocked", "tcp-reset", "medium", "bridges answer"),
        "authorities-cut": Case(tor(cut), "blocked", "tls-interference", "medium", "bridges answer"),
        "all-cut": Case(tor(cut, (None, SILENT)), "blocked", "tls-interference", "medium", "connections came about"),
        "all-silent": Case(tor(silent, silent), "insufficient", None, "low", _OFFLINE),
        "all-refused": Case(tor(refused, refused), "insufficient", None, "low", _REFUSED),
        "bridges-silent": Case(tor(bridges=silent), "blocked", "timeout", "medium", "authorities answer"),
        "bridges-refused": Case(tor(bridges=refused), "blocked", "tcp-reset", "medium", "authorities answer"),
        "bridges-cut": Case(tor(bridges=cut), "blocked", "tcp-reset", "medium", "cut after connecting; obfs4 is no TLS"),
        "bridges-silent-after-connecting": Case(tor(bridges=(None, SILENT)), "blocked", "timeout", "medium", "obfs4 is no TLS"),
        "bridges-silent-without-summary": Case(
            tor(bridges=(None, SILENT), summary=False), "blocked", "timeout", "medium", "the target's failure tells"
        ),
        "most-bridges-silent": Case(tor(bridges=silent, bridges_down=10), "ok", None, "medium", "bridges come and go"),
        "most-authorities-silent": Case(
            tor(silent, authorities_down=6),
            "insufficient",
            None,
            "low",
            "Tor works over the others",
        ),
        "most-authorities-and-bridges-silent": Case(
            tor(silent, silent, authorities_down=9, bridges_down=11), "blocked", "timeout", "low", "some of each answer"
        ),
        "most-authorities-cut-and-bridges-refused": Case(
            tor(cut, refused, authorities_down=7, bridges_down=8), "blocked", "tls-interference", "low", "some of each answer"
        ),
        "most-authorities-and-bridges-unreachable": Case(
            tor(("network_unreachable", None), ("network_unreachable", None), authorities_down=9, bridges_down=11),
            "insufficient",
            None,
            "low",
            "no route is the probe's own state",
        ),
        "half-of-the-authorities-silent": Case(tor(silent, authorities_down=5), "ok", None, "high", "half are enough"),
        "most-authorities-and-all-bridges": Case(
            tor(silent, silent, authorities_down=6), "blocked", "timeout", "medium", "some authorities answer, no bridge"
        ),
        "no-targets": Case(_without(tor(), "targets"), "insufficient", None, "low", "nothing was tried"),
    }


def _psiphon() -> dict[str, Case]:
    events = {"network_events": [{"operation": "connect", "failure": None, "address": "45.1.2.3:443", "t": 1.0}]}
    return {
        "fine": Case(psiphon(6.6, None, True), "ok", None, "high", "a page came through the tunnel"),
        "none": Case(psiphon(0, SILENT, False), "insufficient", None, "low", _OFFLINE),
        "none-but-a-connection": Case(psiphon(0, SILENT, False, **events), "blocked", "timeout", "low", "the network works"),
        "cut-but-a-connection": Case(psiphon(0, RESET, False, **events), "blocked", "tcp-reset", "low", "the network works"),
        "no-page": Case(psiphon(6.6, SILENT, False, **events), "insufficient", None, "low", "a tunnel, but no page through it"),
        "impossible": Case(psiphon(0, None, False), "insufficient", None, "low", "ts-015: should not happen"),
        "no-requests": Case(psiphon(6.6, None, False), "insufficient", None, "low", "no page is told of"),
        "unknown-failure": Case(
            psiphon(0, "unknown_failure: no psiphon binary", False, **events), "insufficient", None, "low", "its own trouble"
        ),
    }


def cases() -> dict[str, Case]:
    """Return all scenarios by test and name."""
    tests = {
        "telegram": _telegram(),
        "whatsapp": _whatsapp(),
        "messenger": _messenger(),
        "signal": _signal(),
        "tor": _tor(),
        "psiphon": _psiphon(),
    }
    return {f"{test}-{name}": case for test, scenarios in tests.items() for name, case in scenarios.items()}
