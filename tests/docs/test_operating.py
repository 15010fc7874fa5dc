"""The settings in docs/operating.md are valid, and the tests that its threat model names exist.

If the programs are installed, the page's proxies work, and Tor accepts its onion service.
"""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from overt.cli.web_server import server_config
from overt.http.foreign_and_forwarded_request_refusal import FORWARDING
from overt.model.settings import Settings
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas
from tests.support.web_server import running

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
SERVER = "127.0.0.1:8765"
ONION = "127.0.0.1:8766"
"""The address at which the onion service reaches the proxy."""


@contextmanager
def serving(atlas: SmallAtlas, text: str) -> Iterator[int]:
    """Serve the atlas with `text` as its settings; yield the port."""
    file = atlas.workspace.root / "overt.toml"
    before = file.read_text(encoding="utf-8")
    try:
        file.write_text(text, encoding="utf-8")
        workspace = Workspace.open(atlas.workspace.root)
        site = workspace.settings.site
    finally:
        file.write_text(before, encoding="utf-8")
    app = create_app(ServeSettings(workspace, atlas.release, public=site.public))
    with running(server_config(app, site)) as port:
        yield port


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def proxy_at(command: list[str], port: int) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise AssertionError(process.stderr.read() if process.stderr else "")
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def nginx(folder: Path, upstream: int, port: int, onion: int) -> list[str]:
    """Write the page's configuration, inside `http { }`, to a folder; return the command that runs nginx with it on two ports."""
    block = BLOCKS["nginx"].replace("listen 80;", f"listen 127.0.0.1:{port};").replace(SERVER, f"127.0.0.1:{upstream}")
    block = block.replace(ONION, f"127.0.0.1:{onion}")
    paths = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nevents {{ }}\nhttp {{\n{paths}{block}\n}}\n", encoding="utf-8"
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, upstream: int, port: int, onion: int) -> list[str]:
    block = BLOCKS["caddyfile"].replace("atlas.example", f"http://127.0.0.1:{port}").replace(SERVER, f"127.0.0.1:{upstream}")
    block = block.replace(ONION.removeprefix("127.0.0.1"), f":{onion}")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + block, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.mark.ci
@pytest.mark.parametrize("by_onion", [False, True])
@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_a_proxy_shows_what_is_public_and_says_who_the_client_is(
    proxy: Callable[[Path, int, int, int], list[str]],
    by_onion: bool,
    atlas: SmallAtlas,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if shutil.which(proxy.__name__) is None:
        pytest.skip(f"{proxy.__name__} is not installed")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    port, onion = free_port(), free_port()
    headers = {"Host": f"{'a' * 56}.onion"} if by_onion else {}
    with (
        serving(atlas, BLOCKS["toml"].replace("300", "8")) as upstream,
        proxy_at(proxy(tmp_path, upstream, port, onion), onion if by_onion else port) as address,
    ):
        text = httpx.get(f"{address}/projects.csv", headers=headers).text
        assert "Huawei" in text and not [mark for mark in SECRETS if mark in text]
        # Clients can't evade the rate limit by sending an X-Forwarded-For header of their own.
        statuses = [
            httpx.get(f"{address}/api/v1/figures", headers={**headers, "X-Forwarded-For": f"203.0.113.{number}"}).status_code
            for number in range(12)
        ]
        assert 429 in statuses


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_a_server_that_is_not_public_refuses_the_proxy(
    proxy: Callable[[Path, int, int, int], list[str]], atlas: SmallAtlas, tmp_path: Path
) -> None:
    if shutil.which(proxy.__name__) is None:
        pytest.skip(f"{proxy.__name__} is not installed")
    port = free_port()
    with serving(atlas, "[site]\n") as upstream, proxy_at(proxy(tmp_path, upstream, port, free_port()), port) as address:
        assert httpx.get(f"{address}/projects.csv").status_code == 403


def test_the_onion_service_is_one_that_tor_accepts(tmp_path: Path) -> None:
    if shutil.which("tor") is None:
        pytest.skip("tor is not installed")
    (tmp_path / "service").mkdir(mode=0o700)
    torrc = BLOCKS["torrc"].replace("/var/lib/tor/overt/", str(tmp_path / "service"))
    (tmp_path / "torrc").write_text(f"DataDirectory {tmp_path}/data\nSocksPort 0\n{torrc}", encoding="utf-8")
    process = subprocess.run(
        ["tor", "--verify-config", "-f", str(tmp_path / "torrc")], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stdout


def test_the_settings_of_the_page_are_settings(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "atlas")
    (workspace.root / "overt.toml").write_text(BLOCKS["toml"], encoding="utf-8")
    site = Workspace.open(workspace.root).settings.site
    assert site.public and site.proxies == ["127.0.0.1"]
    defaults = Settings().site
    assert f"| {defaults.requests_at_once}; of one kind" in PAGE and f"turn | {defaults.requests_waiting} |" in PAGE
    assert f"take | {defaults.request_seconds:g} s |" in PAGE and f"| {defaults.answers_unread}; above" in PAGE
    assert f"| {Settings().site.connections:,}; above" in PAGE and f"| {Settings().site.connections_per_client};" in PAGE


def test_headers_of_the_examples_are_recognised() -> None:
    names = re.findall(r"proxy_set_header (X-\S+)", BLOCKS["nginx"])
    assert names and all(name.lower().encode() in FORWARDING for name in names)


def test_tests_of_the_threat_model_exist() -> None:
    paths = re.findall(r"tests/[\w/.]+", (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8"))
    assert len(paths) > 15
    assert not [path for path in paths if not (ROOT / path.rstrip(".")).exists()]
