"""Ctrl-C ends a command quickly at any moment, with one line and exit code 130, and leaves nothing half-written."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.flow.test_killed_commands import SOURCES, statements
from tests.support.command_built_atlas import Atlas
from tests.support.command_runs import overt

SECONDS = 2.0
"""Maximum time in seconds for a command to end on an idle machine."""
MAX_SECONDS = 30.0
"""Maximum time in seconds for a command to end on a machine that is busy with other tests."""
SEED = int(os.environ.get("OVERT_SEED", "20261128"))
COMMAND = [sys.executable, "-c", "from overt.cli import main; main()"]


class Ended(NamedTuple):
    """How an interrupted command ended."""

    seconds: float
    code: int
    err: str


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    atlas = Atlas(tmp_path_factory.mktemp("interrupted"), index=True)
    for slug in SOURCES:
        atlas.fetch(slug, statements(slug))
    atlas.build()
    return atlas


def commands(root: Path, folder: Path) -> list[list[str]]:
    """Return command lines of several commands that each take a while."""
    return [
        ["build", "-w", str(root)],
        ["import", "-w", str(root)],
        ["resolve", "-w", str(root)],
        ["release", "-w", str(root)],
        ["verify", "-w", str(root)],
        ["publish", str(folder / "site"), "-w", str(root)],
        ["export", "all", str(folder / "files"), "-w", str(root)],
        ["figures", "-w", str(root)],
        ["serve", "--port", "0", "-w", str(root)],
        ["demo", "--port", "0"],
    ]


def interrupt(words: list[str], after: float, *, twice: bool = False) -> Ended | None:
    """Start a command and interrupt it after `after` seconds. `twice`: interrupt it again 50 milliseconds later.

    Return None if the command had already ended, or if Python itself was still starting, because then no program can handle a
    signal. Fail the test if the command doesn't end within MAX_SECONDS.
    """
    environment = {**os.environ, "PYTHONFAULTHANDLER": ""}
    process = subprocess.Popen([*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    time.sleep(after)
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    if twice:
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
    try:
        _, err = process.communicate(timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        pytest.fail(f"{words} did not end {MAX_SECONDS} s after Ctrl-C at {after:.3f} s")
    is_starting = process.returncode == -signal.SIGINT and "overt/" not in err
    if not is_starting and (process.returncode not in (0, 1) or "stopped" in err):
        return Ended(time.monotonic() - begin, process.returncode, err)
    return None


def start_up_seconds() -> float:
    """Return how many seconds a trivial command takes. For most of that time, no Python program can handle a signal."""
    begin = time.monotonic()
    subprocess.run([*COMMAND, "--version"], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


def interrupt_at_random(atlas: Atlas, folder: Path, moments: int) -> list[float]:
    """Interrupt commands at random moments, check how they end and what they leave, and return the seconds until each ended."""
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    seconds: list[float] = []
    attempts = 0
    while len(seconds) < moments and attempts < 4 * moments:
        work = folder / str(attempts)
        shutil.copytree(atlas.root, work / "atlas")
        shutil.rmtree(work / "atlas" / "claims")
        lines = commands(work / "atlas", work)
        words = lines[attempts % len(lines)]
        attempts += 1
        start_up = start_up_seconds()
        after = chance.uniform(start_up, 12 * start_up)
        twice = chance.random() < 0.2
        ended = interrupt(words, after, twice=twice)
        if ended is not None:
            print(f"{' '.join(words[:2])} after {after:.3f} s{' twice' if twice else ''}: {ended.seconds:.2f} s")
            assert (ended.code, ended.err.splitlines()[-1:]) == (130, ["overt: stopped"]), (words, after, ended)
            assert "Traceback" not in ended.err and ended.err.count("overt: ") == 1, (words, after, ended)
            seconds.append(ended.seconds)
        assert not [path for path in work.rglob("*.tmp-*") if path.parent.name != "partial"], (words, after)
        assert not (work / "site").exists() or (work / "site" / "manifest.json").is_file()
        shutil.rmtree(work)
    assert len(seconds) >= moments // 2
    return seconds


@pytest.mark.slow
def test_a_few_random_moments(atlas: Atlas, tmp_path: Path) -> None:
    interrupt_at_random(atlas, tmp_path, 6)


@pytest.mark.slow
def test_forty_random_moments(atlas: Atlas, tmp_path: Path) -> None:
    seconds = sorted(interrupt_at_random(atlas, tmp_path, 40))
    if os.getloadavg()[0] < 2 * (os.cpu_count() or 1):
        assert seconds[-1] < SECONDS


def test_a_library_that_never_returns_does_not_block_the_command(tmp_path: Path) -> None:
    """The main thread swallows the interrupt forever, and a thread that is not a daemon is still running."""
    unfinished = tmp_path / ".tmp-1-x"
    code = (
        "import sys, threading, time\n"
        "from pathlib import Path\n"
        "import overt.cli.runner\n"
        "from overt.model.files.atomic_writes import mark_unfinished\n"
        "def run(words):\n"
        "    path = Path(words[0])\n"
        "    mark_unfinished(path)\n"
        "    path.mkdir()\n"
        "    (path / 'half').write_text('x')\n"
        "    threading.Thread(target=time.sleep, args=[60]).start()\n"
        "    print('running', flush=True)\n"
        "    while True:\n"
        "        try:\n"
        "            time.sleep(60)\n"
        "        except KeyboardInterrupt:\n"
        "            pass\n"
        "overt.cli.runner.run = run\n"
        "from overt.cli import main\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(unfinished)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=MAX_SECONDS)
    assert (process.returncode, err) == (130, "overt: stopped\n")
    assert not unfinished.exists()


STARTING = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
from overt.cli import main
main()
"""


@pytest.mark.parametrize("module", ["overt.cli.interruption", "socket", "overt.cli.runner", "overt.model.errors"])
def test_stopped_while_starting_is_one_line(module: str) -> None:
    """The signal arrives while `module` is being imported."""
    ended = subprocess.run([sys.executable, "-c", STARTING, module], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (130, "overt: stopped\n")


def test_stopped_in_this_process_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("overt.cli.runner.RootGroup.main", interrupted)
    outcome = overt("sources")
    assert (outcome.code, outcome.err) == (130, "overt: stopped\n")
