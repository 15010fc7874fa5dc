"""`overt serve` while other commands write to the workspace: readers get only their own rows of one release."""

import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.command_runs import overt_process

READERS = 8
PAUSE = 0.2
"""Seconds that a reader waits between two projects, so that eight readers leave processor time for the build."""


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """Run `overt serve` on a free port and yield its address. On Ctrl-C, it must end with one line."""
    command = [sys.executable, "-c", "from overt.cli import main; main()", "serve", "--port", "0", "--workspace", str(root)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    messages: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=lambda: [messages.put(line) for line in process.stderr], daemon=True)
    reader.start()
    try:
        address = re.search(r"http://[^/]+", messages.get(timeout=120))
        assert address
        yield address[0]
    finally:
        process.send_signal(signal.SIGINT)
        try:
            code = process.wait(timeout=60)
        finally:
            process.kill()
        reader.join()
        process.stderr.close()
        rest = [messages.get() for _ in range(messages.qsize())]
        assert (code, rest) == (130, ["overt: stopped\n"])


@pytest.mark.slow
def test_eight_readers_while_a_release_is_made(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path, index=True)
    atlas.fetch(
        "alpha",
        [
            row
            for number in range(80)
            for row in make_statements("project", f"p{number}", name=f"Project {number}", country=["KE"])
        ],
    )
    served = atlas.build()
    wrong: list[str] = []
    requests = [0] * READERS
    stop = threading.Event()

    def read(address: str, reader: int) -> None:
        with httpx.Client(base_url=address, timeout=120) as client:
            while not stop.is_set() or requests[reader] < 10:
                for number in range(reader, 80, READERS):
                    identity = own_id(f"alpha:p{number}")
                    answer = client.get(f"/api/v1/records/{identity}")
                    page = client.get(f"/project/{identity}")
                    requests[reader] += 1
                    stop.wait(PAUSE)
                    if answer.status_code != 200 or page.status_code != 200:
                        wrong.append(f"{identity}: {answer.status_code}, {page.status_code}")
                        continue
                    record = answer.json()
                    if (record["id"], record["label"], record["release"]) != (identity, f"Project {number}", served):
                        wrong.append(f"{identity}: got {record['id']}, {record['label']}, {record['release']}")
                    if f"Project {number}<" not in page.text or served not in page.text:
                        wrong.append(f"{identity}: another page")

    with serving(atlas.root) as address:
        threads = [threading.Thread(target=read, args=[address, reader], daemon=True) for reader in range(READERS)]
        for thread in threads:
            thread.start()
        atlas.fetch(
            "beta",
            [row for number in range(300) for row in make_statements("project", f"q{number}", name=f"Other {number}")],
            "2026-01-02",
        )
        made = overt_process("build", "-w", atlas.root)
        again = overt_process("release", "--note", "again", "-w", atlas.root)
        stop.set()
        for thread in threads:
            thread.join()
        assert (made.code, again.code) == (0, 0), (made, again)
        assert wrong == []
        assert len({served, made.out.splitlines()[-1], again.out.strip()}) == 3
    assert atlas.overt("verify").code == 0
