"""A full disk, a read-only atlas, a closed pipe or text that isn't UTF-8 gives at most one line, and never a traceback."""

import logging
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

from overt.server.app import ServeSettings, create_app
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import overt
from tests.support.release_table_rows_and_file_hashes import file_hashes

COMMAND = [sys.executable, "-c", "from overt.cli import main; main()"]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    atlas = Atlas(tmp_path_factory.mktemp("hostile"), index=True)
    rows = [
        row
        for number in range(300)
        for row in make_statements("project", f"p{number}", name=f"Park cameras {number}", country="KE", kind="smart-city")
    ]
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


# --- Full disk ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        *(["import"], ["resolve"], ["release", "--note", "another"], ["search", "Park"], ["publish", "{}/site"]),
        *(["export", "csv", "{}/csv"], ["export", "sqlite", "{}/a.sqlite"], ["export", "parquet", "{}/tables"]),
    ],
    ids=" ".join,
)
def test_a_full_disk_is_one_line(atlas: Atlas, tmp_path: Path, words: list[str]) -> None:
    """No file may grow beyond 2,048 bytes (`ulimit -f`), so every write beyond that fails as on a full disk."""
    root = tmp_path / "atlas"
    shutil.copytree(atlas.root, root)
    shutil.rmtree(root / "cache")
    for folder in {"import": ["claims"], "resolve": ["resolved"]}.get(words[0], []):
        shutil.rmtree(root / folder)
    before = {name: digest for name, digest in file_hashes(root).items() if not name.startswith("cache/")}
    ended = subprocess.run(
        [*COMMAND, *(word.format(tmp_path) for word in words), "-w", str(root)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, 2_048)),
    )
    errors = [line for line in ended.stderr.splitlines() if line.startswith("overt: ")]
    assert (ended.returncode, len(errors)) == (1, 1), ended
    assert "Traceback" not in ended.stderr
    assert errors[0] == ended.stderr.splitlines()[-1]
    assert not [path for path in tmp_path.rglob("*.tmp-*") if path.parent.name != "partial"]
    after = {name: digest for name, digest in file_hashes(root).items() if not name.startswith("cache/")}
    assert before.items() <= after.items()


# --- Read-only atlas ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_atlas_that_cannot_be_written_is_read(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(atlas.root, root)
    shutil.rmtree(root / "cache")
    before = file_hashes(root)
    possible = os.access
    monkeypatch.setattr("os.access", lambda path, mode: False if mode == os.W_OK else possible(path, mode))
    for words in (["search", "Park"], ["show", "alpha:p1"], ["export", "csv", tmp_path / "csv"], ["figures"]):
        outcome = overt(*words, "-w", root)
        assert outcome.code == 0, outcome
        assert outcome.err.count("cannot be written, so its cache is made again in") <= 1
    assert (tmp_path / "csv").is_dir()
    assert create_app(ServeSettings(Atlas.open(tmp_path, index=True).workspace)).state.prepared.release
    assert file_hashes(root) == before


# --- Closed pipes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/reconcile", "/zh/reconcile"])
def test_a_reader_who_leaves_while_sending(atlas: Atlas, path: str, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(ServeSettings(atlas.workspace))
    parts: list[dict[str, Any]] = [{"type": "http.request", "body": b"queries=", "more_body": True}, {"type": "http.disconnect"}]
    answers: list[Any] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if len(parts) > 1 else parts[0]

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": path,
        "raw_path": path.encode(), "root_path": "", "query_string": b"", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"99")],
    }  # fmt: skip
    with caplog.at_level(logging.WARNING):
        anyio.run(app, scope, receive, send)
    assert not caplog.records
    assert not answers or answers[0]["status"] in (404, 405, 499)


@pytest.mark.parametrize("words", [["figures"], ["sources"], ["show", "alpha:p1"], ["search", "Park", "--json"]], ids=" ".join)
def test_a_pipe_that_closes_early(atlas: Atlas, words: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        ended = subprocess.run([*COMMAND, *words, "-w", str(atlas.root)], stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_closed_output_is_reported(atlas: Atlas) -> None:
    command = [*COMMAND, "log", "-w", str(atlas.root)]
    ended = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "overt: standard output is closed, so the result was not printed\n")


# --- Text that is not UTF-8 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["claim", "add", "editorial:x", "organization", "alias", "\udcff"], ["show", "a\udcff"]], ids=["claim", "show"]
)
def test_an_argument_that_is_not_utf_8_is_refused(atlas: Atlas, words: list[str]) -> None:
    more = ["--document", "Report", "--place", "1", "--why", "x", "--who", "Ada"] if words[0] == "claim" else []
    outcome = overt(*words, *more, "-w", atlas.root)
    assert outcome.code == 2
    assert outcome.err.endswith("is not in UTF-8; set your terminal to UTF-8, and write it again\n")
