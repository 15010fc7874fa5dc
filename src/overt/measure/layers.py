"""All that one measurement observed, layer by layer."""

from typing import Any, NamedTuple

from overt.measure.dns import SYSTEM, Query
from overt.measure.http import Exchange
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

    def classic(self) -> "Layers":
        """Only what a user of the network would have seen: web_connectivity 0.5 also tries addresses that others were told."""
        marked = any(one.classic for part in self for one in part)
        if not marked:
            return Layers([one for one in self.dns if one.where == SYSTEM], self.tcp, self.tls, self.quic, self.http)
        parts: list[Any] = [[one for one in part if one.classic] for part in self]
        return Layers(*parts)

    def depth(self) -> int:
        """After how many redirects the way ended, where the entries tell."""
        return max((one.depth for part in self for one in part), default=0)

    @property
    def online(self) -> bool:
        """Whether anything came through at all: else the probe may simply have been offline."""
        return (
            any(one.failure == "ok" for part in (self.dns, self.tcp, self.tls, self.quic) for one in part)
            or any(one.code for one in self.http)
            or any(one.failure in ("refused", "reset") for one in self.tcp)
        )
