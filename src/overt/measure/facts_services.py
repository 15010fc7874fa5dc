"""Tests of one service: Telegram, WhatsApp, Facebook Messenger, Signal, Tor, Psiphon. None of them has a control."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from overt.measure.dns import answers, bogons, queries
from overt.measure.failures import CERTIFICATE, CLOSED, NXDOMAIN, OK, REFUSED, RESET, TIMEOUT, kind
from overt.measure.http import exchanges, host_of
from overt.measure.layers import Layers
from overt.measure.quic import quic_handshakes
from overt.measure.tcp import connects, together
from overt.measure.tls import handshakes
from overt.measure.values import mapping, number, objects, text

Facts = dict[str, str]
NOTHING, FAILED = "none", "failed"
_CONNECTION = {REFUSED: "tcp-reset", RESET: "tcp-reset", CLOSED: "tcp-reset", TIMEOUT: "timeout"}
_META = 32934
"""The network of Facebook (AS32934), to which all its services' addresses belong (ts-019)."""
_ENOUGH = 4
"""So many targets of a kind have to be tried before anything is said of all: one alone may be down, or up, by itself."""
_TELEGRAM = "web.telegram.org"
_REGISTRATION, _WHATSAPP_WEB = "v.whatsapp.net", "web.whatsapp.com"
_WHATSAPP = re.compile(r"e\d{1,2}\.whatsapp\.net", re.ASCII)


def layers(keys: dict[str, Any]) -> Layers:
    """All that a test of one service observed."""
    parts = (queries(keys.get("queries")), connects(keys.get("tcp_connect")), handshakes(keys.get("tls_handshakes")))
    return Layers(*parts, quic_handshakes(keys), exchanges(keys.get("requests")))


def tor_layers(keys: dict[str, Any]) -> Layers:
    """The same for Tor, whose targets hold their layers each for itself."""
    found = [layers(target) for target in _targets(keys)]
    return Layers(
        [one for held in found for one in held.dns],
        [one for held in found for one in held.tcp],
        [one for held in found for one in held.tls],
        [one for held in found for one in held.quic],
        [one for held in found for one in held.http],
    )


def telegram_facts(keys: dict[str, Any], seen: Layers) -> Facts:
    """Telegram (ts-020): data centres are tried by address on ports 80 and 443, each with an HTTP request; then the site."""
    of_web = {address for query in seen.dns for address in query.addresses}
    centres = [one for one in seen.tcp if one.address not in of_web]
    posts = [one for one in seen.http if not one.secure and host_of(one.url) not in (_TELEGRAM, "")]
    connected = together(one.failure for one in centres)
    answered = together(OK if one.code else one.failure for one in posts)
    state = connected if connected != OK or not posts else answered
    web = part(seen, {_TELEGRAM})
    return {
        "online": _online(seen, {_TELEGRAM: web}),
        "tried": _tried(len({one.endpoint for one in centres})),
        "endpoints": _connection(state),
        "web": web,
    }


def whatsapp_facts(keys: dict[str, Any], seen: Layers) -> Facts:
    """WhatsApp (ts-018): e1 … e16.whatsapp.net, registration at v.whatsapp.net, and web.whatsapp.com."""
    hosts = sorted({query.host for query in seen.dns if _WHATSAPP.fullmatch(query.host)})
    states = {host: state for host in hosts if (state := part(seen, {host}, encrypted=False)) != NOTHING}
    others = {host: part(seen, {host}) for host in (_REGISTRATION, _WHATSAPP_WEB)}
    reached = OK in states.values()
    return {
        "online": _online(seen, states | others),
        "tried": _tried(len(states)),
        "endpoints": OK if reached else Counter(states.values()).most_common(1)[0][0] if states else NOTHING,
        "registration": others[_REGISTRATION],
        "web": others[_WHATSAPP_WEB],
    }


def messenger_facts(keys: dict[str, Any], seen: Layers) -> Facts:
    """Facebook Messenger (ts-019): each host's addresses must lie in Facebook's network, and answer."""
    hosts = sorted({query.host for query in seen.dns if query.host})
    return _failing(seen, {host: part(seen, {host}, encrypted=False, network=_META) for host in hosts})


def signal_facts(keys: dict[str, Any], seen: Layers) -> Facts:
    """Signal (ts-029): handshakes with its servers, checked against Signal's own authority. uptime.signal.org is no server."""
    hosts = sorted({query.host for query in seen.dns if query.host not in ("", "uptime.signal.org")})
    return _failing(seen, {host: part(seen, {host}) for host in hosts})


def tor_facts(keys: dict[str, Any], seen: Layers) -> Facts:
    """Tor (ts-023): targets by their protocol."""
    kinds: dict[str, list[str]] = {}
    for target in _targets(keys):
        kinds.setdefault(text(target.get("target_protocol")), []).append(_target(target))
    facts = {"online": _yes(seen.came_through())}
    for name, protocol in (("authorities", "or_port_dirauth"), ("bridges", "obfs4")):
        states = kinds.get(protocol, [])
        bad = [state for state in states if state not in (OK, NOTHING)]
        good = states.count(OK)
        if len(bad) + good < _ENOUGH:
            facts[name] = "too-few-tried" if bad or good else NOTHING
        elif not good:
            facts[name] = "no"
        else:
            facts[name] = OK if good >= len(bad) else "few"
        facts[f"{name}_by"] = Counter(sorted(bad)).most_common(1)[0][0] if bad else NOTHING
    return facts


def psiphon_facts(keys: dict[str, Any], seen: Layers) -> Facts:
    """Psiphon (ts-015): a tunnel, and a page through it."""
    time, failure = number(keys.get("bootstrap_time")), keys.get("failure")
    answered = any(one.failure == OK and one.code for one in seen.http)
    events = any(
        event.get("failure", "") is None and event.get("operation") in ("connect", "read")
        for event in objects(keys.get("network_events"))
    )
    if "failure" in keys and failure is None and time and time > 0 and answered:
        tunnel = OK
    elif type(failure) is str and failure and not time:
        tunnel = _connection(kind(failure))
    else:
        tunnel = NOTHING
    return {"online": _yes(seen.came_through() or events), "tunnel": tunnel}


SERVICES: dict[str, tuple[Callable[[dict[str, Any]], Layers], Callable[[dict[str, Any], Layers], Facts]]] = {
    "telegram": (layers, telegram_facts),
    "whatsapp": (layers, whatsapp_facts),
    "facebook_messenger": (layers, messenger_facts),
    "signal": (layers, signal_facts),
    "tor": (tor_layers, tor_facts),
    "psiphon": (layers, psiphon_facts),
}
"""Test → what reads its layers, and what makes facts of them."""


def part(seen: Layers, hosts: set[str], *, encrypted: bool = True, network: int = 0) -> str:
    """How hosts of a service stand: ok, the mechanism by which they fail, certificate, failed, or none where nothing was tried.

    `encrypted`: only a handshake that succeeded, or a page over TLS, shows that they were reached. `network`: the one in which
    all their addresses must lie.
    """
    asked = [query for query in seen.dns if query.host in hosts]
    failure, addresses, networks = answers(asked)
    if failure == NXDOMAIN:
        return "nxdomain"
    if failure == OK and (bogons(addresses) or (network and networks and network not in networks)):
        return "dns-forged-address"
    secure = [one for one in seen.http if one.secure and host_of(one.url) in hosts]
    shake = together(one.failure for one in seen.tls if one.name in hosts)
    if shake == OK or any(one.code and one.failure == OK for one in secure):
        return OK
    connected = together(one.failure for one in seen.tcp if one.address in addresses)
    if not encrypted and connected:
        return _connection(connected)
    if shake:
        return "tls-interference" if shake in (RESET, CLOSED, TIMEOUT) else CERTIFICATE if shake == CERTIFICATE else FAILED
    if connected and connected != OK:
        return _connection(connected)
    state = together(one.failure for one in secure)
    if state:
        return CERTIFICATE if state == CERTIFICATE else _connection(state)
    return FAILED if failure and failure != OK else NOTHING


def _failing(seen: Layers, states: dict[str, str]) -> Facts:
    tried = [state for state in states.values() if state != NOTHING]
    bad = [state for state in tried if state != OK]
    by = Counter(sorted(bad)).most_common(1)[0][0] if bad else NOTHING
    failing = NOTHING if not tried else "no" if not bad else "half" if len(bad) * 2 >= len(tried) else "few"
    return {"online": _online(seen, states), "tried": _tried(len(tried)), "failing": failing, "by": by}


def _online(seen: Layers, states: Mapping[str, str]) -> str:
    """Whether anything came through beside the hosts that failed."""
    failing = {host for host, state in states.items() if state != OK}
    forged = {host for host, state in states.items() if state == "dns-forged-address"}
    return _yes(seen.came_through(failing, forged))


def _tried(count: int) -> str:
    return "enough" if count >= _ENOUGH else "few"


def _targets(keys: dict[str, Any]) -> list[dict[str, Any]]:
    held = keys.get("targets")
    values = list(held.values()) if type(held) is dict else held
    return objects(values)


def _target(target: dict[str, Any]) -> str:
    """A target's end: its handshake if it came to one, else its connection; by its layers where it has no summary."""
    summary = mapping(target.get("summary"))
    for name in ("handshake", "connect"):
        step = summary.get(name)
        if type(step) is dict and "failure" in step:
            failure = kind(step["failure"])
            if failure == OK:
                return OK
            if name == "handshake" and failure in (RESET, CLOSED, TIMEOUT):
                return "tls-interference"
            return _connection(failure)
    return _connection(together(one.failure for one in connects(target.get("tcp_connect"))))


def _connection(failure: str) -> str:
    if failure in ("", NOTHING):
        return NOTHING
    return OK if failure == OK else _CONNECTION.get(failure, FAILED)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
