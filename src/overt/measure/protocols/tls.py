"""TLS handshakes over TCP and QUIC (OONI's data format df-006-tlshandshake, which QUIC shares)."""

from typing import Any, NamedTuple

from overt.measure.protocols.failures import entry_failure
from overt.measure.protocols.ip_addresses import endpoint_without_nat64, split_endpoint
from overt.measure.protocols.json_values import objects, text
from overt.measure.protocols.web_connectivity_entry_tags import parse_tags


class Handshake(NamedTuple):
    """One TLS handshake."""

    name: str
    """The server name (SNI), sent unencrypted in the first packet. Censors recognise connections by this name."""
    endpoint: str
    failure: str
    verified: bool
    """Whether the certificate was checked. If so, a successful handshake proves the server's identity."""
    classic: bool
    depth: int
    for_page: bool

    @property
    def address(self) -> str:
        """The server's address; empty if the measurement has none."""
        return split_endpoint(self.endpoint)[0]

    @property
    def port(self) -> int:
        """The server's port; 0 if the measurement has none."""
        return split_endpoint(self.endpoint)[1]


def parse_handshakes(value: Any) -> list[Handshake]:
    """Parse the handshakes; malformed entries are skipped."""
    handshakes = []
    for entry in objects(value):
        verified = entry.get("no_tls_verify") in (False, None)
        name, endpoint = text(entry.get("server_name")).lower(), endpoint_without_nat64(text(entry.get("address")))
        classic, depth, for_page = parse_tags(entry.get("tags"))
        failure = entry_failure(entry, entry.get("cipher_suite") or entry.get("peer_certificates"))
        handshakes.append(Handshake(name, endpoint, failure, verified, classic, depth, for_page))
    return handshakes
