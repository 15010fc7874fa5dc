"""DNS queries and answers (OONI's data format df-002-dnst)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from overt.measure.protocols.failures import DNS_BOGON, NO_ANSWER, ODD, OK, entry_failure
from overt.measure.protocols.ip_addresses import BOGON, address_kind, is_address, without_nat64
from overt.measure.protocols.json_values import objects, text
from overt.measure.protocols.web_connectivity_entry_tags import parse_tags

SYSTEM, UDP, DOH = "system", "udp", "doh"
_RESOLVERS = {"udp": UDP, "tcp": UDP, "doh": DOH, "dot": DOH, "doh3": DOH}
_ADDRESS_TYPES = ("A", "ANY", "AAAA")
"""Types of queries for addresses. A tuple, because the value to look up may be unhashable."""


class Query(NamedTuple):
    """A DNS query and its answer."""

    host: str
    type: str
    resolver: str
    """The kind of resolver. `system`: the user's own; `udp`: another, unencrypted; `doh`: another, encrypted."""
    failure: str
    addresses: tuple[str, ...]
    networks: tuple[int, ...]
    """Numbers of the addresses' networks, if the measurement has them."""
    aliases: tuple[str, ...]
    """Targets of CNAME records."""
    classic: bool
    depth: int


def parse_queries(value: Any) -> list[Query]:
    """Parse the queries for addresses; malformed entries are skipped."""
    queries = []
    for entry in objects(value):
        query_type = entry.get("query_type")
        if query_type not in _ADDRESS_TYPES:
            continue
        addresses: list[str] = []
        networks: list[int] = []
        aliases: list[str] = []
        for answer in objects(entry.get("answers")):
            address = answer.get("ipv4") or answer.get("ipv6")
            if address and is_address(address):
                addresses.append(without_nat64(address))
                number = answer.get("asn")
                if type(number) is int and number > 0:
                    networks.append(number)
            elif alias := text(answer.get("hostname")):
                aliases.append(alias)
        failure = entry_failure(entry, addresses or aliases)
        if failure == DNS_BOGON and addresses:
            failure = OK  # There is an answer, and its addresses show whether they are bogons.
        elif failure == OK and not addresses:
            # An answer that consists only of aliases has no address. Without an answer, nothing is known about the addresses.
            failure = NO_ANSWER if aliases and len(aliases) == len(entry["answers"]) else ODD
        engine = entry.get("engine")
        resolver = _RESOLVERS.get(engine, SYSTEM) if type(engine) is str else SYSTEM
        classic, depth, _ = parse_tags(entry.get("tags"))
        host = text(entry.get("hostname")).lower().removesuffix(".")
        queries.append(
            Query(host, query_type, resolver, failure, tuple(addresses), tuple(networks), tuple(aliases), classic, depth)
        )
    return queries


def combined_answer(queries: Iterable[Query]) -> tuple[str, set[str], set[int]]:
    """Combine several queries for a name into failure, addresses and networks.

    The failure is `ok` if any query has addresses, otherwise the first failure, or `""` if there are no queries. But any later
    failure replaces `odd`, and a later failure of a query that is not for IPv6 replaces `no-answer`, which may only mean that
    there is no IPv6 address.
    """
    failure, addresses, networks = "", set[str](), set[int]()
    for query in queries:
        if query.failure == OK:
            failure = OK
            addresses.update(query.addresses)
            networks.update(query.networks)
        elif failure in ("", ODD) or (failure == NO_ANSWER and query.type != "AAAA"):
            failure = query.failure
    return failure, addresses, networks


def all_bogons(addresses: Iterable[str]) -> bool:
    """Return whether there are addresses and all are bogons, which no public server can have."""
    kinds = {address_kind(address) for address in addresses}
    return kinds == {BOGON}


def ipv4_all_bogons(addresses: Iterable[str]) -> bool:
    """Return whether all IPv4 addresses or, if there are none, all addresses are bogons.

    A censor that forges IPv4 answers may not bother with IPv6, which few people can use.
    """
    candidates = list(addresses)
    return all_bogons([address for address in candidates if ":" not in address] or candidates)
