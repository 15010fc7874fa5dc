"""Facts of tests for single services, which have no control: Telegram, WhatsApp, Facebook Messenger, Signal, Tor, Psiphon."""

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.facts.service_host_states import (
    ENOUGH,
    FORGED,
    NOTHING,
    BlockPageCheck,
    connection_state,
    hosts_state,
    most_common_mechanism,
    number_tried,
    online_state,
    overall_state,
    share_reached,
)
from overt.measure.observations_by_protocol_layer import ProtocolLayers, parse_layers
from overt.measure.protocols.dns import combined_answer
from overt.measure.protocols.failures import CLOSED, OK, RESET, TIMEOUT, entry_failure, failure_kind
from overt.measure.protocols.http import host_of
from overt.measure.protocols.ip_addresses import is_address
from overt.measure.protocols.json_values import mapping, number, objects, text
from overt.measure.protocols.tcp import combined_failure, parse_connections
from overt.measure.protocols.tls import parse_handshakes

Facts = dict[str, str]
_META = frozenset({32934})
"""Facebook's network (AS32934), which contains the addresses of all its services (ts-019)."""
_META_PREFIXES = [
    ip_network(prefix)
    for prefix in (
        *("31.13.24.0/21", "31.13.64.0/18", "45.64.40.0/22", "66.220.144.0/20", "69.63.176.0/20", "69.171.224.0/19"),
        *("74.119.76.0/22", "102.132.96.0/20", "103.4.96.0/22", "129.134.0.0/16", "157.240.0.0/16", "173.252.64.0/18"),
        *("179.60.192.0/22", "185.60.216.0/22", "204.15.20.0/22", "2620:0:1c00::/40", "2a03:2880::/32"),
    )
]
"""Prefixes that AS32934 announced in the years in which probes did not record the networks of addresses (RIPEstat)."""
_WHATSAPP_NETWORKS = _META | {14618, 16509, 36351}
"""Numbers of the networks of WhatsApp's servers, which moved from SoftLayer to Facebook and Amazon."""
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
"""Name of each host in the test keys (ts-019)."""
_RETIRED = frozenset({"uptime.signal.org", "api.directory.signal.org"})
"""Hosts that Signal no longer uses as servers, although some versions of ts-029 test them."""


def parse_tor_layers(keys: dict[str, Any]) -> ProtocolLayers:
    """Parse and combine the protocol layers of a Tor measurement, which has separate ones for each target."""
    targets = [parse_layers(target) for target in _targets(keys)]
    return ProtocolLayers(
        [query for layers in targets for query in layers.dns],
        [connection for layers in targets for connection in layers.tcp],
        [handshake for layers in targets for handshake in layers.tls],
        [handshake for layers in targets for handshake in layers.quic],
        [exchange for layers in targets for exchange in layers.http],
    )


def telegram_facts(keys: dict[str, Any], layers: ProtocolLayers, is_block_page: BlockPageCheck) -> Facts:
    """Return the facts of Telegram (ts-020).

    The test tries data centres by address on ports 80 and 443, each with an HTTP request, and then the website. Some publishers
    leave out the URLs of requests.
    """
    without_url = [exchange for exchange in layers.http if not exchange.url]
    posts = [exchange for exchange in layers.http if not exchange.secure and is_address(host_of(exchange.url))]
    posted = {host_of(exchange.url) for exchange in posts} if not without_url else set()
    posts += without_url
    # The URLs of requests show which addresses belong to data centres. Without URLs, these are the addresses to which no name
    # resolved.
    resolved = {address for query in layers.dns for address in query.addresses}
    centres = [
        connection
        for connection in layers.tcp
        if (connection.address in posted if posted else connection.address not in resolved)
    ]
    endpoints = {connection.endpoint for connection in centres}
    connected = [connection_state(connection.failure) for connection in centres]
    answered = [connection_state(OK if exchange.code else exchange.failure) for exchange in posts]
    # Each endpoint gets one request. The other requests without a URL went to the website. One result is dropped for each of
    # them, beginning with successes.
    for _ in range(min(len(without_url), len(posts) - len(endpoints))):
        answered.remove(OK if OK in answered else answered[-1])
    state = overall_state(connected)
    web = hosts_state(layers, {_TELEGRAM}, networks=_TELEGRAM_NETWORKS, is_block_page=is_block_page)
    return {
        "online": online_state(layers, {_TELEGRAM: web}, is_block_page, names=1),
        "tried": number_tried(len(endpoints)),
        "endpoints": state if state != OK or not posts else overall_state(answered),
        "answering": share_reached(answered),
        "web": web,
    }


def whatsapp_facts(keys: dict[str, Any], layers: ProtocolLayers, is_block_page: BlockPageCheck) -> Facts:
    """Return the facts of WhatsApp (ts-018): e1 … e16.whatsapp.net, registration at v.whatsapp.net, and web.whatsapp.com."""
    hosts = sorted({query.host for query in layers.dns if _WHATSAPP.fullmatch(query.host)})
    endpoints = {host: hosts_state(layers, {host}, encrypted=False, is_block_page=is_block_page) for host in hosts}
    sites = {
        host: hosts_state(layers, {host}, networks=_WHATSAPP_NETWORKS, is_block_page=is_block_page)
        for host in (_REGISTRATION, _WHATSAPP_WEB)
    }
    endpoints = {host: state for host, state in endpoints.items() if state != NOTHING}
    return {
        "online": online_state(layers, endpoints | sites, is_block_page),
        "tried": number_tried(len(endpoints)),
        "endpoints": overall_state(endpoints.values()),
        "answering": share_reached(endpoints.values()),
        "registration": sites[_REGISTRATION],
        "web": sites[_WHATSAPP_WEB],
    }


def messenger_facts(keys: dict[str, Any], layers: ProtocolLayers, is_block_page: BlockPageCheck) -> Facts:
    """Return the facts of Facebook Messenger (ts-019). Hosts must respond and have addresses in Facebook's network."""
    hosts = sorted({query.host for query in layers.dns if query.host})
    states = {host: hosts_state(layers, {host}, encrypted=False, networks=_META, is_block_page=is_block_page) for host in hosts}
    for host, name in _MESSENGER.items():
        if states.get(host) == NOTHING and _resolves_elsewhere(keys, layers, host, name):
            states[host] = FORGED
    return _failing_hosts(layers, states, is_block_page)


def _resolves_elsewhere(keys: dict[str, Any], layers: ProtocolLayers, host: str, name: str) -> bool:
    """Return whether a host resolved to addresses outside Facebook's network, but the networks of the addresses were not
    recorded.

    The probe's own verdict does not suffice, because its table of networks was sometimes missing; nor does today's list of
    networks. A probe that reached this verdict did not try the addresses.
    """
    failure, addresses, networks = combined_answer(query for query in layers.dns if query.host == host)
    consistent = keys.get(f"facebook_{name}_dns_consistent", keys.get(f"facebook-{name}-dns-consistent".replace("_", "-")))
    if consistent is not False or failure != OK or networks:
        return False
    return not any(ip_address(address) in prefix for address in addresses for prefix in _META_PREFIXES)


def signal_facts(keys: dict[str, Any], layers: ProtocolLayers, is_block_page: BlockPageCheck) -> Facts:
    """Return the facts of Signal (ts-029): handshakes with its servers, verified against Signal's own authority."""
    hosts = sorted({query.host for query in layers.dns if query.host} - _RETIRED)
    states = {host: hosts_state(layers, {host}, is_block_page=is_block_page) for host in hosts}
    return _failing_hosts(layers, states, is_block_page)


def tor_facts(keys: dict[str, Any], layers: ProtocolLayers, is_block_page: BlockPageCheck) -> Facts:
    """Return the facts of Tor (ts-023): the shares of directory authorities and obfs4 bridges that were reached."""
    states_by_protocol: dict[str, list[str]] = {}
    for target in _targets(keys):
        states_by_protocol.setdefault(text(target.get("target_protocol")), []).append(_target_state(target))
    # Addresses of secret bridges, and the connections to them, are removed from measurements. So the layers alone don't show
    # everything that was reached.
    reached = any(OK in states for states in states_by_protocol.values())
    facts = {"online": "yes" if reached else online_state(layers, {}, is_block_page)}
    for name, protocol in (("authorities", "or_port_dirauth"), ("bridges", "obfs4")):
        states = [state for state in states_by_protocol.get(protocol, []) if state != NOTHING]
        if len(states) < ENOUGH:
            facts[name] = "too-few-tried" if states else NOTHING
        else:
            facts[name] = {"half": OK, "few": "few", NOTHING: "no"}[share_reached(states)]
        facts[f"{name}_by"] = overall_state([state for state in states if state != OK])
    return facts


def psiphon_facts(keys: dict[str, Any], layers: ProtocolLayers, is_block_page: BlockPageCheck) -> Facts:
    """Return the facts of Psiphon (ts-015): whether a tunnel was established, and a page fetched through it."""
    time, failure = number(keys.get("bootstrap_time")), keys.get("failure")
    answered = any(exchange.failure == OK and exchange.code for exchange in layers.http)
    has_events = any(
        event.get("failure") is None and event.get("operation") in ("connect", "read")
        for event in objects(keys.get("network_events"))
    )
    if failure is None and time and time > 0 and answered:
        tunnel = OK
    elif type(failure) is str and failure and not time:
        tunnel = connection_state(failure_kind(failure))
    else:
        tunnel = NOTHING
    return {"online": "yes" if has_events else online_state(layers, {}, is_block_page), "tunnel": tunnel}


LayerParser = Callable[[dict[str, Any]], ProtocolLayers]
FactMaker = Callable[[dict[str, Any], ProtocolLayers, BlockPageCheck], Facts]
SERVICES: dict[str, tuple[LayerParser, FactMaker]] = {
    "telegram": (parse_layers, telegram_facts),
    "whatsapp": (parse_layers, whatsapp_facts),
    "facebook_messenger": (parse_layers, messenger_facts),
    "signal": (parse_layers, signal_facts),
    "tor": (parse_tor_layers, tor_facts),
    "psiphon": (parse_layers, psiphon_facts),
}
"""The functions for each test: one parses its layers, the other computes its facts."""


def block_page_check(fingerprints: Fingerprints, country: str) -> BlockPageCheck:
    """Return a function that checks whether addresses are known to serve block pages of a country or of its providers."""
    return lambda addresses: fingerprints.match_answers(addresses, country)[0] in ("national", "provider")


def _failing_hosts(layers: ProtocolLayers, states: dict[str, str], is_block_page: BlockPageCheck) -> Facts:
    known = [state for state in states.values() if state != NOTHING]
    by = most_common_mechanism(known)
    blocked = sum(most_common_mechanism([state]) != NOTHING for state in known)
    if not known:
        failing = NOTHING
    elif known.count(OK) == len(known):
        failing = "no"
    else:
        failing = "half" if blocked * 2 >= len(known) else "few"
    online = online_state(layers, states, is_block_page)
    return {"online": online, "tried": number_tried(len(known)), "failing": failing, "by": by}


def _targets(keys: dict[str, Any]) -> list[dict[str, Any]]:
    targets = keys.get("targets")
    return objects(list(targets.values()) if type(targets) is dict else targets)


def _target_state(target: dict[str, Any]) -> str:
    """Return the state of a target.

    `failure` has the outcome, and `summary` or the layers have the step at which it failed. Some of these may be missing.
    """
    summary = mapping(target.get("summary"))
    succeeded = target.get("failure") is None
    steps = {
        name: entry_failure(step, succeeded)
        for name, step in summary.items()
        if type(step) is dict and ("failure" in step or succeeded)
    }
    connected = steps.get("connect") or combined_failure(
        connection.failure for connection in parse_connections(target.get("tcp_connect"))
    )
    if connected != OK:
        return connection_state(connected)
    handshake = steps.get("handshake") or combined_failure(
        entry.failure for entry in parse_handshakes(target.get("tls_handshakes"))
    )
    failure = handshake or (failure_kind(target["failure"]) if "failure" in target else NOTHING)
    # Bridges of obfs4 don't use TLS: an interfering network sees random bytes and no name.
    if failure in (RESET, CLOSED, TIMEOUT) and target.get("target_protocol") != "obfs4":
        return "tls-interference"
    return connection_state(failure)
