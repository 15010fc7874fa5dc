"""Tests of one service: Telegram, WhatsApp, Facebook Messenger, Signal, Tor, Psiphon. None of them has a control."""

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from overt.measure.addresses import is_address
from overt.measure.dns import answers, queries
from overt.measure.failures import CLOSED, OK, RESET, TIMEOUT, kind
from overt.measure.fingerprints import Fingerprints
from overt.measure.http import exchanges, host_of
from overt.measure.layers import Layers
from overt.measure.quic import quic_handshakes
from overt.measure.reached import (
    ENOUGH,
    FORGED,
    NOTHING,
    Listed,
    altogether,
    answering,
    connection,
    mechanism,
    online,
    part,
    tried,
)
from overt.measure.tcp import connects, together
from overt.measure.tls import handshakes
from overt.measure.values import mapping, number, objects, text

Facts = dict[str, str]
_META = frozenset({32934})
"""The network of Facebook (AS32934), to which all its services' addresses belong (ts-019)."""
_META_PREFIXES = [
    ip_network(prefix)
    for prefix in (
        *("31.13.24.0/21", "31.13.64.0/18", "45.64.40.0/22", "66.220.144.0/20", "69.63.176.0/20", "69.171.224.0/19"),
        *("74.119.76.0/22", "102.132.96.0/20", "103.4.96.0/22", "129.134.0.0/16", "157.240.0.0/16", "173.252.64.0/18"),
        *("179.60.192.0/22", "185.60.216.0/22", "204.15.20.0/22", "2620:0:1c00::/40", "2a03:2880::/32"),
    )
]
"""What AS32934 announced in the years in which probes did not tell the networks of addresses (RIPEstat)."""
_WHATSAPP_NETWORKS = _META | {14618, 16509, 36351}
"""WhatsApp's servers moved from SoftLayer to Facebook and Amazon."""
_TELEGRAM_NETWORKS = frozenset({44907, 59930, 62014, 62041, 211157})
_TELEGRAM = "web.telegram.org"
_REGISTRATION, _WHATSAPP_WEB = "v.whatsapp.net", "web.whatsapp.com"
_WHATSAPP = re.compile(r"e\d{1,2}\.whatsapp\.net", re.ASCII)
_MESSENGER = {
    "stun.fbsbx.com": "stun",
    "b-api.facebook.com": "b_api",
    "b-graph.facebook.com": "b_graph",
    "edge-mqtt.facebook.com": "edge",
    "external.xx.fbcdn.net": "external_cdn",
    "scontent.xx.fbcdn.net": "scontent_cdn",
    "star.c10r.facebook.com": "star",
}
"""Host → its name in the keys of the measurement (ts-019)."""
_RETIRED = frozenset({"uptime.signal.org", "api.directory.signal.org"})
"""No server of Signal's any longer, or none at all; ts-029 asks, or asked, for them."""


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


def telegram_facts(keys: dict[str, Any], seen: Layers, listed: Listed) -> Facts:
    """Telegram (ts-020): data centres are tried by address on ports 80 and 443, each with an HTTP request; then the site."""
    posts = [one for one in seen.http if not one.secure and is_address(host_of(one.url))]
    asked = {host_of(one.url) for one in posts}
    # Which addresses are data centres the requests say; without any, those that no name led to.
    of_web = {address for query in seen.dns for address in query.addresses}
    centres = [one for one in seen.tcp if (one.address in asked if asked else one.address not in of_web)]
    connected = [connection(one.failure) for one in centres]
    answered = [connection(OK if one.code else one.failure) for one in posts]
    state = altogether(connected)
    web = part(seen, {_TELEGRAM}, networks=_TELEGRAM_NETWORKS, listed=listed)
    return {
        "online": online(seen, {_TELEGRAM: web}, listed, names=1),
        "tried": tried(len({one.endpoint for one in centres})),
        "endpoints": state if state != OK or not posts else altogether(answered),
        "answering": answering(answered),
        "web": web,
    }


def whatsapp_facts(keys: dict[str, Any], seen: Layers, listed: Listed) -> Facts:
    """WhatsApp (ts-018): e1 … e16.whatsapp.net, registration at v.whatsapp.net, and web.whatsapp.com."""
    hosts = sorted({query.host for query in seen.dns if _WHATSAPP.fullmatch(query.host)})
    states = {host: part(seen, {host}, encrypted=False, listed=listed) for host in hosts}
    others = {host: part(seen, {host}, networks=_WHATSAPP_NETWORKS, listed=listed) for host in (_REGISTRATION, _WHATSAPP_WEB)}
    states = {host: state for host, state in states.items() if state != NOTHING}
    return {
        "online": online(seen, states | others, listed),
        "tried": tried(len(states)),
        "endpoints": altogether(states.values()),
        "answering": answering(states.values()),
        "registration": others[_REGISTRATION],
        "web": others[_WHATSAPP_WEB],
    }


def messenger_facts(keys: dict[str, Any], seen: Layers, listed: Listed) -> Facts:
    """Facebook Messenger (ts-019): each host's addresses must lie in Facebook's network, and answer."""
    hosts = sorted({query.host for query in seen.dns if query.host})
    states = {host: part(seen, {host}, encrypted=False, networks=_META, listed=listed) for host in hosts}
    for host, name in _MESSENGER.items():
        if states.get(host) == NOTHING and _led_elsewhere(keys, seen, host, name):
            states[host] = FORGED
    return _failing(seen, states, listed)


def _led_elsewhere(keys: dict[str, Any], seen: Layers, host: str, name: str) -> bool:
    """Whether the probe found a host's addresses, whose networks it did not tell, in another network than Facebook's.

    Its own word is not enough, as its table of networks was missing at times; nor is the list of today's networks. Where it
    said so, it did not try the addresses.
    """
    failure, addresses, told = answers(one for one in seen.dns if one.host == host)
    said = keys.get(f"facebook_{name}_dns_consistent", keys.get(f"facebook-{name}-dns-consistent".replace("_", "-")))
    if said is not False or failure != OK or told:
        return False
    return not any(ip_address(one) in prefix for one in addresses for prefix in _META_PREFIXES)


def signal_facts(keys: dict[str, Any], seen: Layers, listed: Listed) -> Facts:
    """Signal (ts-029): handshakes with its servers, checked against Signal's own authority."""
    hosts = sorted({query.host for query in seen.dns if query.host} - _RETIRED)
    return _failing(seen, {host: part(seen, {host}, listed=listed) for host in hosts}, listed)


def tor_facts(keys: dict[str, Any], seen: Layers, listed: Listed) -> Facts:
    """Tor (ts-023): targets by their protocol."""
    kinds: dict[str, list[str]] = {}
    for target in _targets(keys):
        kinds.setdefault(text(target.get("target_protocol")), []).append(_target(target))
    # The addresses of secret bridges are cut out, and with them their connections.
    reached = any(OK in states for states in kinds.values())
    facts = {"online": "yes" if reached else online(seen, {}, listed)}
    for name, protocol in (("authorities", "or_port_dirauth"), ("bridges", "obfs4")):
        states = [state for state in kinds.get(protocol, []) if state != NOTHING]
        if len(states) < ENOUGH:
            facts[name] = "too-few-tried" if states else NOTHING
        else:
            facts[name] = {"half": OK, "few": "few", NOTHING: "no"}[answering(states)]
        by = altogether([state for state in states if state != OK])
        facts[f"{name}_by"] = by
    return facts


def psiphon_facts(keys: dict[str, Any], seen: Layers, listed: Listed) -> Facts:
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
        tunnel = connection(kind(failure))
    else:
        tunnel = NOTHING
    return {"online": "yes" if events else online(seen, {}, listed), "tunnel": tunnel}


Maker = Callable[[dict[str, Any], Layers, Listed], Facts]
SERVICES: dict[str, tuple[Callable[[dict[str, Any]], Layers], Maker]] = {
    "telegram": (layers, telegram_facts),
    "whatsapp": (layers, whatsapp_facts),
    "facebook_messenger": (layers, messenger_facts),
    "signal": (layers, signal_facts),
    "tor": (tor_layers, tor_facts),
    "psiphon": (layers, psiphon_facts),
}
"""Test → what reads its layers, and what makes facts of them."""


def listed_in(prints: Fingerprints, country: str) -> Listed:
    """Whether addresses are known to be those of block pages of a country or of a provider in it."""
    return lambda addresses: prints.of_answers(addresses, country)[0] in ("national", "provider")


def _failing(seen: Layers, states: dict[str, str], listed: Listed) -> Facts:
    known = [state for state in states.values() if state != NOTHING]
    by = mechanism(known)
    kept = sum(mechanism([state]) != NOTHING for state in known)
    failing = NOTHING if not known else "no" if known.count(OK) == len(known) else "half" if kept * 2 >= len(known) else "few"
    return {"online": online(seen, states, listed), "tried": tried(len(known)), "failing": failing, "by": by}


def _targets(keys: dict[str, Any]) -> list[dict[str, Any]]:
    held = keys.get("targets")
    values = list(held.values()) if type(held) is dict else held
    return objects(values)


def _target(target: dict[str, Any]) -> str:
    """A target's end. `failure` tells how it ended, the summary or the layers at which step; some of these may be missing."""
    summary = mapping(target.get("summary"))
    steps = {name: kind(step["failure"]) for name, step in summary.items() if type(step) is dict and "failure" in step}
    connected = steps.get("connect") or together(one.failure for one in connects(target.get("tcp_connect")))
    if connected != OK:
        return connection(connected)
    shaken = steps.get("handshake") or together(one.failure for one in handshakes(target.get("tls_handshakes")))
    end = shaken or (kind(target["failure"]) if "failure" in target else NOTHING)
    # Bridges of obfs4 speak no TLS: what cuts them sees no name, but bytes that mean nothing to it.
    if end in (RESET, CLOSED, TIMEOUT) and target.get("target_protocol") != "obfs4":
        return "tls-interference"
    return connection(end)
