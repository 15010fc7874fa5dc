"""An export that is killed leaves what was there, whole, or the whole of what comes; the next run finds nothing in its way."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from overt.export.registry import FORMATS
from tests.support.atlas import Atlas, make_statements, overt
from tests.support.fault_injection import CommandForks


@pytest.fixture(scope="module")
def forks() -> Iterator[CommandForks]:
    with CommandForks() as forks:
        yield forks


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small atlas that has something for every format."""
    atlas = Atlas(tmp_path_factory.mktemp("killed"))
    rows = make_statements("organization", "o", name="A Company", country="CN")
    rows += make_statements("project", "p", name="A Cable", kind=["submarine-cable"], country=["KE"], status="operational")
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:o", role="supplier")
    rows += make_statements("place", "here", project="alpha:p", country="KE", geometry="POINT (36.8 -1.3)", precision="locality")
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas.root


class Case(NamedTuple):
    """A command, what it changes how often, and what lies in the folder of exports before it and after it."""

    words: list[str]
    work: Path
    report: str
    before: dict[str, bytes]
    after: dict[str, bytes]
    changes: int

    @property
    def exports(self) -> Path:
        return self.work / "exports"


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def lay(files: dict[str, bytes], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def case(made: Path, forks: CommandForks, tmp_path: Path, name: str, ending: str, *, replaces: bool) -> Case:
    """With something that stands there already and is not what comes, or with nothing."""
    work = tmp_path / "atlas"
    shutil.copytree(made, work)
    (work / "exports").mkdir()
    words = ["export", name, str(work / "exports" / f"out{ending}"), "--force"]
    killed, changes = forks.run_until(words, work, 0)
    after = held(work / "exports")
    before = dict.fromkeys(after, b"of an older run") if replaces else {}
    assert not killed and changes > 3
    return Case(words, work, f"out{ending}.report.json", before, after, changes)


def kill_at(case: Case, forks: CommandForks, moments: Iterable[int]) -> int:
    """Kill in front of each of these changes to files; returns how often the new export stood there all the same."""
    came = 0
    olds, news = ({name: data for name, data in files.items() if name != case.report} for files in (case.before, case.after))
    for change in moments:
        lay(case.before, case.exports)
        killed, _ = forks.run_until(case.words, case.work, change)
        there = {name: data for name, data in held(case.exports).items() if name != case.report and not name.startswith(".tmp-")}
        assert killed and there in (olds, news), f"killed in front of change {change}: half of it"
        came += there == news
        again = overt(*case.words, "-w", case.work)
        assert again.code == 0, (change, again)
        assert held(case.exports) == case.after, f"the run after the one that was killed in front of change {change}"
    return came


@pytest.mark.parametrize(("name", "ending", "replaces"), [("csv", "", True), ("csv", "", False), ("geopackage", ".gpkg", True)])
def test_killed_in_the_midst_and_in_front_of_the_last_changes(
    made: Path, forks: CommandForks, tmp_path: Path, name: str, ending: str, replaces: bool
) -> None:
    one = case(made, forks, tmp_path, name, ending, replaces=replaces)
    moments = [one.changes // 2, one.changes - 1, one.changes]
    assert 0 < kill_at(one, forks, moments) < len(moments)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_killed_in_front_of_every_change(made: Path, forks: CommandForks, tmp_path: Path, name: str) -> None:
    for replaces in (True, False):
        place = tmp_path / str(replaces)
        place.mkdir()
        one = case(made, forks, place, name, FORMATS[name].ending, replaces=replaces)
        assert 0 < kill_at(one, forks, range(1, one.changes + 1)) < one.changes
