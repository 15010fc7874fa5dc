"""Addresses of servers: whether one can be a public server's at all."""

from functools import lru_cache
from ipaddress import ip_address

PUBLIC, BOGON, NONE = "public", "bogon", "none"


@lru_cache(maxsize=65_536)
def address_kind(text: str) -> str:
    """`public`; `bogon` for one that no public server can have (private, loopback, reserved: RFC 6890); `none` for no address."""
    try:
        address = ip_address(text)
    except ValueError:
        return NONE
    return PUBLIC if address.is_global and not address.is_multicast else BOGON
