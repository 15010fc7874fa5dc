"""Checks whether an address can be reached from other machines."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address. `localhost` is the only host name for which this is true."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
