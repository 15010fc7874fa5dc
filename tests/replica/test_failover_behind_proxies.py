"""Servers of copies behind real proxies: readers don't notice that one fails. No server starts with a forged or older copy."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.server.app import create_app
from tests.replica.published_copies_and_test_servers import Copies, forge_index, release_of, transfer
from tests.support.client import Client
from tests.support.replica_servers_proxies_and_readers import PAGE, Readers, ReplicaServer, caddy, free_port, nginx, proxy_at

pytestmark = pytest.mark.slow
PATHS = ("/", "/country/KE", "/countries", "/figures", "/zh/country/KE", "/projects.csv", "/sources", "/api/v1/projects")
Proxy = Callable[[Path, Sequence[int], int], list[str]]


@pytest.fixture(scope="module")
def pages(publisher: Workspace, copies: Copies) -> dict[tuple[str, str], bytes]:
    """The responses of the publisher's own server, by release and path."""
    responses = {}
    for release in map(release_of, (copies.first, copies.second)):
        client = Client(create_app(ServeSettings(publisher, release.partition("+")[0], public=True)))
        responses |= {(release, path): client.get(path).content for path in PATHS}
    return responses


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_readers_notice_nothing(
    proxy: Proxy, copies: Copies, pages: dict[tuple[str, str], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = getattr(proxy, "__name__", "")
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "proxy"))
    old, new = release_of(copies.first), release_of(copies.second)
    servers = [ReplicaServer(tmp_path / name, copies.root) for name in ("killed", "late", "forged")]
    killed, late, forged = servers
    port = free_port()
    try:
        for server in servers:
            transfer(copies.first, server.copy)
            server.start()
        with proxy_at(proxy(tmp_path, [server.port for server in servers], port), port) as address:
            readers = Readers(address, PATHS, [old, new], pages, 6)
            with readers.reading():
                readers.until(lambda: readers.seen.requests > 50)
                killed.kill()
                readers.until(lambda: readers.seen.requests > 100)
                # The newer release reaches no server completely: one gets only its metadata, and another gets forged files.
                transfer(copies.second, late.copy, files=False)
                transfer(copies.second, forged.copy, metadata=False)
                forge_index(forged.copy, copies.second)
                transfer(copies.second, forged.copy, files=False)
                readers.until(lambda: late.status() == forged.status() == "behind")
                assert set(readers.seen.releases) == {old}
                # One server gets the newer release. From then on, the others get no requests.
                transfer(copies.second, killed.copy)
                killed.start()
                readers.until(lambda: readers.seen.releases[new] > 50)
                # The killed server is killed again once another server has caught up.
                transfer(copies.second, late.copy)
                readers.until(lambda: late.status() == "ok" and late.release() == new)
                if proxy is caddy:  # Caddy notices that the server is ready again only at its next check.
                    readers.read_on(6)
                killed.kill()
                before = readers.seen.requests
                readers.until(lambda: readers.seen.requests > before + 100)
                shutil.rmtree(forged.copy / "files")
                transfer(copies.second, forged.copy)
                readers.until(lambda: forged.status() == "ok" and forged.release() == new)
        seen = readers.seen
        cut_off = [error for error in seen.errors if "without sending complete message body" in error]
        assert len(cut_off) <= 2, "a response is cut off only if its server was killed while it was being sent"
        assert (seen.errors, seen.wrong, seen.back) == (cut_off, [], [])
        assert seen.releases[old] > 50 < seen.releases[new]
        assert "is not the file that the publisher signed" in forged.messages()
        assert "is missing; copy files/ before metadata/" in late.messages()
    finally:
        for server in servers:
            server.kill()


def test_a_forged_or_older_copy_does_not_start(copies: Copies, tmp_path: Path) -> None:
    server = ReplicaServer(tmp_path / "server", copies.root)
    transfer(copies.second, server.copy)
    server.start()
    server.kill()
    shutil.rmtree(server.copy)
    transfer(copies.first, server.copy)
    with pytest.raises(RuntimeError, match="rollback"):
        server.start()
    other = ReplicaServer(tmp_path / "other", copies.root)
    transfer(copies.second, other.copy)
    forge_index(other.copy, copies.second)
    with pytest.raises(RuntimeError, match="is not the file that the publisher signed"):
        other.start()
    assert "Traceback" not in server.messages() + other.messages()


def test_the_commands_of_the_page_copy_what_a_server_needs(copies: Copies, tmp_path: Path) -> None:
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    [commands] = [block.partition("```")[0] for block in PAGE.split("```sh servers\n")[1:]]
    shutil.copytree(copies.second, tmp_path / "copy")
    for host in ("one", "two", "three"):
        (tmp_path / host).mkdir()
    local = commands.replace("$host:/var/lib/overt/", f"{tmp_path}/$host/")
    subprocess.run(["sh", "-ec", local.replace("rsync ", "rsync --mkpath ")], cwd=tmp_path, check=True)
    server = ReplicaServer(tmp_path / "two", copies.root)
    try:
        server.start()
        assert server.release() == release_of(copies.second)
        assert list((server.folder / "machine" / "cache").glob(".serving-*"))
        assert server.stop() in (0, -15)
        assert not list((server.folder / "machine" / "cache").glob(".serving-*")), "a server that ends removes its files"
    finally:
        server.kill()
