"""The proxies of docs/operating.md never retry a request that a busy replica refused. nginx retries if a replica is behind."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
import uvicorn

from overt.replica.copy_updates import Readiness
from overt.replica.replica_application import ReplicaApplication
from tests.support.replica_servers_proxies_and_readers import caddy, free_port, nginx, proxy_at
from tests.support.web_server import running

Proxy = Callable[[Path, Sequence[int], int], list[str]]
Status = Literal["ok", "behind", "expired"]
EXPIRES = datetime(2026, 12, 24, 12, tzinfo=UTC)


class Replica:
    """A replica whose state a test sets. Its application is busy at `/busy`, and records the addresses that are requested."""

    requests = 0

    def __init__(self, number: int) -> None:
        self.served, self.status, self.addresses = self, "ok", list[str]()
        self._name = f"server {number}".encode()

    def readiness(self, now: datetime) -> Readiness:
        return Readiness(self.status, "release", 7, EXPIRES, "")  # type: ignore[arg-type]

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.addresses.append(scope["path"])
        status = 503 if scope["path"] == "/busy" else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": self._name})


@contextmanager
def replicas(proxy: Proxy, folder: Path) -> Iterator[tuple[list[Replica], str]]:
    """Run three replicas behind a proxy; yield them and the proxy's address."""
    servers = [Replica(number) for number in range(3)]
    with ExitStack() as stack:
        applications = [ReplicaApplication(server) for server in servers]  # type: ignore[arg-type]
        ports = [stack.enter_context(running(uvicorn.Config(application, log_level="critical"))) for application in applications]
        port = free_port()
        yield servers, stack.enter_context(proxy_at(proxy(folder, ports, port), port))


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_a_busy_replica_gets_a_request_once(proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = getattr(proxy, "__name__", "")
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "proxy"))
    with replicas(proxy, tmp_path) as (servers, address), httpx.Client(base_url=address) as client:
        assert client.get("/busy").status_code == 503
        busy = [server for server in servers if "/busy" in server.addresses]
        assert [server.addresses.count("/busy") for server in busy] == [1]
        response = client.get("/page")
        assert response.status_code == 200 and busy[0].addresses[-1] == "/page", "the server isn't spared"
        if proxy is nginx:  # Caddy checks only once a second which replicas are ready.
            busy[0].status = "behind"
            assert client.get("/page").text != response.text
            for server in servers:
                server.status = "behind"
            assert client.get("/page").status_code == 200, "an old answer is better than none"
