"""On several cores: the same findings in the same order."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from overt.measure import running
from overt.measure.reading import Document, documents
from overt.measure.running import batches, findings
from overt.model.errors import OvertError
from tests.measure.generated import scenarios
from tests.measure.test_fingerprints import SAMPLE


def test_two_processes_say_what_one_says(tmp_path: Path) -> None:
    lines = [json.dumps(made) for made, _, _ in scenarios().values()]
    (tmp_path / "a.jsonl").write_text("\n".join(lines * 20))
    (tmp_path / "b.json").write_bytes(b"nothing")
    one, two = (list(findings(documents([str(tmp_path)]), SAMPLE, jobs)) for jobs in (1, 2))
    assert len(one) == len(lines) * 20 + 1
    assert one == two


def test_batches_keep_everything_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(f'{{"test_name": "t{n}"}}\n' for n in range(1_300)))
    held = [document.place for batch in batches(documents([str(tmp_path / "a.jsonl")])) for document in batch]
    assert held == [f"line={n}" for n in range(1, 1_301)]


def end_yourself(batch: list[Document]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_ended_from_outside_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_judged", end_yourself)
    with pytest.raises(OvertError, match="try fewer --jobs"):
        list(findings([Document("made", "", b"{}")], None, 2))


def processes_of(group: int) -> bool:
    """Whether a group of processes has any."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_who_stops_it_is_left_no_process_and_no_tale_of_theirs(tmp_path: Path) -> None:
    """Ctrl-C reaches every process of a terminal; the one that reads has to end the others, though its input goes on."""
    lines = b"".join(json.dumps(made).encode() + b"\n" for made, _, _ in scenarios().values())
    command = [sys.executable, "-m", "overt", "measure", "-", "--json", "--jobs", "2"]
    said, told = tmp_path / "said.jsonl", tmp_path / "told.txt"
    with said.open("wb") as out, told.open("wb") as messages:
        run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=messages, start_new_session=True)
    try:
        assert run.stdin
        run.stdin.write(lines * (20_000_000 // len(lines)))
        run.stdin.flush()
        deadline = time.monotonic() + 60
        while not said.stat().st_size and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGINT)
        assert (run.wait(60), told.read_bytes()) == (130, b"")
        assert said.stat().st_size
        while processes_of(run.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not processes_of(run.pid)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        if run.stdin:
            run.stdin.close()
