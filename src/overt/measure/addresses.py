"""Addresses of servers: whether one can be a public server's at all."""

from functools import lru_cache
from ipaddress import ip_address
from typing import Any, TypeGuard

PUBLIC, BOGON, NONE = "public", "bogon", "none"
_PREFIX = int(ip_address("64:ff9b::")) >> 32
_LONGEST = 45
"""Of an address as text, in characters; anything longer is none, and is not kept in memory."""


def is_address(value: Any) -> TypeGuard[str]:
    """Whether it is an address, written as text."""
    return type(value) is str and len(value) <= _LONGEST and _kind(value) != NONE


def address_kind(text: str) -> str:
    """`public`; `bogon` for one that no public server can have (private, loopback, reserved: RFC 6890); `none` for no address."""
    return _kind(text) if len(text) <= _LONGEST else NONE


@lru_cache(maxsize=65_536)
def _kind(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return NONE
    return PUBLIC if address.is_global and not address.is_multicast else BOGON


_MAPPED = "64:ff9b::"


def unmapped(address: str) -> str:
    """The address of IPv4 that networks of IPv6 alone write into one of theirs (RFC 6052); any other address as it is."""
    if not address.startswith(_MAPPED):
        return address
    whole = int(ip_address(address))
    return str(ip_address(whole & 0xFFFF_FFFF)) if whole >> 32 == _PREFIX else address


@lru_cache(maxsize=8_192)
def _parts(endpoint: str) -> tuple[str, int]:
    address, _, port = endpoint.rpartition(":")
    return address.removeprefix("[").removesuffix("]"), int(port) if port.isascii() and port.isdigit() else 0


def endpoint_parts(endpoint: str) -> tuple[str, int]:
    """Address and port of `192.0.2.1:443` or `[2001:db8::1]:443`; an empty text and 0 for anything else."""
    return _parts(endpoint) if len(endpoint) <= _LONGEST + 8 else ("", 0)
