"""The way that a user's browser would have gone, out of all that a web_connectivity measurement tried (spec ts-017).

Version 0.5 also tries the addresses that other resolvers and the helper name, so that it sees a page where no user would. From
0.5.28 on it marks the user's part (`classic`); before, the part follows from who gave which address. Versions before 0.5.27 do
not tell after how many redirects an entry came either: that follows from the addresses of pages.
"""

from collections.abc import Collection
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

from overt.measure.dns import SYSTEM
from overt.measure.failures import OK
from overt.measure.http import Exchange, host_of
from overt.measure.layers import Layers
from overt.measure.tcp import Connect
from overt.measure.tls import Handshake

_PORTS = {"http": 80, "https": 443}
Entry = TypeVar("Entry", Connect, Handshake)


class _Step(NamedTuple):
    """A server on the way, as addresses of pages name it."""

    host: str
    port: int


def path(seen: Layers, tested: str, told: Collection[str]) -> Layers:
    """The user's part of a measurement of the address `tested`; `told` are the addresses that the helper names.

    Entries of all layers have the number of redirects before them as `depth`, and nothing stands after a step that the user would
    not have taken.
    """
    if any(one.classic for part in seen for one in part):
        parts: list[Any] = [[one for one in part if one.classic] for part in seen]
        found = Layers(*parts)
    else:
        found = _users(seen, told)
        if not found.depth():
            found = _with_depths(found, tested)
    return _reached(found) if seen.http else found  # without any page nothing tells which redirects there were


def _users(seen: Layers, told: Collection[str]) -> Layers:
    """What was tried at addresses that the user's resolver gave, or that nobody had to give."""
    own = [one for one in seen.dns if one.where == SYSTEM]
    if len(own) == len(seen.dns):
        return Layers(own, *seen[1:])
    given = {address for one in own for address in one.addresses}
    others = {address for one in seen.dns if one.where != SYSTEM for address in one.addresses}
    others = (others | set(told)) - given
    pages: list[Exchange] = []
    for one in reversed(seen.http):  # the oldest stands last
        if not one.depth and one.address in others:
            break  # where the user did not come, no redirect led on
        pages.insert(0, one)
    return Layers(
        own,
        [one for one in seen.tcp if one.address not in others],
        [one for one in seen.tls if one.address not in others],
        [one for one in seen.quic if one.address not in others],
        pages,
    )


def _reached(found: Layers) -> Layers:
    """Without what came after a redirect that is not there: the probe got to it by an address that the user was not given."""
    deepest = found.depth()
    if not deepest:
        return found
    answered = {one.depth for one in found.http}
    last = next((depth for depth in range(deepest) if depth not in answered), deepest)
    if last == deepest:
        return found
    parts: list[Any] = [[one for one in part if one.depth <= last] for part in found]
    return Layers(*parts)


def _with_depths(found: Layers, tested: str) -> Layers:
    """The same with the number of redirects before each entry, counted by servers: one that redirects to itself is one step."""
    pages = _newest_first(found.http)
    steps: list[_Step] = []
    _add(steps, tested)
    of_pages: list[int] = []
    for one in reversed(pages):
        _add(steps, one.url)
        of_pages.insert(0, max(len(steps) - 1, 0))
    if pages and pages[0].failure == OK and pages[0].location:
        _add(steps, pages[0].location, pages[0].url)
    http = [one._replace(depth=depth) for one, depth in zip(pages, of_pages, strict=True)]
    hosts = {step.host for step in steps}
    if not steps or (len(steps) == 1 and all(one.port == steps[0].port for one in found.tcp) and not _others(found, hosts)):
        return found._replace(http=http)
    names: dict[str, set[str]] = {address: {address} for address in hosts}
    for query in found.dns:
        for address in query.addresses:
            names.setdefault(address, set()).add(query.host)
    at = {step.host: depth for depth, step in reversed(list(enumerate(steps)))}
    dns = [one._replace(depth=at[one.host]) for one in found.dns if one.host in at]
    tcp = [_placed(one, steps, names.get(one.address, set())) for one in found.tcp]
    tls, quic = ([_placed(one, steps, {one.name} if one.name else set()) for one in part] for part in (found.tls, found.quic))
    return Layers(dns or found.dns, tcp, tls, quic, http)


def _others(found: Layers, hosts: Collection[str]) -> bool:
    """Whether servers were tried beside those that pages name."""
    return any(one.host not in hosts for one in found.dns) or any(one.name not in hosts for one in found.tls)


def _newest_first(pages: list[Exchange]) -> list[Exchange]:
    """Pages in their usual order; in the first versions the oldest stands first."""
    turned = len(pages) > 1 and pages[0].failure == OK and pages[0].location and not pages[-1].location
    return pages[::-1] if turned else pages


def _add(steps: list[_Step], url: str, before: str = "") -> None:
    try:
        url = urljoin(before, url)
        parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
        port = parts.port or _PORTS.get(parts.scheme.lower(), 0)
    except ValueError:
        return
    step = _Step(host_of(url), port)
    if step.host and steps[-1:] != [step]:
        steps.append(step)


def _placed(one: Entry, steps: list[_Step], hosts: Collection[str]) -> Entry:
    """The entry before its step, or as one that is not for the page: at port 443 version 0.5 also looks for certificates."""
    alike = [depth for depth, step in enumerate(steps) if not one.port or step.port == one.port]
    own = [depth for depth in alike if steps[depth].host in hosts]
    held = own if hosts else alike
    return one._replace(depth=held[0] if held else 0, page=one.page and bool(held))
