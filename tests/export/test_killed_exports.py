"""A killed export leaves either the earlier files or the complete new ones, and the next run succeeds."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from overt.export.format_registry import FORMATS
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import overt
from tests.support.commands_killed_at_file_changes import CommandForks


@pytest.fixture(scope="module")
def forks() -> Iterator[CommandForks]:
    with CommandForks() as forks:
        yield forks


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small atlas with data for every format."""
    small = Atlas(tmp_path_factory.mktemp("killed"))
    rows = make_statements("organization", "o", name="A Company", country="CN")
    rows += make_statements("project", "p", name="A Cable", kind=["submarine-cable"], country=["KE"], status="operational")
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:o", role="supplier")
    rows += make_statements("place", "here", project="alpha:p", country="KE", geometry="POINT (36.8 -1.3)", precision="locality")
    small.fetch("alpha", rows)
    small.build()
    return small.root


class Case(NamedTuple):
    """A command, its folder, its report's name, the files before and after it, and how many changes it makes to files."""

    arguments: list[str]
    work: Path
    report: str
    before: dict[str, bytes]
    after: dict[str, bytes]
    changes: int

    @property
    def exports(self) -> Path:
        return self.work / "exports"


def read_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_files(files: dict[str, bytes], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def make_case(atlas: Path, forks: CommandForks, tmp_path: Path, name: str, ending: str, *, replaces: bool) -> Case:
    """Export once, and return the case of this export. `replaces`: an older export is there before each run."""
    work = tmp_path / "atlas"
    shutil.copytree(atlas, work)
    (work / "exports").mkdir()
    arguments = ["export", name, str(work / "exports" / f"out{ending}"), "--force"]
    killed, changes = forks.run_until(arguments, work, 0)
    after = read_files(work / "exports")
    before = dict.fromkeys(after, b"of an older run") if replaces else {}
    assert not killed and changes > 3
    return Case(arguments, work, f"out{ending}.report.json", before, after, changes)


def kill_at(case: Case, forks: CommandForks, moments: Iterable[int]) -> int:
    """Kill the command before each of these changes to files. Return how often the new export was complete anyway."""
    completed = 0
    olds, news = ({name: data for name, data in files.items() if name != case.report} for files in (case.before, case.after))
    for change in moments:
        write_files(case.before, case.exports)
        killed, _ = forks.run_until(case.arguments, case.work, change)
        present = {name: data for name, data in read_files(case.exports).items() if not name.startswith(".tmp-")}
        files = {name: data for name, data in present.items() if name != case.report}
        assert killed and files in (olds, news), f"killed before change {change}: half of it"
        completed += files == news
        again = overt(*case.arguments, "-w", case.work)
        assert again.code == 0, (change, again)
        assert read_files(case.exports) == case.after, f"the run after the one killed before change {change}"
    return completed


@pytest.mark.slow
@pytest.mark.parametrize(("name", "ending", "replaces"), [("csv", "", True), ("csv", "", False), ("geopackage", ".gpkg", True)])
def test_killed_in_the_middle_and_before_the_last_changes(
    atlas: Path, forks: CommandForks, tmp_path: Path, name: str, ending: str, replaces: bool
) -> None:
    case = make_case(atlas, forks, tmp_path, name, ending, replaces=replaces)
    moments = [case.changes // 2, case.changes - 1, case.changes]
    assert 0 < kill_at(case, forks, moments) < len(moments)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_killed_before_every_change(atlas: Path, forks: CommandForks, tmp_path: Path, name: str) -> None:
    for replaces in (True, False):
        place = tmp_path / str(replaces)
        place.mkdir()
        case = make_case(atlas, forks, place, name, FORMATS[name].ending, replaces=replaces)
        assert 0 < kill_at(case, forks, range(1, case.changes + 1)) < case.changes
