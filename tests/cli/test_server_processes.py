"""Several processes serve one release on one socket, and end together. The limit on open files also limits connections."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from overt.cli.web_server import max_connections
from overt.model.errors import UsageError
from tests.support.small_atlas import SmallAtlas, make_atlas


def test_the_desk_is_served_by_one_process(atlas: SmallAtlas) -> None:
    from overt.cli.commands.serve import serve

    with pytest.raises(UsageError, match="the desk is served by one process"):
        serve(desk=True, workers=2, workspace=atlas.workspace.root)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of open files")
def test_a_server_takes_no_more_connections_than_it_may_open_files() -> None:
    import resource

    code = "from overt.cli.web_server import max_connections; print(max_connections(1000), max_connections(20))"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))

    printed = subprocess.run([sys.executable, "-c", code], preexec_fn=limit, capture_output=True, text=True, check=True)
    assert printed.stdout.split() == ["(106,", "64)", "(20,", "64)"]
    assert max_connections(50) == (50, 2048)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the children of a process are read from /proc")
def test_a_killed_process_is_replaced_and_none_is_left(tmp_path: Path) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")
    command = [sys.executable, "-m", "overt", "-w", str(workspace.root), "serve", "--public", "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stderr is not None
            address = next(line for line in parent.stderr if line.startswith("Overt is at ")).split()[3]
            first = _until(lambda: _workers(parent.pid, 2))
            assert httpx.get(f"{address}healthz", timeout=60).json()["status"] == "ok"
            os.kill(first[0], signal.SIGKILL)
            second = _until(lambda: [pid for pid in _workers(parent.pid, 2) if first[0] not in _workers(parent.pid, 2)])
            assert first[1] in second
            assert httpx.get(f"{address}country/KE", timeout=60).status_code == 200
        finally:
            parent.terminate()
        assert parent.wait(timeout=60) == 0
    assert not [pid for pid in (*first, *second) if Path(f"/proc/{pid}").exists()]
    assert not list(workspace.cache.glob(".serving-*"))


def _workers(parent: int, number: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    workers = [pid for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]
    return workers if len(workers) == number else []


def _until(condition: object) -> list[int]:
    for _ in range(600):
        if result := condition():  # type: ignore[operator]
            return result
        time.sleep(0.1)
    raise AssertionError("it did not happen within a minute")
