"""A killed command leaves an intact workspace: the next run finishes with the same bytes. Only one command writes at a time."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from overt.archive import WorkspaceLock
from overt.importing.importers.importer_trust import trust_importers
from overt.model.workspace import Workspace
from tests.support.command_built_atlas import Atlas, Statement, make_statements
from tests.support.command_runs import overt, overt_process
from tests.support.commands_killed_at_file_changes import CommandForks
from tests.support.release_table_rows_and_file_hashes import file_hashes

SOURCES = ("alpha", "beta", "gamma")
LOCKS = (".lock", ".lock-owner")
SEED = 20261124


class Prepared(NamedTuple):
    """A workspace before its first step, the four steps, and their expected result."""

    root: Path
    steps: tuple[tuple[str, ...], ...]
    release: str
    expected: dict[str, str]
    durations: dict[tuple[str, ...], float]
    """Duration of each step, in seconds."""


def statements(source: str) -> list[Statement]:
    rows: list[Statement] = []
    for number in range(60):
        rows += make_statements(
            "organization", f"o{number}", name=[f"Company {number} Ltd", f"{source} firm {number}"], country="CN"
        )
        rows += make_statements(
            "project", f"p{number}", name=f"Project {number}", kind=["smart-city", "data-centre"], country=["KE"]
        )
        rows += make_statements(
            "role", f"r{number}", project=f"{source}:p{number}", organization=f"{source}:o{number}", role="supplier"
        )
        rows += make_statements("commitment", f"c{number}", project=f"{source}:p{number}", amount=(f"{number}.25", "USD@2021"))
    return rows


def file_state(root: Path) -> dict[str, str]:
    """Return the hashes of all files except locks, after checking that no temporary file is left."""
    hashes = dict(file_hashes(root, without=LOCKS))
    assert not [name for name in hashes if ".tmp-" in name], "left over"
    return hashes


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    atlas = Atlas(tmp_path_factory.mktemp("prepared"), index=True)
    for slug in SOURCES:
        atlas.source(slug)
    trust_importers(atlas.workspace, SOURCES)  # the tests run commands on copies of the atlas
    settings = atlas.root / "overt.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("sources = []", f"sources = {list(SOURCES)}"), encoding="utf-8"
    )
    donor = Atlas(tmp_path_factory.mktemp("elsewhere"), index=True)
    for slug in SOURCES:
        donor.fetch(slug, statements(slug))
    drops = donor.root.parent / "drops"
    steps = (("fetch", "--from", str(drops), "--retrieved", "2026-01-01"), ("import",), ("resolve",), ("release",))
    undisturbed = tmp_path_factory.mktemp("undisturbed") / "atlas"
    shutil.copytree(atlas.root, undisturbed)
    durations = {}
    for words in steps:
        start = time.monotonic()
        outcome = overt(*words, "-w", undisturbed)
        durations[words] = time.monotonic() - start
        assert outcome.code == 0, outcome
    return Prepared(atlas.root, steps, outcome.out.strip(), file_state(undisturbed), durations)


@pytest.fixture
def root(prepared: Prepared, tmp_path: Path) -> Path:
    shutil.copytree(prepared.root, tmp_path / "atlas")
    return tmp_path / "atlas"


def assert_intact(root: Path, *, other_content: bool = False) -> None:
    """Assert that `overt verify` finds no problem.

    `other_content`: the release was made with other content, so it can't be recomputed.
    """
    outcome = overt("verify", "-w", root)
    assert outcome.code == (3 if other_content else 0), outcome


def finish(root: Path, words: tuple[str, ...]) -> str:
    outcome = overt(*words, "-w", root)
    assert outcome.code == 0, outcome
    return outcome.out


# --- Killed from outside at random times ------------------------------------------------------------------------------------


class Killer:
    """Starts commands in separate processes and kills them at random times, most of them after start-up."""

    def __init__(self, durations: dict[tuple[str, ...], float]) -> None:
        self._random = random.Random(SEED)
        start = time.monotonic()
        assert self._start(("--help",), None).wait() == 0
        self._start_up = time.monotonic() - start
        self._durations = durations
        self.kills = 0

    @staticmethod
    def _start(words: tuple[str, ...], root: Path | None) -> subprocess.Popen[bytes]:
        options = ["-w", str(root)] if root else []
        command = [sys.executable, "-c", "from overt.cli import main; main()", *words, *options]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self, words: tuple[str, ...], root: Path) -> None:
        """Run a command and kill it. A run that has already ended doesn't count."""
        process = self._start(words, root)
        time.sleep(self._random.uniform(0.6 * self._start_up, self._start_up + self._durations[words]))
        process.send_signal(signal.SIGKILL)
        self.kills += process.wait() == -signal.SIGKILL


def kill_loop(prepared: Prepared, folder: Path, kills: int) -> None:
    killer = Killer(prepared.durations)
    number = 0
    while killer.kills < kills:
        number += 1
        root = folder / str(number)
        shutil.copytree(prepared.root, root)
        for words in prepared.steps:
            for _ in range(2 if words[0] in ("import", "release") else 1):
                killer.kill(words, root)
                assert_intact(root)
            output = finish(root, words)
        assert output == f"{prepared.release}\n"
        assert file_state(root) == prepared.expected
        shutil.rmtree(root)


@pytest.mark.slow
def test_killed_a_few_times(prepared: Prepared, tmp_path: Path) -> None:
    kill_loop(prepared, tmp_path, 6)


@pytest.mark.slow
def test_killed_a_hundred_times(prepared: Prepared, tmp_path: Path) -> None:
    kill_loop(prepared, tmp_path, 110)


# --- Killed from inside before each change to a file ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def forks() -> Iterator[CommandForks]:
    with CommandForks() as forks:
        yield forks


def step_workspaces(prepared: Prepared, forks: CommandForks, folder: Path) -> Iterator[tuple[tuple[str, ...], Path, int]]:
    """Yield each step, a workspace in which the steps before it have run, and the number of changes that the step makes."""
    root = folder / "before"
    shutil.copytree(prepared.root, root)
    for number, words in enumerate(prepared.steps):
        snapshot = folder / str(number)
        shutil.copytree(root, snapshot)
        killed, changes = forks.run_until(list(words), root, 0)
        assert not killed
        assert changes > 5, "the hook missed its changes"
        yield words, snapshot, changes


def kill_at_changes(prepared: Prepared, forks: CommandForks, folder: Path, stride: int) -> int:
    kills = 0
    for words, snapshot, changes in step_workspaces(prepared, forks, folder):
        for change in range(1, changes + 1, stride):
            root = folder / "work"
            shutil.copytree(snapshot, root)
            killed, _ = forks.run_until(list(words), root, change)
            assert killed, (words, change)
            assert_intact(root)
            remaining = prepared.steps[prepared.steps.index(words) :]
            for step in remaining:
                finish(root, step)
            assert file_state(root) == prepared.expected, (words, change)
            shutil.rmtree(root)
            kills += 1
    return kills


@pytest.mark.slow
def test_killed_before_some_changes(prepared: Prepared, forks: CommandForks, tmp_path: Path) -> None:
    assert kill_at_changes(prepared, forks, tmp_path, 23) >= 4


@pytest.mark.slow
def test_killed_before_every_change(prepared: Prepared, forks: CommandForks, tmp_path: Path) -> None:
    assert kill_at_changes(prepared, forks, tmp_path, 1) > 80


@pytest.mark.slow
def test_killed_while_replacing_earlier_results(prepared: Prepared, forks: CommandForks, tmp_path: Path) -> None:
    """Existing claims and resolutions are replaced by complete new ones, and releases stay."""
    root = tmp_path / "atlas"
    shutil.copytree(prepared.root, root)
    for words in prepared.steps:
        finish(root, words)
    importer = root / "sources" / "alpha" / "importer.py"
    importer.write_text(importer.read_text(encoding="utf-8") + "\n# another version\n", encoding="utf-8")
    trust_importers(Workspace.open(root), ["alpha"])
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(root, undisturbed)
    for words in prepared.steps[1:]:
        finish(undisturbed, words)
    for words in prepared.steps[1:]:
        for change in (2, 5, 8, 11, 14):
            forks.run_until(list(words), root, change)
            assert_intact(root, other_content=True)
            assert prepared.release in {path.name for path in (root / "releases").iterdir()}
        finish(root, words)
    assert file_state(root) == file_state(undisturbed)


# --- One writer at a time -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_error_for_a_second_writer_names_the_first(root: Path) -> None:
    with WorkspaceLock(root):
        outcome = overt_process("import", "-w", root)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err == (
            f"overt: {root}: the process with pid {os.getpid()} is writing to this workspace;"
            " wait until it ends, then run this again\n"
        )
        reader = overt_process("verify", "-w", root)
        assert (reader.code, reader.err) == (0, "")


@pytest.mark.slow
def test_the_lock_of_a_killed_writer_is_released(prepared: Prepared, root: Path) -> None:
    command = "import sys, time\nfrom pathlib import Path\nfrom overt.archive import WorkspaceLock\n"
    command += "with WorkspaceLock(Path(sys.argv[1])):\n    print('locked', flush=True)\n    time.sleep(60)\n"
    holder = subprocess.Popen([sys.executable, "-c", command, str(root)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"locked\n"
    refused = overt(*prepared.steps[0], "-w", root)
    assert refused.code == 1
    assert f"pid {holder.pid}" in refused.err
    holder.kill()
    holder.wait()
    holder.stdout.close()
    finish(root, prepared.steps[0])
