"""web_connectivity: what its layers say together. The facts and their values are those of content/measure/rules.yml."""

from collections.abc import Iterable
from typing import Any

from overt.measure.addresses import BOGON, NONE, address_kind
from overt.measure.control import ERROR, NOTHING, Control, compared, control, https_endpoints
from overt.measure.dns import DOH, SYSTEM, UDP, Query, answers, led_inside, queries
from overt.measure.failures import (
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
from overt.measure.fingerprints import Fingerprints
from overt.measure.http import Exchange, asks_for_a_person, exchanges, host_of, leads_inside, same_site
from overt.measure.layers import Layers
from overt.measure.measurement import Measurement
from overt.measure.path import path
from overt.measure.quic import quic_handshakes
from overt.measure.tcp import Connect, connects, together
from overt.measure.tls import Handshake, handshakes
from overt.measure.values import text

Facts = dict[str, str]
_NO_NAME = {
    NXDOMAIN: "nxdomain",
    NO_ANSWER: "no-answer",
    DNS_REFUSED: "refused",
    DNS_FAILED: "servfail",
    DNS_UNNAMED: "unnamed",
    DNS_BOGON: "bogon",
}


def layers(keys: dict[str, Any]) -> Layers:
    """All that the measurement observed, layer by layer."""
    return Layers(
        queries(keys.get("queries")),
        connects(keys.get("tcp_connect")),
        handshakes(keys.get("tls_handshakes")),
        quic_handshakes(keys),
        exchanges(keys.get("requests")),
    )


def web_facts(measured: Measurement, seen: Layers, prints: Fingerprints) -> Facts:
    """The facts of one web_connectivity measurement."""
    keys = measured.keys or {}
    held = control(keys)
    way = path(seen, measured.input, held.addresses)
    depth = way.depth()
    facts: Facts = {"depth": "redirected" if depth or len(way.http) > 1 else "direct", "control_dns": held.dns}
    facts |= {"control_http": held.page, "site_tls": held.site_tls, "relayed": "yes" if text(keys.get("socksproxy")) else "no"}
    # An error may be the first server's, from which no redirect led on.
    facts["answered"] = "yes" if held.page == OK or (held.page == ERROR and facts["depth"] == "direct") else "no"
    _names(facts, measured, seen, way.dns, held, keys)
    tries = [one for one in way.tcp if one.depth == depth and one.page]
    shakes = [one for one in way.tls if one.depth == depth and one.page]
    last = next((one for one in way.http if one.depth == depth), None)  # the newest stands first
    facts["tcp"] = together(one.failure for one in tries) or NOTHING
    facts["control_tcp"] = held.connected(one.endpoint for one in tries) if not depth else NOTHING
    facts["tls"] = together(one.failure for one in shakes) or NOTHING
    if facts["tls"] == OK and last is not None and last.secure and not last.code and last.failure != OK and not last.endpoint:
        # Of several addresses some failed as the page then did, which was asked for at one that is not told.
        facts["tls"] = next((one.failure for one in shakes if one.failure == last.failure), OK)
    facts["control_tls"] = held.encrypted(one.endpoint for one in shakes) if not depth else NOTHING
    host = host_of(measured.input)
    first = [one for one in way.tls if not one.depth and one.verified and (not host or one.name in ("", host))]
    facts["answer_tls"] = together(one.failure for one in first) or NOTHING
    facts["final_dns"] = _final_names(way.dns, depth)
    _quic(facts, seen.quic, held)
    _pages(facts, measured, keys, way.http, last, shakes, held)
    facts["scheme"] = _scheme(measured, last, tries)
    # Over TLS that was checked nobody on the way can put a page in place.
    facts["block_page"] = prints.of_pages(way.http, measured.country)[0] if facts["secure"] == "no" else NOTHING
    # An address that the control was given too is the site's own, whatever a list calls it.
    answered = {answer for one in way.dns if one.where == SYSTEM for answer in one.addresses + one.aliases} - held.addresses
    facts["block_address"] = prints.of_answers(sorted(answered), measured.country)[0]
    return facts


def _names(facts: Facts, measured: Measurement, seen: Layers, path: list[Query], held: Control, keys: dict[str, Any]) -> None:
    """What the user's resolver says beside the control's and an encrypted resolver's, and whether others repeat it."""
    failure, addresses, networks = answers(one for one in path if one.where == SYSTEM and one.depth == 0)
    host = host_of(measured.input)
    asked = [one for one in seen.dns if not one.depth]
    asked = [one for one in asked if one.host == host] or asked
    private, safe, safe_networks = answers(one for one in asked if one.where == DOH)
    facts["doh"] = NOTHING if not private else private if private in (OK, NXDOMAIN, NO_ANSWER) else "failed"
    reference = held.addresses | safe
    reference_networks = held.networks | safe_networks
    if failure == OK:
        facts["dns"] = _stands(addresses, networks, reference, reference_networks, keys)
    elif not failure:
        facts["dns"] = "literal" if address_kind(host_of(measured.input)) != NONE else NOTHING
    else:
        facts["dns"] = _NO_NAME.get(failure, "failed")
    second, others, other_networks = answers(one for one in asked if one.where == UDP)
    if not second:
        facts["second"] = NOTHING
    elif (second == OK and others & addresses - reference) or (failure in (NXDOMAIN, NO_ANSWER) and second == failure):
        facts["second"] = "agrees"
    elif second == OK and (others & reference or other_networks & reference_networks):
        facts["second"] = "reference"
    else:
        facts["second"] = "failed" if second != OK else "other"
    if facts["dns"] == "elsewhere" and facts["second"] != "agrees" and held.encrypted(https_endpoints(addresses)) == OK:
        # The helper tried the address too, and who is there has the site's certificate. Where a second resolver repeats what an
        # encrypted one does not say, it may still be a relay to which the readers are led.
        facts["dns"] = "same"


def _stands(
    addresses: set[str],
    networks: set[int],
    reference: set[str] | frozenset[str],
    of_reference: set[int] | frozenset[int],
    keys: dict[str, Any],
) -> str:
    if led_inside(addresses):
        return "same" if {one for one in addresses if address_kind(one) == BOGON} & reference else "bogon"
    if not reference:
        return "uncompared"
    if addresses & reference or networks & of_reference:
        return "same"
    if networks and of_reference:
        return "elsewhere"
    # Before addresses carried their networks, the probe looked these up itself.
    return {"consistent": "same", "inconsistent": "elsewhere"}.get(str(keys.get("dns_consistency")), "uncompared")


def _final_names(path: list[Query], depth: int) -> str:
    """The names after a redirect, which no control has resolved."""
    if not depth:
        return NOTHING
    failure, addresses, _ = answers(one for one in path if one.depth == depth and one.where == SYSTEM)
    if failure == OK:
        return "bogon" if led_inside(addresses) else OK
    return _NO_NAME.get(failure, "failed") if failure else NOTHING


def _quic(facts: Facts, shakes: list[Handshake], held: Control) -> None:
    facts["quic"] = together(one.failure for one in shakes) or NOTHING
    facts["control_quic"] = held.encrypted_quic(one.endpoint for one in shakes)


def _pages(
    facts: Facts,
    measured: Measurement,
    keys: dict[str, Any],
    path: list[Exchange],
    last: Exchange | None,
    shakes: Iterable[Handshake],
    held: Control,
) -> None:
    facts |= {"http": NOTHING, "page": NOTHING, "secure": "no", "challenge": "no", "redirect": NOTHING}
    for one in path:
        if one.location and not one.secure and one.code:
            where = host_of(one.location)
            if leads_inside(one.location):
                facts["redirect"] = "inside"
            elif where and not same_site(where, host_of(one.url)) and facts["redirect"] == NOTHING:
                facts["redirect"] = "elsewhere"
    if last is None:
        return
    answered = last.code > 0
    if last.failure == OK and last.location:
        facts["http"] = "redirect"  # whoever sent the reader on, what is there was not seen
    elif last.failure == OK:
        facts["http"] = OK if answered else ODD
    elif answered and last.failure == TIMEOUT:
        facts["http"] = "cut-body"
    elif answered and last.failure == CLOSED:
        facts["http"] = ODD  # servers too end an answer before its announced length
    else:
        facts["http"] = last.failure
    if facts["http"] != OK:
        return
    facts["page"] = compared(keys, last, held)
    facts["challenge"] = "yes" if asks_for_a_person(last) else "no"
    proven = any(one.failure == OK and one.verified and one.name == host_of(last.url) for one in shakes)
    # Checked TLS proves a page only where no redirect in plain HTTP, which anybody can forge, led to another site.
    checked = last.secure and (proven or measured.checks_certificates) and facts["redirect"] == NOTHING
    facts["secure"] = "yes" if checked else "no"


def _scheme(measured: Measurement, last: Exchange | None, tries: list[Connect]) -> str:
    """Over what the page at the end of the way was asked for; after a redirect that came to no request, by the port."""
    if last is not None:
        return "https" if last.secure else "http"
    if tries and tries[0].depth:
        return "https" if tries[0].port == 443 else "http"
    return "https" if measured.input[:8].lower() == "https://" else "http"
