"""All that one measurement observed, layer by layer."""

from collections.abc import Collection
from typing import NamedTuple

from overt.measure.dns import Query, bogons
from overt.measure.failures import OK
from overt.measure.http import Exchange, host_of
from overt.measure.tcp import Connect
from overt.measure.tls import Handshake


class Layers(NamedTuple):
    """Observations of one measurement, in the order in which they stand."""

    dns: list[Query]
    tcp: list[Connect]
    tls: list[Handshake]
    quic: list[Handshake]
    http: list[Exchange]

    @property
    def observations(self) -> int:
        """How many observations there are, over all layers."""
        return len(self.dns) + len(self.tcp) + len(self.tls) + len(self.quic) + len(self.http)

    def depth(self) -> int:
        """After how many redirects the way ended, where the entries tell."""
        return max((one.depth for part in self for one in part), default=0)

    def came_through(self, failing: Collection[str] = (), forged: Collection[str] = ()) -> bool:
        """Whether anything came through beside what failed: else the probe may simply have been offline.

        `failing` hosts' names prove nothing by being known, nor `forged` ones' addresses by answering, nor addresses that no
        public server has (a portal before the network gives those); a refusal may come from the nearest machine.
        """
        told = {address for one in self.dns if one.host in forged for address in one.addresses}
        return (
            any(one.failure == OK and one.host not in failing and not bogons(one.addresses) for one in self.dns)
            or any(one.failure == OK and one.address not in told and not bogons([one.address]) for one in self.tcp)
            or any(one.failure == OK and one.verified for part in (self.tls, self.quic) for one in part)
            or any(one.code and host_of(one.url) not in failing for one in self.http)
        )
