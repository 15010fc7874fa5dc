"""The layer of names: which resolver answered what (OONI's df-002-dnst)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from overt.measure.addresses import BOGON, address_kind, is_address, unmapped
from overt.measure.failures import DNS_BOGON, NO_ANSWER, ODD, OK, kind_of
from overt.measure.tags import place
from overt.measure.values import objects, text

SYSTEM, UDP, DOH = "system", "udp", "doh"
_ENGINES = {"udp": UDP, "tcp": UDP, "doh": DOH, "dot": DOH, "doh3": DOH}
_ASKED = ("A", "ANY", "AAAA")  # a tuple: what is asked may be of any type, and a set takes hashable ones alone


class Query(NamedTuple):
    """One question to a resolver, and its answer."""

    host: str
    type: str
    where: str
    """`system`: the resolver that the user has; `udp`: another one, asked in the clear; `doh`: another one, encrypted."""
    failure: str
    addresses: tuple[str, ...]
    networks: tuple[int, ...]
    """Networks of the addresses, where the measurement tells them."""
    aliases: tuple[str, ...]
    """Names to which the answer leads on (CNAME)."""
    classic: bool
    depth: int


def queries(value: Any) -> list[Query]:
    """The questions for addresses; whatever has another form is left out."""
    found = []
    for entry in objects(value):
        asked = entry.get("query_type")
        if asked not in _ASKED:
            continue
        addresses: list[str] = []
        networks: list[int] = []
        aliases: list[str] = []
        for answer in objects(entry.get("answers")):
            address = answer.get("ipv4") or answer.get("ipv6")
            if address and is_address(address):
                addresses.append(unmapped(address))
                number = answer.get("asn")
                if type(number) is int and number > 0:
                    networks.append(number)
            elif alias := text(answer.get("hostname")):
                aliases.append(alias)
        failure = kind_of(entry)
        if failure == DNS_BOGON and addresses:
            failure = OK  # an answer came, and the addresses tell of what kind it was
        elif failure == OK and not addresses:
            # Only aliases are an answer without an address; an answer that is not there is no answer to anything.
            failure = NO_ANSWER if aliases and len(aliases) == len(entry["answers"]) else ODD
        engine = entry.get("engine")
        where = _ENGINES.get(engine, SYSTEM) if type(engine) is str else SYSTEM
        classic, depth, _ = place(entry.get("tags"))
        host = text(entry.get("hostname")).lower().removesuffix(".")
        found.append(Query(host, asked, where, failure, tuple(addresses), tuple(networks), tuple(aliases), classic, depth))
    return found


def answers(asked: Iterable[Query]) -> tuple[str, set[str], set[int]]:
    """What several questions for one name gave together: `ok` if one has addresses, else the first failure; `` for none asked.

    That a name has no IPv6 address says nothing where its IPv4 address was asked for as well.
    """
    failure, addresses, networks = "", set[str](), set[int]()
    for query in asked:
        if query.failure == OK:
            failure = OK
            addresses.update(query.addresses)
            networks.update(query.networks)
        elif failure == "" or (failure == NO_ANSWER and query.type != "AAAA"):
            failure = query.failure
    return failure, addresses, networks


def bogons(addresses: Iterable[str]) -> bool:
    """Whether all addresses, of which there is one at least, are such as no public server can have."""
    kinds = {address_kind(address) for address in addresses}
    return kinds == {BOGON}


def led_inside(addresses: Iterable[str]) -> bool:
    """The same of those of IPv4 alone, where there are any: whoever forges them need not forge the others, which few can use."""
    held = list(addresses)
    return bogons([address for address in held if ":" not in address] or held)
