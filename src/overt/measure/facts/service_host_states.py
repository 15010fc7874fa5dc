"""States of the hosts of a service (reached, blocked by a mechanism, or neither), and whether the network worked at all."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from overt.measure.observations_by_protocol_layer import ProtocolLayers
from overt.measure.protocols.dns import all_bogons, combined_answer
from overt.measure.protocols.failures import CERTIFICATE, CLOSED, NO_ANSWER, NXDOMAIN, OK, REFUSED, RESET, TIMEOUT
from overt.measure.protocols.http import host_of
from overt.measure.protocols.ip_addresses import is_own_machine
from overt.measure.protocols.tcp import combined_failure

NOTHING, FAILED = "none", "failed"
YES, LIKELY, SINKHOLE, NO = "yes", "likely", "sinkhole", "no"
FORGED = "dns-forged-address"
_CONNECTION = {REFUSED: "tcp-reset", RESET: "tcp-reset", CLOSED: "tcp-reset", TIMEOUT: "timeout"}
_MECHANISMS = frozenset({"nxdomain", FORGED, "tcp-reset", "timeout", "tls-interference"})
ENOUGH = 4
"""Minimum number of targets that must be tried for a conclusion about all of them. A few may be up or down for other reasons."""
_NO_NETWORKS: frozenset[int] = frozenset()
BlockPageCheck = Callable[[Collection[str]], bool]
"""Function that returns whether any of several addresses is known to serve a block page in the probe's country."""


def hosts_state(
    layers: ProtocolLayers,
    hosts: Collection[str],
    *,
    encrypted: bool = True,
    networks: frozenset[int] = _NO_NETWORKS,
    is_block_page: BlockPageCheck,
) -> str:
    """Return the state of a service's hosts: `ok`, a mechanism, `certificate`, `failed`, or `none` if there is no evidence.

    With `encrypted`, a host counts as reached only if a TLS handshake or an HTTPS page succeeded. `networks`: the AS numbers of
    the service. Addresses are forged if all are bogons or one serves a block page. Otherwise, a handshake that was reset, closed
    or timed out is `tls-interference`. Otherwise, addresses outside `networks` are forged if a connection, handshake or page
    failed; without `encrypted`, they are forged unless TLS succeeded.
    """
    queries = [query for query in layers.dns if query.host in hosts]
    failure, addresses, answer_networks = combined_answer(queries)
    secure = [exchange for exchange in layers.http if exchange.secure and host_of(exchange.url) in hosts]
    handshake = combined_failure(entry.failure for entry in layers.tls if entry.name in hosts)
    if any(exchange.code and exchange.failure == OK for exchange in secure) or (handshake == OK and not secure):
        return OK  # TLS was checked, so the address doesn't matter.
    if failure in (NXDOMAIN, NO_ANSWER) and any(query.failure == failure and query.type != "AAAA" for query in queries):
        return "nxdomain"
    if failure == OK and (all_bogons(addresses) or is_block_page(addresses)):
        return FORGED
    if handshake in (RESET, CLOSED, TIMEOUT):
        return "tls-interference"
    connected = combined_failure(connection.failure for connection in layers.tcp if connection.address in addresses)
    unsuccessful = not encrypted or handshake or secure or connected not in ("", OK)
    if networks and answer_networks and not answer_networks & networks and unsuccessful:
        return FORGED
    if connected and not encrypted:
        return connection_state(connected)
    if handshake and handshake != OK:
        return CERTIFICATE if handshake == CERTIFICATE else FAILED
    if connected and connected != OK:
        return connection_state(connected)
    state = combined_failure(exchange.failure for exchange in secure)
    if state:
        return CERTIFICATE if state == CERTIFICATE else FAILED if state == OK else connection_state(state)
    return FAILED if failure and failure != OK else NOTHING


def connection_state(failure: str) -> str:
    """Return `ok`, `none`, the mechanism that a connection's failure shows, or `failed` if it shows none."""
    if failure in ("", NOTHING):
        return NOTHING
    return OK if failure == OK else _CONNECTION.get(failure, FAILED)


def most_common_mechanism(states: Iterable[str]) -> str:
    """Return the most frequent mechanism among states; `none` if there is none."""
    mechanisms = Counter(sorted(state for state in states if state in _MECHANISMS))
    return mechanisms.most_common(1)[0][0] if mechanisms else NOTHING


def overall_state(states: Collection[str]) -> str:
    """Combine the states of several targets, for a service that works if any one of them is reached.

    The result is `ok` if any target was reached, and `none` if no target was tried. If at least half of the targets were
    blocked, the result is the most common mechanism. Otherwise, it is `failed`.
    """
    tried = [state for state in states if state != NOTHING]
    if OK in tried:
        return OK
    blocked = sum(state in _MECHANISMS for state in tried)
    return NOTHING if not tried else most_common_mechanism(tried) if blocked * 2 >= len(tried) else FAILED


def share_reached(states: Collection[str]) -> str:
    """Return the share of the tried targets that were reached: `half` (or more), `few`, or `none`."""
    tried = [state for state in states if state != NOTHING]
    reached = tried.count(OK)
    return NOTHING if not reached else "half" if reached * 2 >= len(tried) else "few"


def number_tried(count: int) -> str:
    """Return `enough` or `few`, depending on whether this number of targets suffices for a conclusion about all."""
    return "enough" if count >= ENOUGH else "few"


def online_state(layers: ProtocolLayers, states: Mapping[str, str], is_block_page: BlockPageCheck, names: int = ENOUGH) -> str:
    """Return whether the probe was online. If it wasn't, failures of the hosts in `states` mean nothing.

    `yes`: something was reached or resolved (see `ProtocolLayers.came_through`), or a failed host resolved to a known block page.
    `likely`: nothing was reached, but at least `names` hosts resolved to public addresses, and if `names` is more than 1, these
    are not all the same address. A nearby resolver caches such addresses for minutes at most, and a captive portal returns its
    own. `sinkhole`: nothing was reached, but at least `ENOUGH` hosts resolved only to the probe's own machine (0.0.0.0,
    127.0.0.1). A portal needs an address at which it responds. `no`: none of these.
    """
    failing = {host for host, state in states.items() if state != OK}
    forged = {host for host, state in states.items() if state == FORGED}
    answered = [query for query in layers.dns if query.failure == OK]
    if layers.came_through(failing, forged):
        return YES
    if is_block_page([address for query in answered if query.host in forged for address in query.addresses]):
        return YES
    public = [query for query in answered if query.host in states and not all_bogons(query.addresses)]
    several = len({address for query in public for address in query.addresses}) >= min(names, 2)
    if several and len({query.host for query in public}) >= names:
        return LIKELY
    sunk = {query.host for query in answered if query.host in states and all(map(is_own_machine, query.addresses))}
    return SINKHOLE if len(sunk) >= ENOUGH else NO
