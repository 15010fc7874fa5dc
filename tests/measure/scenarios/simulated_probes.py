"""Simulated probes: every fault at every step, as recorded by each generation of probes, with the expected verdict.

A probe requests a page, directly or over one redirect, to another server or to the same one over TLS. At most one step fails,
either only for the probe or for everyone, including the helper.
"""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from tests.measure.scenarios.measurement_parts import (
    BLOCK_PAGE,
    BOGON,
    FORGED,
    HOST,
    OTHER,
    SITE,
    SITE_NETWORK,
    connect,
    exchange,
    handshake,
    query,
    web,
)
from tests.measure.scenarios.web_measurement_parts import FAILED, REFUSED, RESET, SILENT, SIX, at, moved, tags

NEXT = "shop.example.net"
MARKED, UNMARKED, LATE_FOUR, FOUR, OLD = "0.5.28", "0.5.20", "0.4.3", "0.4.1", "0.0.1"
"""Versions of the test, newest first. Helpers up to 0.4.1 recorded nothing about TLS; later helpers did."""
NAMES = {
    "denied": ("nxdomain", "nxdomain"),
    "empty": ("nxdomain", "nxdomain"),
    "bogon": ("dns-forged-address", "dns-injection"),
    "dead": ("dns-forged-address", "dns-injection"),
    "mute": ("dns-forged-address", "dns-injection"),
    "stranger": ("dns-forged-address", "dns-injection"),
}
"""DNS fault → mechanism if only the user's resolver has it, and mechanism if other unencrypted resolvers repeat it."""
FAULTS = {
    "refused": "tcp-reset",
    "silent": "timeout",
    "shake-reset": "tls-interference",
    "shake-ended": "tls-interference",
    "shake-silent": "tls-interference",
    "cut": "tcp-reset",
    "mum": "timeout",
    "slow": "throttling",
    "other": "http-diff",
}
_HANDSHAKE = {"shake-reset": RESET, "shake-ended": "eof_error", "shake-silent": SILENT}
_FORGED_HANDSHAKE = {"mute": SILENT, "stranger": "ssl_invalid_hostname"}
_CONNECT = {"refused": REFUSED, "silent": SILENT}
_PAGE = {"cut": RESET, "mum": SILENT}


class Case(NamedTuple):
    """A probe, and the fault it encounters."""

    version: str
    scheme: str
    later: str
    """Scheme of the redirect's target; `same` for the same server over TLS; empty for no redirect."""
    fault: str
    """The fault; empty if nothing fails."""
    step: int
    injected: bool
    for_all: bool
    control: bool

    @property
    def name(self) -> str:
        """A string that identifies the case."""
        return "-".join(
            filter(
                None,
                (
                    self.version,
                    self.scheme,
                    f"to-{self.later}" if self.later else "",
                    self.fault or "success",
                    f"at-{self.step}",
                    "injected" if self.injected else "",
                    "for-all" if self.for_all else "",
                    "" if self.control else "without-control",
                ),
            )
        )


def cases() -> Iterator[Case]:
    """Yield every case that can occur, without faults that no measurement could show."""
    for version, scheme, later in product(
        (MARKED, UNMARKED, LATE_FOUR, FOUR, OLD), ("http", "https"), ("", "http", "https", "same")
    ):
        if later == "same" and scheme == "https":
            continue
        for control in (True, False):
            yield Case(version, scheme, later, "", 0, False, False, control)
        for step in range(2 if later else 1):
            secure = (later if step else scheme) in ("https", "same")
            for fault in (*NAMES, *FAULTS):
                # Over verified TLS, nobody on the path can replace a page, or cut the connection because of words in the page.
                if (fault.startswith("shake") and not secure) or (fault in ("cut", "mum", "other") and secure):
                    continue
                if step and (fault in ("dead", "mute", "stranger") or (later == "same" and fault in NAMES)):
                    # No helper resolves names after a redirect, so nothing shows that they are forged. With `same`, there is only
                    # one name.
                    continue
                for_all = (False, True) if fault not in ("slow", "other", "bogon", "dead", "mute", "stranger") else (False,)
                injections = (False, True) if fault in NAMES and not step and version in (MARKED, UNMARKED) else (False,)
                for everywhere, injected in product(for_all, injections):
                    if not (everywhere and injected):
                        yield Case(version, scheme, later, fault, step, injected, everywhere, True)


def expected(case: Case) -> tuple[str, str | None]:
    """Return the expected verdict and mechanism."""
    if not case.fault:
        # Without the helper, only verified TLS proves that a page is genuine. The probe must record TLS, and must not have been
        # redirected to another site over plain HTTP.
        secure = (case.later or case.scheme) in ("https", "same")
        proven = secure and not (case.scheme == "http" and case.later == "https") and case.version != OLD
        return ("ok", None) if case.control or proven else ("insufficient", None)
    if case.for_all:
        return "down", None
    if case.fault == "bogon" and case.step and case.version in (LATE_FOUR, FOUR, OLD):
        # These versions do not record the address of the redirect's target.
        return "blocked", "tls-interference" if case.later == "https" else "timeout"
    if case.fault in NAMES:
        return "blocked", NAMES[case.fault][case.injected]
    mechanism = FAULTS[case.fault]
    if case.fault == "silent" and case.step and case.later in ("https", "same") and case.version in (LATE_FOUR, FOUR, OLD):
        mechanism = "tls-interference"  # these versions don't separate connection and handshake after a redirect
    return "blocked", mechanism


def simulate(case: Case) -> dict[str, Any]:
    """Return the measurement that a probe of the case's version writes."""
    hosts = [(HOST, SITE, case.scheme)]
    if case.later:
        hosts.append((HOST, SITE, "https") if case.later == "same" else (NEXT, OTHER, case.later))
    keys: dict[str, list[dict[str, Any]]] = {"queries": [], "tcp_connect": [], "tls_handshakes": [], "requests": []}
    for depth, (host, address, scheme) in enumerate(hosts):
        fault = case.fault if depth == case.step or (case.later == "same" and case.fault in NAMES) else ""
        redirect = f"{hosts[1][2]}://{hosts[1][0]}/" if case.later and not depth else ""
        if not _add_step(case, keys, depth, host, address, scheme, fault, redirect):
            break
    tested = f"{case.scheme}://{HOST}/"
    control = {"control": _control(case)} if case.control else {"control": {}, "control_failure": SILENT}
    # A probe that got a page compares it with the page that the helper got.
    compared = bool(keys["requests"]) and case.control and not case.for_all and keys["requests"][0]["failure"] is None
    alike = case.fault not in ("other", "stranger")
    match = dict.fromkeys(("body_length_match", "title_match", "headers_match"), alike) | {"status_code_match": True}
    measurement = web(tested, case.version, **keys | control | (match if compared else {}))
    elsewhere = case.fault in ("bogon", "dead", "mute", "stranger") and not case.step
    measurement["test_keys"]["dns_consistency"] = None if not case.control else "inconsistent" if elsewhere else "consistent"
    if case.version == OLD:
        measurement["annotations"] = {"engine_name": "libmeasurement_kit"}
        measurement["test_keys"]["tls_handshakes"] = None
    return measurement


def _add_step(
    case: Case, keys: dict[str, Any], depth: int, host: str, address: str, scheme: str, fault: str, redirect: str
) -> bool:
    """Add what the probe sees of one server. Return whether it continues with the next server."""
    five, url = case.version in (MARKED, UNMARKED), f"{scheme}://{host}/"
    port = 443 if scheme == "https" else 80
    resolved = {"bogon": BOGON, "dead": FORGED, "mute": FORGED, "stranger": FORGED}.get(fault, address)
    failure = {"denied": "dns_nxdomain_error", "empty": "dns_no_answer"}.get(fault)
    if failure and case.version == OLD:
        failure = "dns_lookup_error"
    entry = query(host, [] if failure else [resolved], failure)
    truth = entry if case.for_all else query(host, [address])
    if five or not depth:
        keys["queries"].append(_mark(case, entry, depth))
    if five:
        keys["queries"].append(_mark(case, (entry if case.injected else truth) | {"engine": "udp"}, depth, False))
        keys["queries"].append(_mark(case, truth | {"engine": "doh"}, depth, False))
    addresses = [] if failure else [resolved]
    further = [address] if five and address not in addresses and not (failure and case.for_all) else []
    page_from = ""
    error = failure
    for target in (*addresses, *further):
        own = target in addresses
        broken = fault if own or fault not in NAMES else ""
        connected = _CONNECT.get(broken) or ({"bogon": SILENT, "dead": REFUSED}.get(broken))
        if five or not depth:
            keys["tcp_connect"].append(_mark(case, connect(target, port, connected), depth, own))
        handshake_failure = None
        if not connected and scheme == "https":
            handshake_failure = (_HANDSHAKE | _FORGED_HANDSHAKE).get(broken)
            if five or not depth:
                keys["tls_handshakes"].append(_mark(case, handshake(host, target, handshake_failure), depth, own))
        if five and scheme == "http" and not connected:
            # Version 0.5 also tries TLS at an address of plain HTTP, so the TLS fault of the next step appears here, too.
            # A server at a forged address has no certificate of the site.
            tls_fault = broken if broken in _FORGED_HANDSHAKE else case.fault if case.later == "same" else ""
            keys["tcp_connect"].append(_mark(case, connect(target, 443, _CONNECT.get(tls_fault)), depth, own, False))
            if tls_fault not in _CONNECT:
                tls_failure = (_HANDSHAKE | _FORGED_HANDSHAKE).get(tls_fault)
                keys["tls_handshakes"].append(_mark(case, handshake(host, target, tls_failure), depth, own, False))
        if own:
            error = connected or handshake_failure
        if not connected and not handshake_failure and not page_from:
            page_from = target
    if five and not page_from:
        return False
    goes_on = (not error and not fault) or (five and page_from not in addresses)
    fault = "" if five and page_from not in addresses else fault
    answer = _answer(url, redirect, fault, error if not five else None)
    request = at(page_from, answer, port) if five else answer
    keys["requests"].insert(0, _mark(case, request, depth, not five or page_from in addresses))
    return goes_on


def _answer(url: str, redirect: str, fault: str, error: str | None) -> dict[str, Any]:
    if error:
        return exchange(url, "", 0, error)
    if fault in _PAGE or fault == "mute":
        return exchange(url, "", 0, _PAGE.get(fault, SILENT))
    if fault == "slow":
        return exchange(url, "<html>", 200, SILENT)
    if fault in ("other", "stranger"):
        return exchange(url, BLOCK_PAGE)
    return moved(url, redirect) if redirect else exchange(url)


def _mark(case: Case, entry: dict[str, Any], depth: int, classic: bool = True, page: bool = True) -> dict[str, Any]:
    return entry | tags(depth, page=page, classic=classic) if case.version == MARKED else entry


def without_ipv6(measurement: dict[str, Any]) -> dict[str, Any]:
    """Add an IPv6 address of the site to a measurement, in place, as if its probe had no IPv6. Return the measurement."""
    keys = measurement["test_keys"]
    for entry in keys["queries"]:
        if entry["answers"] and entry["answers"][0]["ipv4"] in (SITE, OTHER, BOGON):
            entry["answers"] = [{"answer_type": "AAAA", "ipv6": SIX, "ttl": None}, *entry["answers"]]
    seen = {(entry["port"], tuple(entry.get("tags", ()))) for entry in keys["tcp_connect"]}
    six = [connect(SIX, port, "network_unreachable") | ({"tags": list(marks)} if marks else {}) for port, marks in sorted(seen)]
    keys["tcp_connect"] = six + keys["tcp_connect"]
    if keys["control"] and keys["control"]["dns"]["addrs"]:
        keys["control"]["dns"]["addrs"].append(SIX)
    return measurement


def shuffle(measurement: dict[str, Any], seed: int) -> dict[str, Any]:
    """Shuffle the queries, connections and handshakes of a measurement in place, and return it."""
    chance = random.Random(seed)
    for part in ("queries", "tcp_connect", "tls_handshakes"):
        chance.shuffle(measurement["test_keys"][part] or [])
    return measurement


def _control(case: Case) -> dict[str, Any]:
    success, has_tls = {"status": True, "failure": None}, case.version in (MARKED, UNMARKED, LATE_FOUR)
    port = 443 if case.scheme == "https" else 80
    fault = case.fault if case.for_all and not case.step else ""
    dead = {"status": False, "failure": SILENT}
    known: list[str] = [] if fault in NAMES else [SITE]
    control: dict[str, Any] = {
        "dns": {"failure": "dns_name_error" if fault == "denied" else None, "addrs": known},
        "tcp_connect": {f"{address}:{port}": dead if fault in _CONNECT else success for address in known},
        "http_request": FAILED
        if case.for_all
        else {"body_length": 4000, "failure": None, "headers": {}, "status_code": 200, "title": "The Daily Example"},
    }
    if has_tls:
        tls_fault = case.fault if case.for_all and (not case.step or case.later == "same") else ""
        result = dead if tls_fault in _HANDSHAKE or tls_fault in _CONNECT else success
        control["tls_handshake"] = {f"{address}:443": result for address in known}
        control["ip_info"] = {address: {"asn": SITE_NETWORK, "flags": 11} for address in known}
        if case.fault in ("dead", "mute", "stranger") and not case.step:
            control["tcp_connect"][f"{FORGED}:{port}"] = dead if case.fault == "dead" else success
            control["tls_handshake"][f"{FORGED}:443"] = {"status": False, "failure": "ssl_invalid_hostname"}
    return control
