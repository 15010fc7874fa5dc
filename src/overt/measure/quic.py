"""The layer of QUIC: HTTP/3's handshake over UDP, which firewalls block by rules of its own."""

from typing import Any

from overt.measure.tls import Handshake, handshakes


def quic_handshakes(keys: dict[str, Any]) -> list[Handshake]:
    """The QUIC handshakes of a measurement: `quic_handshakes` in its keys, in the form of TLS handshakes."""
    return handshakes(keys.get("quic_handshakes"))
