"""How hosts of a service stand: reached, kept away by a mechanism, or neither, with what shows that the network works at all."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from overt.measure.dns import answers, bogons
from overt.measure.failures import CERTIFICATE, CLOSED, NO_ANSWER, NXDOMAIN, OK, REFUSED, RESET, TIMEOUT
from overt.measure.http import host_of
from overt.measure.layers import Layers
from overt.measure.tcp import together

NOTHING, FAILED = "none", "failed"
YES, LIKELY, NO = "yes", "likely", "no"
FORGED = "dns-forged-address"
_CONNECTION = {REFUSED: "tcp-reset", RESET: "tcp-reset", CLOSED: "tcp-reset", TIMEOUT: "timeout"}
_MECHANISMS = frozenset({"nxdomain", FORGED, "tcp-reset", "timeout", "tls-interference"})
ENOUGH = 4
"""So many targets of a kind have to be tried before anything is said of all: one alone may be down, or up, by itself."""
_NONE: frozenset[int] = frozenset()
Listed = Callable[[Collection[str]], bool]
"""Whether one of some addresses is known to be that of a block page of the country."""


def part(
    seen: Layers,
    hosts: Collection[str],
    *,
    encrypted: bool = True,
    networks: frozenset[int] = _NONE,
    listed: Listed,
) -> str:
    """How hosts of a service stand: ok, the mechanism by which they fail, certificate, failed, or none where nothing was tried.

    `encrypted`: only a handshake that succeeded, or a page over TLS, shows that they were reached. `networks`: those in which
    their addresses lie; another one has been put there where a connection or somebody else's certificate fails at it.
    """
    asked = [query for query in seen.dns if query.host in hosts]
    failure, addresses, told = answers(asked)
    secure = [one for one in seen.http if one.secure and host_of(one.url) in hosts]
    shake = together(one.failure for one in seen.tls if one.name in hosts)
    if any(one.code and one.failure == OK for one in secure) or (shake == OK and not secure):
        return OK  # over checked TLS, whatever address it was
    if failure in (NXDOMAIN, NO_ANSWER) and any(one.failure == failure and one.type != "AAAA" for one in asked):
        return "nxdomain"
    if failure == OK and (bogons(addresses) or listed(addresses)):
        return FORGED
    if shake in (RESET, CLOSED, TIMEOUT):
        return "tls-interference"
    connected = together(one.failure for one in seen.tcp if one.address in addresses)
    came_to_nothing = not encrypted or shake or secure or connected not in ("", OK)
    if networks and told and not told & networks and came_to_nothing:
        return FORGED
    if connected and not encrypted:
        return connection(connected)
    if shake and shake != OK:
        return CERTIFICATE if shake == CERTIFICATE else FAILED
    if connected and connected != OK:
        return connection(connected)
    state = together(one.failure for one in secure)
    if state:
        return CERTIFICATE if state == CERTIFICATE else FAILED if state == OK else connection(state)
    return FAILED if failure and failure != OK else NOTHING


def connection(failure: str) -> str:
    """The mechanism of a connection that failed; ok, none, or failed where its failure names none."""
    if failure in ("", NOTHING):
        return NOTHING
    return OK if failure == OK else _CONNECTION.get(failure, FAILED)


def mechanism(states: Iterable[str]) -> str:
    """The mechanism that most of these tell, none where no state does."""
    told = Counter(sorted(state for state in states if state in _MECHANISMS))
    return told.most_common(1)[0][0] if told else NOTHING


def altogether(states: Collection[str]) -> str:
    """Of targets of which any will do: ok where one was reached, else the mechanism of at least half; failed, or none."""
    tried = [state for state in states if state != NOTHING]
    if OK in tried:
        return OK
    kept = sum(state in _MECHANISMS for state in tried)
    return NOTHING if not tried else mechanism(tried) if kept * 2 >= len(tried) else FAILED


def answering(states: Collection[str]) -> str:
    """How many of the targets that were tried were reached: half or more, few, none."""
    tried = [state for state in states if state != NOTHING]
    good = tried.count(OK)
    return NOTHING if not good else "half" if good * 2 >= len(tried) else "few"


def tried(count: int) -> str:
    """Whether so many targets are enough to say something of all."""
    return "enough" if count >= ENOUGH else "few"


def online(seen: Layers, states: Mapping[str, str], listed: Listed, names: int = ENOUGH) -> str:
    """Whether the probe was online, where hosts are in `states`: else nothing that failed says anything.

    `yes`: something came through beside the hosts that failed, or one of them was given the address of a known block page.
    `likely`: nothing did, but the names of so many hosts were resolved to public addresses of several machines: what is
    nearest keeps these for minutes at most, and a portal gives its own. `no`: neither.
    """
    failing = {host for host, state in states.items() if state != OK}
    forged = {host for host, state in states.items() if state == FORGED}
    found = [one for one in seen.dns if one.failure == OK]
    if seen.came_through(failing, forged):
        return YES
    if listed([address for one in found if one.host in forged for address in one.addresses]):
        return YES
    public = [one for one in found if one.host in states and not bogons(one.addresses)]
    several = len({address for one in public for address in one.addresses}) >= min(names, 2)
    return LIKELY if several and len({one.host for one in public}) >= names else NO
