"""Facts of web_connectivity. content/measure/rules.yml defines the facts and their values."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from overt.measure.block_page_fingerprints import Fingerprints
from overt.measure.facts.comparison_by_endpoint import compare_by_endpoint
from overt.measure.facts.control_measurement import ERROR, NOTHING, Control, compare_pages, https_endpoints, parse_control
from overt.measure.facts.requests_a_browser_would_make import user_requests
from overt.measure.measurement import Measurement
from overt.measure.observations_by_protocol_layer import ProtocolLayers
from overt.measure.protocols.dns import DOH, SYSTEM, UDP, Query, combined_answer, ipv4_all_bogons
from overt.measure.protocols.failures import (
    BAD_REDIRECT,
    CERTIFICATE,
    CLOSED,
    DNS_BOGON,
    DNS_FAILED,
    DNS_REFUSED,
    DNS_UNNAMED,
    NO_ANSWER,
    NXDOMAIN,
    ODD,
    OK,
    TIMEOUT,
)
from overt.measure.protocols.http import Exchange, has_internal_host, host_of, is_challenge, is_relative, same_site
from overt.measure.protocols.ip_addresses import BOGON, NONE, address_kind, is_tunnel_address, split_endpoint
from overt.measure.protocols.json_values import text
from overt.measure.protocols.tcp import Connection, combined_failure
from overt.measure.protocols.tls import Handshake

Facts = dict[str, str]
_NO_NAME = {
    NXDOMAIN: "nxdomain",
    NO_ANSWER: "no-answer",
    DNS_REFUSED: "refused",
    DNS_FAILED: "servfail",
    DNS_UNNAMED: "unnamed",
    DNS_BOGON: "bogon",
}


def web_facts(measurement: Measurement, layers: ProtocolLayers, fingerprints: Fingerprints) -> Facts:
    """Return the facts of one web_connectivity measurement."""
    keys = measurement.keys or {}
    control = parse_control(keys)
    path = user_requests(layers, measurement.input, control.addresses)
    depth = path.depth()
    facts: Facts = {"depth": "redirected" if depth or len(path.http) > 1 else "direct", "control_dns": control.dns}
    facts |= {"control_http": control.page, "site_tls": control.site_tls}
    own_answers = {address for query in path.dns if query.resolver == SYSTEM for address in query.addresses}
    tunnelled = any(map(is_tunnel_address, own_answers - control.addresses))
    facts["relayed"] = "yes" if tunnelled or text(keys.get("socksproxy")) else "no"
    # After a redirect, an error may come from the first server instead of the one at the end of the path.
    facts["answered"] = "yes" if control.page == OK or (control.page == ERROR and facts["depth"] == "direct") else "no"
    host = host_of(measurement.input)
    first = [
        handshake
        for handshake in path.tls
        if not handshake.depth and handshake.verified and (not host or handshake.name in ("", host))
    ]
    facts["answer_tls"] = combined_failure(handshake.failure for handshake in first) or NOTHING
    # One verified address doesn't vouch for the others, at which another server may answer.
    is_verified = facts["answer_tls"] == OK and all(handshake.failure != CERTIFICATE for handshake in first)
    _add_dns_facts(facts, measurement, layers, path.dns, control, keys, is_verified)
    connections = [connection for connection in path.tcp if connection.depth == depth and connection.for_page]
    handshakes = [handshake for handshake in path.tls if handshake.depth == depth and handshake.for_page]
    last = next((exchange for exchange in path.http if exchange.depth == depth), None)  # The newest exchange is first.
    own = own_answers | {host}
    facts["tcp"], facts["control_tcp"] = compare_by_endpoint(
        ((connection.endpoint, connection.failure) for connection in connections),
        lambda endpoints: control.tcp_result(
            endpoint for endpoint in endpoints if not depth or split_endpoint(endpoint)[0] in own
        ),
    )
    names = {handshake.endpoint: handshake.name for handshake in handshakes}

    def control_tls(endpoints: Iterable[str]) -> str:
        return control.tls_result(endpoint for endpoint in endpoints if not depth or names[endpoint] == host)

    facts["tls"], facts["control_tls"] = compare_by_endpoint(
        ((handshake.endpoint, handshake.failure) for handshake in handshakes), control_tls
    )
    if facts["tls"] == OK and last is not None and last.secure and not last.code and last.failure != OK and not last.endpoint:
        # The measurement doesn't show from which address the page was requested. If handshakes at some addresses failed in the
        # same way as the page, it was probably one of these.
        failed = [(handshake.endpoint, last.failure) for handshake in handshakes if handshake.failure == last.failure]
        if failed:
            facts["tls"], facts["control_tls"] = compare_by_endpoint(failed, control_tls)
    facts["genuine_tls"] = _genuine_tls(layers, host, control) if facts["dns"] not in ("same", "literal") else NOTHING
    facts["final_dns"] = _final_dns(path.dns, depth)
    _add_quic_facts(facts, layers.quic, control)
    _add_page_facts(facts, measurement, keys, path.http, last, handshakes, control)
    facts["scheme"] = _scheme(measurement, last, connections)
    # Nobody on the path can replace a page that is sent over verified TLS.
    facts["block_page"] = fingerprints.match_pages(path.http, measurement.country)[0] if facts["secure"] == "no" else NOTHING
    # An address that the control also resolved is the site's own, even if a list contains it.
    answers = {answer for query in path.dns if query.resolver == SYSTEM for answer in query.addresses + query.aliases}
    answers -= control.addresses
    facts["block_address"] = fingerprints.match_answers(sorted(answers), measurement.country)[0]
    return facts


def _add_dns_facts(
    facts: Facts,
    measurement: Measurement,
    layers: ProtocolLayers,
    path: list[Query],
    control: Control,
    keys: dict[str, Any],
    is_verified: bool,
) -> None:
    """Compare the user's resolver with the control and an encrypted resolver; note whether a second resolver agrees.

    `is_verified`: whether the probe verified the site's certificate at the user's addresses.
    """
    failure, addresses, networks = combined_answer(query for query in path if query.resolver == SYSTEM and query.depth == 0)
    host = host_of(measurement.input)
    queries = [query for query in layers.dns if not query.depth]
    queries = [query for query in queries if query.host == host] or queries
    doh, doh_addresses, doh_networks = combined_answer(query for query in queries if query.resolver == DOH)
    facts["doh"] = NOTHING if not doh else doh if doh in (OK, NXDOMAIN, NO_ANSWER) else "failed"
    reference = control.addresses | doh_addresses
    reference_networks = control.networks | doh_networks
    if failure == OK:
        facts["dns"] = _compare_addresses(addresses, networks, reference, reference_networks, keys)
    elif failure in ("", ODD):
        facts["dns"] = "literal" if address_kind(host_of(measurement.input)) != NONE else NOTHING
    else:
        facts["dns"] = _NO_NAME.get(failure, "failed")
    second, second_addresses, second_networks = combined_answer(query for query in queries if query.resolver == UDP)
    if not second:
        facts["second"] = NOTHING
    elif (second == OK and second_addresses & addresses - reference) or (failure in (NXDOMAIN, NO_ANSWER) and second == failure):
        facts["second"] = "agrees"
    elif second == OK and (second_addresses & reference or second_networks & reference_networks):
        facts["second"] = "reference"
    else:
        facts["second"] = "failed" if second != OK else "other"
    if facts["dns"] == "elsewhere" and facts["second"] != "agrees":
        # An address that an unencrypted second resolver confirms stays `elsewhere`, whoever reached the site there: it may be a
        # relay that users are sent to.
        if control.tls_result(https_endpoints(addresses)) == OK:
            facts["dns"] = "same"
        elif is_verified:
            facts["dns"] = "verified"


def _compare_addresses(
    addresses: set[str],
    networks: set[int],
    reference: set[str] | frozenset[str],
    reference_networks: set[int] | frozenset[int],
    keys: dict[str, Any],
) -> str:
    if ipv4_all_bogons(addresses):
        return "same" if {address for address in addresses if address_kind(address) == BOGON} & reference else "bogon"
    if not reference:
        return "uncompared"
    if addresses & reference or networks & reference_networks:
        return "same"
    if networks and reference_networks:
        return "elsewhere"
    # Before measurements recorded the networks of addresses, the probe itself compared them.
    return {"consistent": "same", "inconsistent": "elsewhere"}.get(str(keys.get("dns_consistency")), "uncompared")


def _genuine_tls(layers: ProtocolLayers, host: str, control: Control) -> str:
    """Return the result of TLS at the control's addresses. Version 0.5 tries them even if the user's resolver returned others.

    `none` if all handshakes failed there, and the control's succeeded at none of the same addresses.
    """
    attempts = [
        (handshake.endpoint, handshake.failure)
        for handshake in layers.tls
        if not handshake.depth and handshake.name == host and handshake.address in control.addresses
    ]
    failure, at_control = compare_by_endpoint(attempts, control.tls_result)
    return failure if OK in (failure, at_control) else NOTHING


def _final_dns(path: list[Query], depth: int) -> str:
    """Classify the DNS results for the last redirect's target, whose name the control has not resolved."""
    if not depth:
        return NOTHING
    failure, addresses, _ = combined_answer(query for query in path if query.depth == depth and query.resolver == SYSTEM)
    if failure == OK:
        return "bogon" if ipv4_all_bogons(addresses) else OK
    return _NO_NAME.get(failure, "failed") if failure else NOTHING


def _add_quic_facts(facts: Facts, handshakes: list[Handshake], control: Control) -> None:
    attempts = [(handshake.endpoint, handshake.failure) for handshake in handshakes]
    facts["quic"], facts["control_quic"] = compare_by_endpoint(attempts, control.quic_result)


def _add_page_facts(
    facts: Facts,
    measurement: Measurement,
    keys: dict[str, Any],
    path: list[Exchange],
    last: Exchange | None,
    handshakes: Iterable[Handshake],
    control: Control,
) -> None:
    facts |= {"http": NOTHING, "page": NOTHING, "secure": "no", "challenge": "no", "redirect": NOTHING}
    for newer, older in pairwise(path):
        # A redirect that the response itself doesn't name, because publishers cut its headers, shows in the next address.
        if not older.secure and older.code and not same_site(host_of(newer.url), host_of(older.url)):
            facts["redirect"] = "elsewhere"
    for exchange in path:
        if exchange.location and not exchange.secure and exchange.code:
            target = host_of(exchange.location)
            if has_internal_host(exchange.location):
                facts["redirect"] = "inside"
            elif target and not same_site(target, host_of(exchange.url)) and facts["redirect"] == NOTHING:
                facts["redirect"] = "elsewhere"
    if last is None:
        return
    answered = last.code > 0
    is_followable = last.failure == OK or (last.failure == BAD_REDIRECT and is_relative(last.location))
    if is_followable and last.location:
        facts["http"] = "redirect"  # The redirect's target was not fetched.
    elif last.failure == OK:
        facts["http"] = OK if answered else ODD
    elif answered and last.failure == TIMEOUT:
        facts["http"] = "cut-body"
    elif answered and last.failure == CLOSED:
        facts["http"] = ODD  # Servers, too, sometimes end a response before its announced length.
    else:
        facts["http"] = last.failure
    if facts["http"] != OK:
        return
    facts["page"] = compare_pages(keys, last, control)
    facts["challenge"] = "yes" if is_challenge(last) else "no"
    host_verified = any(
        handshake.failure == OK and handshake.verified and handshake.name == host_of(last.url) for handshake in handshakes
    )
    # Verified TLS only proves a page if no redirect over plain HTTP, which anyone can forge, led to another site.
    secure = last.secure and (host_verified or measurement.checks_certificates) and facts["redirect"] == NOTHING
    facts["secure"] = "yes" if secure else "no"


def _scheme(measurement: Measurement, last: Exchange | None, connections: list[Connection]) -> str:
    """Return the scheme of the last request. If it is not recorded, the tested URL or, after a redirect, the port shows it."""
    if last is not None:
        return "https" if last.secure else "http"
    if connections and connections[0].depth:
        return "https" if connections[0].port == 443 else "http"
    return "https" if measurement.input[:8].lower() == "https://" else "http"
