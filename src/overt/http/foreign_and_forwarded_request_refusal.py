"""Requests that a private server refuses: those for another host name, and those that a proxy has forwarded."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import Scope, Send

FORWARDING = frozenset(
    b"forwarded via x-forwarded x-forwarded-for x-forwarded-host x-forwarded-proto x-forwarded-port x-forwarded-server"
    b" x-forwarded-by x-real-ip x-client-ip x-cluster-client-ip x-original-forwarded-for x-original-host x-proxyuser-ip"
    b" true-client-ip cf-connecting-ip cf-ray cdn-loop fastly-client-ip fly-client-ip"
    b" x-envoy-external-address x-appengine-user-ip".split()
)
"""Headers that reverse proxies and content delivery networks add to the requests that they forward."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_OTHER_HOST = b"This atlas answers under the names of this machine only (localhost, 127.0.0.1).\n"
_PASSED_ON = b"A proxy passed this request on, and this server is for its own machine. Start it with `overt serve --public`.\n"


async def refuse_foreign_request(scope: Scope, send: Send, hosts: Collection[str]) -> bool:
    """Refuse a request that a proxy has forwarded (403), or that names a host other than `hosts` (421). Return whether it did.

    A private atlas may contain confidential data, and a website could reach it under a name of its own that resolves to this
    machine (DNS rebinding).
    """
    if any(name in FORWARDING for name, _ in scope["headers"]):
        await _refuse(send, 403, _PASSED_ON)
        return True
    if _host_name(Headers(scope=scope).get("host", "")) not in hosts:
        await _refuse(send, 421, _OTHER_HOST)
        return True
    return False


def _host_name(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")


async def _refuse(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
