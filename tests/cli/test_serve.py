"""`overt serve`: its socket, what it prints, what it refuses, and how its threads share the interpreter."""

import gc
import socket
import sys
from pathlib import Path

import pytest
import uvicorn

from overt.cli.web_server import listen, run_server
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.small_atlas import SmallAtlas


def test_answers_are_sent_at_once() -> None:
    """asyncio sets TCP_NODELAY only if the listening socket specifies its protocol.

    The option saves 40 ms. A test could notice that only with a clock, so this one checks the protocol.
    """
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize(("host", "public"), [("127.0.0.1", False), ("127.0.0.1", True), ("0.0.0.0", True)])
def test_the_release_is_named_as_its_pages_name_it(
    atlas: SmallAtlas, host: str, public: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: None)
    interval, often = sys.getswitchinterval(), gc.get_threshold()
    try:
        run_server(atlas.workspace, atlas.release, host, 0, public=public)
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*often)
        gc.unfreeze()
    errors = capsys.readouterr().err
    assert f"(release {atlas.release}{'+open' if public else ''}; stop with" in errors
    assert ("left out, because `republish` in overt.toml does not allow it: secret_map (private)" in errors) is public


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "atlas.example"])
def test_addresses_that_others_can_reach_are_only_for_public_servers(atlas: SmallAtlas, host: str) -> None:
    with pytest.raises(UsageError, match=f"^{host}: others can reach this address; add --public"):
        run_server(atlas.workspace, atlas.release, host, 0)


@pytest.mark.parametrize("setting", ['proxies = ["10.0.0.0/8", "localhost"]', "connections = 0", 'proxies = "127.0.0.1"'])
def test_bad_settings_of_the_server_are_one_line(tmp_path: Path, setting: str) -> None:
    workspace = Workspace.create(tmp_path / "atlas")
    (workspace.root / "overt.toml").write_text(f"[site]\n{setting}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"overt\.toml.*site") as caught:
        _ = Workspace.open(workspace.root).settings
    assert "\n" not in str(caught.value)


def test_background_rendering_does_not_delay_answers(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers wait neither for background rendering nor for the garbage collector.

    The delay itself could be measured only with a clock, so this test checks the settings that prevent it.
    """
    seen: list[tuple[float, int]] = []
    monkeypatch.setattr(
        uvicorn.Server, "run", lambda self, sockets: seen.append((sys.getswitchinterval(), gc.get_freeze_count()))
    )
    interval, often = sys.getswitchinterval(), gc.get_threshold()
    try:
        run_server(atlas.workspace, atlas.release, "127.0.0.1", 0)
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*often)
        gc.unfreeze()
    [(collected, frozen)] = seen
    assert collected <= 0.001 and frozen > 10_000


@pytest.mark.slow
def test_an_unusable_address_is_reported_in_one_line(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path, index=True)
    atlas.fetch("alpha", make_statements("project", "p", name="P"))
    atlas.build()
    for words, code, why in (
        (("--public", "--host", "203.0.113.1", "--port", "0"), 1, "overt: 203.0.113.1:0: cannot serve there"),
        (("--port", "70000"), 2, "overt: Invalid value for '--port'"),
        (("--release", "nonsense"), 2, "overt: there is no release 'nonsense'"),
    ):
        outcome = atlas.overt("serve", *words)
        assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (code, "", 1), outcome
        assert outcome.err.startswith(why)
