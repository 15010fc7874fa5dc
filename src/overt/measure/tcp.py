"""The layer of connections (OONI's df-005-tcpconnect)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from overt.measure.addresses import is_address
from overt.measure.failures import ODD, OK, UNREACHABLE, kind_of
from overt.measure.tags import place
from overt.measure.values import mapping, objects


class Connect(NamedTuple):
    """One attempt to connect to an address and port."""

    address: str
    port: int
    failure: str
    classic: bool
    depth: int
    page: bool
    """Whether the page was to be fetched over it."""

    @property
    def endpoint(self) -> str:
        """Address and port as the test helper writes them."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


def connects(value: Any) -> list[Connect]:
    """The attempts; whatever has another form is left out."""
    found = []
    for entry in objects(value):
        address, port = entry.get("ip"), entry.get("port")
        if type(port) is not int or not 0 < port < 65_536 or not is_address(address):
            continue
        status = mapping(entry.get("status"))
        # The Python probe wrote false where the others write null.
        failure = OK if status.get("failure", ODD) is False else kind_of(status)
        if failure == OK and status.get("success") is not True:
            failure = ODD
        classic, depth, page = place(entry.get("tags"))
        found.append(Connect(address, port, failure, classic, depth, page))
    return found


def together(failures: Iterable[str]) -> str:
    """What several attempts give together: `ok` if one came through, else how the first failed; `` if there was none.

    That an address cannot be reached at all (a probe without IPv6) says nothing where another attempt says something.
    """
    first = ""
    for failure in failures:
        if failure == OK:
            return OK
        if first in ("", UNREACHABLE, ODD):
            first = failure
    return first
