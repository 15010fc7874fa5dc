"""Another person recomputes a published release in a clean environment, by the steps of docs/verification.md."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.markers import default_environment

from overt.model.library_versions import library_versions
from tests.flow.test_verify import forge
from tests.packaging.test_lockfile import versions
from tests.packaging.test_wheel import LOCKED_BUILD, OFFLINE, ROOT, pip, run
from tests.support.command_built_atlas import Atlas, make_statements
from tools.lockfile import FOLDER

IN_PAGE = re.compile(r"```bash recompute\n(.*?)```", re.DOTALL)


def container_steps() -> list[str]:
    """Return the RUN lines of the Containerfile."""
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("RUN ") for line in lines if line.startswith("RUN ")]


def page_steps() -> list[str]:
    """Return the commands in docs/verification.md, one for each step."""
    match = IN_PAGE.search((ROOT / "docs" / "verification.md").read_text(encoding="utf-8"))
    assert match is not None
    return match[1].splitlines()


def test_the_container_takes_the_steps_of_the_page() -> None:
    *steps, last = page_steps()
    assert steps == container_steps()
    assert last == "environment/bin/overt verify --trust --workspace atlas RELEASE"


@pytest.mark.slow
def test_a_release_is_computed_again_in_a_clean_environment(tmp_path: Path) -> None:
    locked = versions("overt", {name: str(value) for name, value in default_environment().items()})
    here = {name: version for name, version in library_versions().items() if name in locked}
    if here != {name: locked[name] for name in here} or sys.version_info[:2] > (3, 13):
        pytest.skip("the lockfile is for other libraries or Pythons than these")
    atlas = Atlas(tmp_path)
    rows = make_statements("organization", "zte", name="ZTE", country="CN")
    atlas.fetch("alpha", rows + make_statements("project", "p", name="Safe City", country="KE", kind="smart-city"))
    atlas.ok("import")
    atlas.clusters()
    atlas.claim("alpha:zte", "organization", "website", "https://zte.example/")
    release = atlas.build()

    folder, home = tmp_path / "recompute", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    shutil.copy(FOLDER / "overt.txt", folder)
    (folder / "atlas").symlink_to(atlas.root)
    pip(sys.executable, "wheel", *LOCKED_BUILD, "--wheel-dir", folder, ROOT, cwd=folder)
    *steps, last = page_steps()
    for step in steps:
        # The page's `python3` is the Python that the manifest names: this one.
        done = run(["sh", "-c", step.replace("python3", sys.executable)], home, folder, timeout=1800)
        if done.returncode and OFFLINE.search(done.stdout):
            pytest.skip("the package index can't be reached")
        assert done.returncode == 0, done.stdout
    command = last.split()[:-1]
    assert verdict(command, release, home, folder) == (0, f"computed again, byte for byte: {release}\n")

    forged = forge(atlas.root / "releases" / release, "values", {"value": "NO"}, ("value", "KE"))
    code, output = verdict(command, forged.name, home, folder)
    assert code == 1 and "table values is not what the archive and the ledger give" in output


def verdict(command: list[str], release: str, home: Path, folder: Path) -> tuple[int, str]:
    """Run the last step. Return its exit code, and the end of the line that it prints, or all its output after a failure."""
    done: subprocess.CompletedProcess[str] = run([*command, release], home, folder)
    return done.returncode, done.stdout.rpartition("; ")[2] if done.returncode == 0 else done.stdout
