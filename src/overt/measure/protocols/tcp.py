"""TCP connections (OONI's data format df-005-tcpconnect)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from overt.measure.protocols.failures import ODD, OK, UNREACHABLE, entry_failure
from overt.measure.protocols.ip_addresses import is_address, without_nat64
from overt.measure.protocols.json_values import mapping, objects
from overt.measure.protocols.web_connectivity_entry_tags import parse_tags


class Connection(NamedTuple):
    """One attempt to connect to an address and port."""

    address: str
    port: int
    failure: str
    classic: bool
    depth: int
    for_page: bool
    """Whether the connection was meant for fetching the page."""

    @property
    def endpoint(self) -> str:
        """Address and port, as the test helper writes them."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


def parse_connections(value: Any) -> list[Connection]:
    """Parse the connection attempts; malformed entries are skipped."""
    connections = []
    for entry in objects(value):
        address, port = entry.get("ip"), entry.get("port")
        if type(port) is not int or not 0 < port < 65_536 or not is_address(address):
            continue
        status = mapping(entry.get("status"))
        # The Python probe wrote false where other engines write null.
        succeeded = status.get("success") is True
        failure = OK if status.get("failure") is False else entry_failure(status, succeeded)
        if failure == OK and not succeeded:
            failure = ODD
        classic, depth, for_page = parse_tags(entry.get("tags"))
        connections.append(Connection(without_nat64(address), port, failure, classic, depth, for_page))
    return connections


def combined_failure(failures: Iterable[str]) -> str:
    """Combine the failures of several attempts.

    The result is `ok` if one succeeded, otherwise the first failure, or `""` if there were no attempts. An unreachable address
    (a probe without IPv6) and an unknown outcome only count if no attempt failed in another way.
    """
    first = ""
    for failure in failures:
        if failure == OK:
            return OK
        if first in ("", UNREACHABLE, ODD):
            first = failure
    return first
