import os
import signal
import subprocess
import sys

import pytest

from overt.archive import Archive, LockError, WorkspaceLock

HOLD = """
import sys, time
from pathlib import Path
from overt.archive import WorkspaceLock
with WorkspaceLock(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"locked\n"
        yield process
        process.kill()


def test_the_error_for_a_second_writer_names_the_first(holder, tmp_path):
    for _ in range(2):  # a failed attempt must not remove the owner's id
        with pytest.raises(LockError) as caught, WorkspaceLock(tmp_path):
            pass
        assert f"pid {holder.pid}" in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(LockError):
        Archive(tmp_path / "archive").put_stream([b"1"])


def test_the_lock_ends_when_its_owner_is_killed(holder, tmp_path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with WorkspaceLock(tmp_path):
        assert (tmp_path / ".lock-owner").read_text() == f"{os.getpid()}\n"


def test_the_lock_ends_with_its_block(holder, tmp_path):
    holder.communicate(b"")
    with WorkspaceLock(tmp_path):
        pass
    assert not (tmp_path / ".lock-owner").exists()


def test_a_process_can_acquire_its_own_lock_again(tmp_path):
    def another_process_can_lock() -> bool:
        run = subprocess.run([sys.executable, "-c", HOLD, str(tmp_path)], input=b"", capture_output=True, check=False)
        return run.returncode == 0

    with WorkspaceLock(tmp_path):
        with WorkspaceLock(tmp_path):
            pass
        assert not another_process_can_lock()
    assert another_process_can_lock()
