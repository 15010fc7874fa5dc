"""The layer of encryption: handshakes over TCP and over QUIC (OONI's df-006-tlshandshake; QUIC's have the same form)."""

from typing import Any, NamedTuple

from overt.measure.addresses import endpoint_parts
from overt.measure.failures import kind_of
from overt.measure.tags import place
from overt.measure.values import objects, text


class Handshake(NamedTuple):
    """One handshake: who was asked for, where, and how it ended."""

    name: str
    """The name that stands in the clear in the first packet (SNI), by which interference chooses."""
    endpoint: str
    failure: str
    verified: bool
    """Whether the certificate was checked: then a handshake that succeeded proves who answered."""
    classic: bool
    depth: int
    page: bool

    @property
    def address(self) -> str:
        """Whom it was tried with; empty where that is not told."""
        return endpoint_parts(self.endpoint)[0]

    @property
    def port(self) -> int:
        """The port; 0 where it is not told."""
        return endpoint_parts(self.endpoint)[1]


def handshakes(value: Any) -> list[Handshake]:
    """The handshakes; whatever has another form is left out."""
    found = []
    for entry in objects(value):
        verified = entry.get("no_tls_verify") in (False, None)
        name, endpoint = text(entry.get("server_name")).lower(), text(entry.get("address"))
        classic, depth, page = place(entry.get("tags"))
        found.append(Handshake(name, endpoint, kind_of(entry), verified, classic, depth, page))
    return found
