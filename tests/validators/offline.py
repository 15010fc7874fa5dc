"""Runs a script with the network cut off. An address that a validator would ask is answered from this machine, or refused.

    python -I offline.py SCRIPT ARGUMENT…

Never imported by tests: it runs in the environment of the validators.
"""

import importlib.util
import io
import ipaddress
import runpy
import socket
import sys
import urllib.request
import urllib.response
from email.message import Message
from pathlib import Path

SCHEMAS = Path(__file__).parent / "schemas"
ADDRESSES = {
    "https://w3id.org/ro/crate/1.1/context": "rocrate:data/ro-crate.jsonld",
} | {
    f"{site}{name}": f"oc4ids/{name}"
    for site, names in {
        "http://standard.open-contracting.org/infrastructure/schema/0__9__5/": (
            "project-schema.json",
            "project-package-schema.json",
        ),
        "https://raw.githubusercontent.com/open-contracting/infrastructure/0.9/schema/project-level/codelists/": (
            "projectStatus.csv",
            "projectSector.csv",
            "partyRole.csv",
        ),
    }.items()
    for name in names
}
"""Where what lies at an address is here: a file in schemas/, or `package:path` for one that a package carries."""


def stored(address: str) -> bytes | None:
    """What lies at an address, where it is held here."""
    held = ADDRESSES.get(address.partition("#")[0])
    if held is None:
        return None
    package, colon, path = held.partition(":")
    if not colon:
        return (SCHEMAS / held).read_bytes()
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise OSError(f"{package} is not installed, which carries {address}")
    return (Path(found.submodule_search_locations[0]) / path).read_bytes()


def is_here(host: object) -> bool:
    """Whether a host is this machine."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_others(host: object) -> None:
    if not is_here(host):
        raise OSError(f"no network here, and {host!r} was asked")


def cut_off() -> None:
    """Let sockets of this process lead to this machine alone, and stored addresses answer."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_here(self, address):
        _refuse_others(address[0] if isinstance(address, tuple) else None)  # a path is a socket of this machine
        return connect(self, address)

    def look_up_here(host, *rest, **more):
        _refuse_others(host)
        return look_up(host, *rest, **more)

    socket.socket.connect, socket.getaddrinfo = connect_here, look_up_here
    urllib.request.install_opener(urllib.request.build_opener(Stored))
    if importlib.util.find_spec("requests"):
        _let_requests_answer()


class Stored(urllib.request.BaseHandler):
    """Answers urllib."""

    handler_order = 1

    def https_open(self, request):
        data = stored(request.full_url)
        if data is None:
            return None
        headers = Message()
        headers["Content-Type"] = "application/ld+json" if b"@context" in data else "application/json"
        answer = urllib.response.addinfourl(io.BytesIO(data), headers, request.full_url, 200)
        answer.msg = "OK"
        return answer

    http_open = https_open


def _let_requests_answer() -> None:
    from requests import Response, Session
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPResponse

    send = HTTPAdapter.send

    def send_here(self, request, *rest, **more):
        data = stored(request.url)
        if data is None:
            return send(self, request, *rest, **more)
        answer = Response()
        answer.status_code, answer.url, answer.request = 200, request.url, request
        answer.headers["Content-Type"] = "application/json"
        answer.raw = HTTPResponse(io.BytesIO(data), status=200, preload_content=False, request_url=request.url)
        return answer

    HTTPAdapter.send = send_here
    Session.trust_env = False


if __name__ == "__main__":
    cut_off()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
