"""Run a script that reaches only this machine. Documents in `ADDRESSES` come from local copies; other hosts are refused.

    python -I run_offline.py SCRIPT ARGUMENT…

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
"""Local copies by address: a file in schemas/, or `package:path` for a file in a package."""


def local_copy(address: str) -> bytes | None:
    """Return the local copy of the document at an address, or None. Raises OSError if the package with the copy is missing."""
    location = ADDRESSES.get(address.partition("#")[0])
    if location is None:
        return None
    package, colon, path = location.partition(":")
    if not colon:
        return (SCHEMAS / location).read_bytes()
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise OSError(f"{package} is not installed, which has a copy of {address}")
    return (Path(spec.submodule_search_locations[0]) / path).read_bytes()


def is_local(host: object) -> bool:
    """Return whether a host is this machine."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_remote(host: object) -> None:
    if not is_local(host):
        raise OSError(f"the network is cut off; a validator tried to reach {host!r}")


def cut_off() -> None:
    """Restrict this process's sockets to this machine, and answer requests for documents with their local copies."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_locally(self, address):
        _refuse_remote(address[0] if isinstance(address, tuple) else None)  # a path is a socket of this machine
        return connect(self, address)

    def look_up_locally(host, *rest, **more):
        _refuse_remote(host)
        return look_up(host, *rest, **more)

    socket.socket.connect, socket.getaddrinfo = connect_locally, look_up_locally
    urllib.request.install_opener(urllib.request.build_opener(LocalCopyHandler))
    if importlib.util.find_spec("requests"):
        _patch_requests()


class LocalCopyHandler(urllib.request.BaseHandler):
    """Responds to urllib's requests from local copies."""

    handler_order = 1

    def https_open(self, request):
        data = local_copy(request.full_url)
        if data is None:
            return None
        headers = Message()
        headers["Content-Type"] = "application/ld+json" if b"@context" in data else "application/json"
        answer = urllib.response.addinfourl(io.BytesIO(data), headers, request.full_url, 200)
        answer.msg = "OK"
        return answer

    http_open = https_open


def _patch_requests() -> None:
    from requests import Response, Session
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPResponse

    send = HTTPAdapter.send

    def send_locally(self, request, *rest, **more):
        data = local_copy(request.url)
        if data is None:
            return send(self, request, *rest, **more)
        answer = Response()
        answer.status_code, answer.url, answer.request = 200, request.url, request
        answer.headers["Content-Type"] = "application/json"
        answer.raw = HTTPResponse(io.BytesIO(data), status=200, preload_content=False, request_url=request.url)
        return answer

    HTTPAdapter.send = send_locally
    Session.trust_env = False


if __name__ == "__main__":
    cut_off()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
