"""Several processes give the same findings as one, in the same order, and all of them end after an error or Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from overt.measure import parallel_judging as parallel
from overt.measure.measurement_file_reader import Document, read_documents
from overt.measure.parallel_judging import batches, judge_documents
from overt.model.errors import OvertError
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.test_block_page_fingerprints import SAMPLE


@pytest.mark.ci
def test_two_processes_give_the_findings_of_one(tmp_path: Path) -> None:
    lines = [json.dumps(measurement) for measurement, _, _ in scenarios().values()]
    (tmp_path / "a.jsonl").write_text("\n".join(lines * 20))
    (tmp_path / "b.json").write_bytes(b"nothing")
    serial, concurrent = (list(judge_documents(read_documents([str(tmp_path)]), SAMPLE, jobs)) for jobs in (1, 2))
    assert len(serial) == len(lines) * 20 + 1
    assert serial == concurrent


def test_batches_have_all_documents_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(f'{{"test_name": "t{n}"}}\n' for n in range(1_300)))
    places = [document.place for batch in batches(read_documents([str(tmp_path / "a.jsonl")])) for document in batch]
    assert places == [f"line={n}" for n in range(1, 1_301)]


def kill_own_process(batch: list[Document]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_process_is_a_one_line_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_judge_batch", kill_own_process)
    with pytest.raises(OvertError, match="try fewer --jobs"):
        list(judge_documents([Document("made", "", b"{}")], None, 2))


def has_processes(group: int) -> bool:
    """Return whether any process of a process group is still running."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_ends_all_processes_without_output(tmp_path: Path) -> None:
    """A terminal sends Ctrl-C to every process. The main process must end the others even if its input stays open."""
    lines = b"".join(json.dumps(measurement).encode() + b"\n" for measurement, _, _ in scenarios().values())
    command = [sys.executable, "-m", "overt", "measure", "-", "--json", "--jobs", "2"]
    output, errors = tmp_path / "output.jsonl", tmp_path / "errors.txt"
    with output.open("wb") as stdout, errors.open("wb") as stderr:
        run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stdout, stderr=stderr, start_new_session=True)
    try:
        assert run.stdin
        run.stdin.write(lines * (20_000_000 // len(lines)))
        run.stdin.flush()
        deadline = time.monotonic() + 60
        while not output.stat().st_size and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGINT)
        assert (run.wait(60), errors.read_bytes()) == (130, b"overt: stopped\n")
        assert output.stat().st_size
        while has_processes(run.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not has_processes(run.pid)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        if run.stdin:
            run.stdin.close()
