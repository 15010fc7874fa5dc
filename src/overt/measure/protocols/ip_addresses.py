"""IP addresses and endpoints in measurements, and whether they can belong to a public server."""

from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any, TypeGuard

PUBLIC, BOGON, NONE = "public", "bogon", "none"
_NAT64 = "64:ff9b::"
_NAT64_PREFIX = int(ip_address(_NAT64)) >> 32
_MAX_LENGTH = 45
"""Maximum length of an address. Longer text is not an address, and is not cached."""


def is_address(value: Any) -> TypeGuard[str]:
    """Return whether a value is an IP address in text form."""
    return type(value) is str and len(value) <= _MAX_LENGTH and _kind(value) != NONE


def address_kind(text: str) -> str:
    """Classify an address: `public`, `bogon` (private, loopback, reserved: RFC 6890), or `none` if the text is not an address."""
    return _kind(text) if len(text) <= _MAX_LENGTH else NONE


@lru_cache(maxsize=65_536)
def _kind(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return NONE
    return PUBLIC if address.is_global and not address.is_multicast else BOGON


@lru_cache(maxsize=8_192)
def is_own_machine(text: str) -> bool:
    """Return whether an address means the machine that uses it: 0.0.0.0, ::, or a loopback address (RFC 6890).

    No other machine can have such an address, so not even a captive portal responds there.
    """
    if address_kind(text) != BOGON:
        return False
    address = ip_address(text)
    return address.is_unspecified or address.is_loopback


def without_nat64(address: str) -> str:
    """Return the IPv4 address inside a NAT64 address (RFC 6052), which IPv6-only networks use.

    Other addresses are returned unchanged.
    """
    if not address.startswith(_NAT64):
        return address
    number = int(ip_address(address))
    return str(ip_address(number & 0xFFFF_FFFF)) if number >> 32 == _NAT64_PREFIX else address


@lru_cache(maxsize=8_192)
def _split(endpoint: str) -> tuple[str, int]:
    address, _, port = endpoint.rpartition(":")
    return address.removeprefix("[").removesuffix("]"), int(port) if port.isascii() and port.isdigit() else 0


def split_endpoint(endpoint: str) -> tuple[str, int]:
    """Split `192.0.2.1:443` or `[2001:db8::1]:443` at the last colon into address and port.

    A port that is not a number becomes 0. Text without a colon, or far too long for an endpoint, has an empty address.
    """
    return _split(endpoint) if len(endpoint) <= _MAX_LENGTH + 8 else ("", 0)


def endpoint_without_nat64(endpoint: str) -> str:
    """Return an endpoint with the IPv4 address inside its NAT64 address; other endpoints are returned unchanged."""
    if not endpoint.startswith(f"[{_NAT64}"):
        return endpoint
    address, port = split_endpoint(endpoint)
    return f"{without_nat64(address)}:{port}" if is_address(address) and ":" not in without_nat64(address) else endpoint


_TUNNEL = ip_network("198.18.0.0/15")


@lru_cache(maxsize=8_192)
def is_tunnel_address(text: str) -> bool:
    """Return whether an address is in 198.18.0.0/15, which is reserved for benchmarks (RFC 2544).

    Tunnels on the user's own machine give every name an address of this range ("fake IP"), and connect to the real server.
    """
    return is_address(text) and ":" not in text and ip_address(text) in _TUNNEL
