"""Every fault at every step, as each generation of probes would have written it: what was done is known, so what follows is too.

A probe asks for a page, directly or over one redirect to another server. One thing goes wrong, or nothing; for the probe alone or
for everybody, the helper included.
"""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from tests.measure.generated import (
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
from tests.measure.web_made import FAILED, REFUSED, RESET, SILENT, SIX, at, moved, tags

NEXT = "shop.example.net"
MARKED, UNMARKED, LATE_FOUR, FOUR, OLD = "0.5.28", "0.5.20", "0.4.3", "0.4.1", "0.0.1"
"""The helpers of 0.4.1 told nothing of TLS, those of 0.4.3 do."""
NAMES = {
    "denied": ("nxdomain", "nxdomain"),
    "empty": ("nxdomain", "nxdomain"),
    "bogon": ("dns-forged-address", "dns-injection"),
    "dead": ("dns-forged-address", "dns-injection"),
    "mute": ("dns-forged-address", "dns-injection"),
    "stranger": ("dns-forged-address", "dns-injection"),
}
"""Fault of the resolver → mechanism where it is the user's alone, and where others in the clear repeat it."""
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
_SHAKE = {"shake-reset": RESET, "shake-ended": "eof_error", "shake-silent": SILENT}
_CONNECT = {"refused": REFUSED, "silent": SILENT}
_PAGE = {"cut": RESET, "mum": SILENT}


class Case(NamedTuple):
    """What is done to a probe."""

    version: str
    scheme: str
    later: str
    """The scheme of the server that the first one redirects to; `same` for its own over TLS; empty for no redirect."""
    fault: str
    """Empty for none."""
    step: int
    injected: bool
    for_all: bool
    control: bool

    @property
    def name(self) -> str:
        """The case in words."""
        return "-".join(
            filter(
                None,
                (
                    self.version,
                    self.scheme,
                    self.later and f"to-{self.later}",
                    self.fault or "well",
                    f"at-{self.step}",
                    self.injected and "injected",
                    self.for_all and "for-all",
                    not self.control and "alone",
                ),
            )
        )


def cases() -> Iterator[Case]:
    """All that makes sense."""
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
                # Behind TLS that holds nobody on the way can put a page, or cut after words in it.
                if (fault.startswith("shake") and not secure) or (fault in ("cut", "mum", "other") and secure):
                    continue
                if step and (fault in ("dead", "mute", "stranger") or (later == "same" and fault in NAMES)):
                    continue  # no helper resolves names after a redirect, so they are not known to be forged; one name is one
                for_all = (False, True) if fault not in ("slow", "other", "bogon", "dead", "mute", "stranger") else (False,)
                injections = (False, True) if fault in NAMES and not step and version in (MARKED, UNMARKED) else (False,)
                for everybody, injected in product(for_all, injections):
                    if not (everybody and injected):
                        yield Case(version, scheme, later, fault, step, injected, everybody, True)


def expected(case: Case) -> tuple[str, str | None]:
    """What follows from a case."""
    if not case.fault:
        # Without the helper a page is the site's over checked TLS alone, and where plain HTTP did not lead to another site.
        secure = (case.later or case.scheme) in ("https", "same")
        proven = secure and not (case.scheme == "http" and case.later == "https") and case.version != OLD
        return ("ok", None) if case.control or proven else ("insufficient", None)
    if case.for_all:
        return "down", None
    if case.fault == "bogon" and case.step and case.version in (LATE_FOUR, FOUR, OLD):
        # Those versions do not tell which address the next name had.
        return "blocked", "tls-interference" if case.later == "https" else "timeout"
    if case.fault in NAMES:
        return "blocked", NAMES[case.fault][case.injected]
    mechanism = FAULTS[case.fault]
    if case.fault == "silent" and case.step and case.later in ("https", "same") and case.version in (LATE_FOUR, FOUR, OLD):
        mechanism = "tls-interference"  # those versions do not tell connection and handshake apart after a redirect
    return "blocked", mechanism


def measurement(case: Case) -> dict[str, Any]:
    """What the probe of that version writes."""
    hosts = [(HOST, SITE, case.scheme)]
    if case.later:
        hosts.append((HOST, SITE, "https") if case.later == "same" else (NEXT, OTHER, case.later))
    keys: dict[str, list[dict[str, Any]]] = {"queries": [], "tcp_connect": [], "tls_handshakes": [], "requests": []}
    for depth, (host, address, scheme) in enumerate(hosts):
        fault = case.fault if depth == case.step or (case.later == "same" and case.fault in NAMES) else ""
        onward = f"{hosts[1][2]}://{hosts[1][0]}/" if case.later and not depth else ""
        if not _step(case, keys, depth, host, address, scheme, fault, onward):
            break
    tested = f"{case.scheme}://{HOST}/"
    held = {"control": _control(case)} if case.control else {"control": {}, "control_failure": SILENT}
    # The probe's own comparison, where it has a page to compare.
    compared = bool(keys["requests"]) and case.control and not case.for_all and keys["requests"][0]["failure"] is None
    alike = case.fault not in ("other", "stranger")
    match = dict.fromkeys(("body_length_match", "title_match", "headers_match"), alike) | {"status_code_match": True}
    made = web(tested, case.version, **keys | held | (match if compared else {}))
    elsewhere = case.fault in ("bogon", "dead", "mute", "stranger") and not case.step
    made["test_keys"]["dns_consistency"] = None if not case.control else "inconsistent" if elsewhere else "consistent"
    if case.version == OLD:
        made["annotations"] = {"engine_name": "libmeasurement_kit"}
        made["test_keys"]["tls_handshakes"] = None
    return made


def _step(case: Case, keys: dict[str, Any], depth: int, host: str, address: str, scheme: str, fault: str, onward: str) -> bool:
    """Writes what is seen of one server; whether the probe goes on to the next."""
    five, url = case.version in (MARKED, UNMARKED), f"{scheme}://{host}/"
    port = 443 if scheme == "https" else 80
    given = {"bogon": BOGON, "dead": FORGED, "mute": FORGED, "stranger": FORGED}.get(fault, address)
    failure = {"denied": "dns_nxdomain_error", "empty": "dns_no_answer"}.get(fault)
    if failure and case.version == OLD:
        failure = "dns_lookup_error"
    asked = query(host, [] if failure else [given], failure)
    truth = asked if case.for_all else query(host, [address])
    if five or not depth:
        keys["queries"].append(_mark(case, asked, depth))
    if five:
        keys["queries"].append(_mark(case, (asked if case.injected else truth) | {"engine": "udp"}, depth, False))
        keys["queries"].append(_mark(case, truth | {"engine": "doh"}, depth, False))
    addresses = [] if failure else [given]
    others = [address] if five and address not in addresses and not (failure and case.for_all) else []
    page_from = ""
    error = failure
    for one in (*addresses, *others):
        own = one in addresses
        broken = fault if own or fault not in NAMES else ""
        connected = _CONNECT.get(broken) or ({"bogon": SILENT, "dead": REFUSED}.get(broken))
        if five or not depth:
            keys["tcp_connect"].append(_mark(case, connect(one, port, connected), depth, own))
        shaken = None
        if not connected and scheme == "https":
            shaken = _SHAKE.get(broken) or ({"mute": SILENT, "stranger": "ssl_invalid_hostname"}.get(broken))
            if five or not depth:
                keys["tls_handshakes"].append(_mark(case, handshake(host, one, shaken), depth, own))
        if five and scheme == "http" and not connected:
            # Version 0.5 looks who has a certificate there; what is wrong with TLS at the next step is so here too.
            wrong = case.fault if case.later == "same" else ""
            keys["tcp_connect"].append(_mark(case, connect(one, 443, _CONNECT.get(wrong)), depth, own, False))
            if wrong not in _CONNECT:
                keys["tls_handshakes"].append(_mark(case, handshake(host, one, _SHAKE.get(wrong)), depth, own, False))
        if own:
            error = connected or shaken
        if not connected and not shaken and not page_from:
            page_from = one
    if five and not page_from:
        return False
    got = (not error and not fault) or (five and page_from not in addresses)
    fault = "" if five and page_from not in addresses else fault
    answer = _answer(url, onward, fault, error if not five else None)
    where = at(page_from, answer, port) if five else answer
    keys["requests"].insert(0, _mark(case, where, depth, not five or page_from in addresses))
    return got


def _answer(url: str, onward: str, fault: str, error: str | None) -> dict[str, Any]:
    if error:
        return exchange(url, "", 0, error)
    if fault in _PAGE or fault == "mute":
        return exchange(url, "", 0, _PAGE.get(fault, SILENT))
    if fault == "slow":
        return exchange(url, "<html>", 200, SILENT)
    if fault in ("other", "stranger"):
        return exchange(url, BLOCK_PAGE)
    return moved(url, onward) if onward else exchange(url)


def _mark(case: Case, entry: dict[str, Any], depth: int, classic: bool = True, page: bool = True) -> dict[str, Any]:
    return entry | tags(depth, page=page, classic=classic) if case.version == MARKED else entry


def without_ipv6(made: dict[str, Any]) -> dict[str, Any]:
    """The same of a site that has an IPv6 address as well, by a probe that has none."""
    keys = made["test_keys"]
    for asked in keys["queries"]:
        if asked["answers"] and asked["answers"][0]["ipv4"] in (SITE, OTHER, BOGON):
            asked["answers"] = [{"answer_type": "AAAA", "ipv6": SIX, "ttl": None}, *asked["answers"]]
    seen = {(one["port"], tuple(one.get("tags", ()))) for one in keys["tcp_connect"]}
    six = [connect(SIX, port, "network_unreachable") | ({"tags": list(marks)} if marks else {}) for port, marks in sorted(seen)]
    keys["tcp_connect"] = six + keys["tcp_connect"]
    if keys["control"] and keys["control"]["dns"]["addrs"]:
        keys["control"]["dns"]["addrs"].append(SIX)
    return made


def shuffled(made: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same with questions, connections and handshakes in another order."""
    chance = random.Random(seed)
    for part in ("queries", "tcp_connect", "tls_handshakes"):
        chance.shuffle(made["test_keys"][part] or [])
    return made


def _control(case: Case) -> dict[str, Any]:
    well, told = {"status": True, "failure": None}, case.version in (MARKED, UNMARKED, LATE_FOUR)
    port = 443 if case.scheme == "https" else 80
    fault = case.fault if case.for_all and not case.step else ""
    dead = {"status": False, "failure": SILENT}
    known: list[str] = [] if fault in NAMES else [SITE]
    found: dict[str, Any] = {
        "dns": {"failure": "dns_name_error" if fault == "denied" else None, "addrs": known},
        "tcp_connect": {f"{one}:{port}": dead if fault in _CONNECT else well for one in known},
        "http_request": FAILED
        if case.for_all
        else {"body_length": 4000, "failure": None, "headers": {}, "status_code": 200, "title": "The Daily Example"},
    }
    if told:
        found["tls_handshake"] = {f"{one}:443": dead if fault in _SHAKE or fault in _CONNECT else well for one in known}
        found["ip_info"] = {one: {"asn": SITE_NETWORK, "flags": 11} for one in known}
        if case.fault in ("dead", "mute", "stranger") and not case.step:
            found["tcp_connect"][f"{FORGED}:{port}"] = dead if case.fault == "dead" else well
            found["tls_handshake"][f"{FORGED}:443"] = {"status": False, "failure": "ssl_invalid_hostname"}
    return found
