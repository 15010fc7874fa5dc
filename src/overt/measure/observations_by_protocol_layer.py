"""Everything that one measurement observed, by protocol layer."""

from collections.abc import Collection
from typing import Any, NamedTuple

from overt.measure.protocols.dns import Query, all_bogons, parse_queries
from overt.measure.protocols.failures import OK
from overt.measure.protocols.http import Exchange, host_of, parse_exchanges
from overt.measure.protocols.tcp import Connection, parse_connections
from overt.measure.protocols.tls import Handshake, parse_handshakes


class ProtocolLayers(NamedTuple):
    """Observations of one measurement, each layer in the measurement's order."""

    dns: list[Query]
    tcp: list[Connection]
    tls: list[Handshake]
    quic: list[Handshake]
    http: list[Exchange]

    @property
    def observations(self) -> int:
        """Number of observations in all layers."""
        return len(self.dns) + len(self.tcp) + len(self.tls) + len(self.quic) + len(self.http)

    def depth(self) -> int:
        """Return the largest number of redirects before an entry; 0 if the entries don't record it."""
        return max((entry.depth for layer in self for entry in layer), default=0)

    def came_through(self, failing: Collection[str] = (), forged: Collection[str] = ()) -> bool:
        """Return whether anything was reached or resolved. If not, the probe may have been offline.

        DNS answers and pages of `failing` hosts don't count, but TCP connections and verified TLS handshakes do. Addresses of
        `forged` hosts don't count even if they respond, and neither do bogons, which a captive portal returns. A refused
        connection doesn't count either, because the nearest machine may have sent the refusal.
        """
        forged_addresses = {address for query in self.dns if query.host in forged for address in query.addresses}
        return (
            any(query.failure == OK and query.host not in failing and not all_bogons(query.addresses) for query in self.dns)
            or any(
                connection.failure == OK and connection.address not in forged_addresses and not all_bogons([connection.address])
                for connection in self.tcp
            )
            or any(handshake.failure == OK and handshake.verified for layer in (self.tls, self.quic) for handshake in layer)
            or any(exchange.code and host_of(exchange.url) not in failing for exchange in self.http)
        )


def parse_layers(keys: dict[str, Any]) -> ProtocolLayers:
    """Parse the protocol layers in a measurement's test keys."""
    return ProtocolLayers(
        parse_queries(keys.get("queries")),
        parse_connections(keys.get("tcp_connect")),
        parse_handshakes(keys.get("tls_handshakes")),
        parse_handshakes(keys.get("quic_handshakes")),
        parse_exchanges(keys.get("requests")),
    )
