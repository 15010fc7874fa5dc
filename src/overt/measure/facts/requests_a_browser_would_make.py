"""The part of a web_connectivity measurement that a user's browser would have gone through (spec ts-017).

Version 0.5 also tries the addresses that other resolvers and the helper return, so it finds pages that no user would get. From
0.5.28 on, entries of the user's part have the tag `classic`. In earlier versions, the resolver that returned an address shows
whether the address belongs to that part. Versions before 0.5.27 also don't record the number of redirects before an entry. That
number is derived from the URLs of pages.
"""

from collections.abc import Collection
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

from overt.measure.observations_by_protocol_layer import ProtocolLayers
from overt.measure.protocols.dns import SYSTEM
from overt.measure.protocols.failures import OK
from overt.measure.protocols.http import Exchange, host_of
from overt.measure.protocols.tcp import Connection
from overt.measure.protocols.tls import Handshake

_PORTS = {"http": 80, "https": 443}
Entry = TypeVar("Entry", Connection, Handshake)


class _Step(NamedTuple):
    """A server on the path, taken from a page's URL."""

    host: str
    port: int


def user_requests(layers: ProtocolLayers, tested: str, helper_addresses: Collection[str]) -> ProtocolLayers:
    """Return the user's part of a measurement of the URL `tested`.

    The `depth` of every entry is the number of redirects before it; in early versions, of redirects to another server. Entries
    after a step that the user would not have taken are left out. `helper_addresses`: the addresses that the test helper resolved.
    """
    if any(entry.classic for layer in layers for entry in layer):
        parts: list[Any] = [[entry for entry in layer if entry.classic] for layer in layers]
        path = ProtocolLayers(*parts)
    else:
        path = _user_entries(layers, helper_addresses)
        if not path.depth():
            path = _with_depths(path, tested)
    return _connected(path) if layers.http else path  # Without pages, nothing shows where redirects led.


def _user_entries(layers: ProtocolLayers, helper_addresses: Collection[str]) -> ProtocolLayers:
    """Return only the entries at addresses that the user's resolver returned, or that needed no resolver."""
    queries = [query for query in layers.dns if query.resolver == SYSTEM]
    if len(queries) == len(layers.dns):
        return ProtocolLayers(queries, *layers[1:])
    user_addresses = {address for query in queries for address in query.addresses}
    foreign = {address for query in layers.dns if query.resolver != SYSTEM for address in query.addresses}
    foreign = (foreign | set(helper_addresses)) - user_addresses
    pages: list[Exchange] = []
    for exchange in reversed(layers.http):  # The oldest exchange is last.
        if not exchange.depth and exchange.address in foreign:
            break  # The user did not get this page, so no further redirect was followed.
        pages.insert(0, exchange)
    return ProtocolLayers(
        queries,
        [connection for connection in layers.tcp if connection.address not in foreign],
        [handshake for handshake in layers.tls if handshake.address not in foreign],
        [handshake for handshake in layers.quic if handshake.address not in foreign],
        pages,
    )


def _connected(path: ProtocolLayers) -> ProtocolLayers:
    """Cut the path after the first step without a page. The probe got further through an address that the user did not have."""
    deepest = path.depth()
    if not deepest:
        return path
    answered = {exchange.depth for exchange in path.http}
    last = next((depth for depth in range(deepest) if depth not in answered), deepest)
    if last == deepest:
        return path
    parts: list[Any] = [[entry for entry in layer if entry.depth <= last] for layer in path]
    return ProtocolLayers(*parts)


def _with_depths(path: ProtocolLayers, tested: str) -> ProtocolLayers:
    """Return the path with each entry's `depth`: the number of redirects to another server before the entry."""
    pages = _newest_first(path.http)
    steps: list[_Step] = []
    _add_step(steps, tested)
    page_depths: list[int] = []
    for exchange in reversed(pages):
        _add_step(steps, exchange.url)
        page_depths.insert(0, max(len(steps) - 1, 0))
    if pages and pages[0].failure == OK and pages[0].location:
        _add_step(steps, pages[0].location, pages[0].url)
    http = [exchange._replace(depth=depth) for exchange, depth in zip(pages, page_depths, strict=True)]
    hosts = {step.host for step in steps}
    if not steps or (
        len(steps) == 1
        and all(connection.port == steps[0].port for connection in path.tcp)
        and not _has_further_hosts(path, hosts)
    ):
        return path._replace(http=http)
    names: dict[str, set[str]] = {address: {address} for address in hosts}
    for query in path.dns:
        for address in query.addresses:
            names.setdefault(address, set()).add(query.host)
    depths = {step.host: depth for depth, step in reversed(list(enumerate(steps)))}
    dns = [query._replace(depth=depths[query.host]) for query in path.dns if query.host in depths]
    tcp = [_at_step(connection, steps, names.get(connection.address, set())) for connection in path.tcp]
    tls, quic = (
        [_at_step(handshake, steps, {handshake.name} if handshake.name else set()) for handshake in layer]
        for layer in (path.tls, path.quic)
    )
    return ProtocolLayers(dns or path.dns, tcp, tls, quic, http)


def _has_further_hosts(path: ProtocolLayers, hosts: Collection[str]) -> bool:
    """Return whether servers other than those in the URLs of pages were tried."""
    return any(query.host not in hosts for query in path.dns) or any(handshake.name not in hosts for handshake in path.tls)


def _newest_first(pages: list[Exchange]) -> list[Exchange]:
    """Return pages newest first, as usual. The first versions of the test wrote the oldest first."""
    oldest_first = len(pages) > 1 and pages[0].failure == OK and pages[0].location and not pages[-1].location
    return pages[::-1] if oldest_first else pages


def _add_step(steps: list[_Step], url: str, base: str = "") -> None:
    try:
        url = urljoin(base, url)
        parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
        port = parts.port or _PORTS.get(parts.scheme.lower(), 0)
    except ValueError:
        return
    step = _Step(host_of(url), port)
    if step.host and steps[-1:] != [step]:
        steps.append(step)


def _at_step(entry: Entry, steps: list[_Step], hosts: Collection[str]) -> Entry:
    """Set the entry's depth. An entry at no step, such as a certificate check at port 443, is marked as not made for the page."""
    same_port = [depth for depth, step in enumerate(steps) if not entry.port or step.port == entry.port]
    same_host = [depth for depth in same_port if steps[depth].host in hosts]
    depths = same_host if hosts else same_port
    return entry._replace(depth=depths[0] if depths else 0, for_page=entry.for_page and bool(depths))
