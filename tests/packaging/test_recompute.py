"""Somebody else computes a published release again, in a clean environment, by the steps of docs/verification.md."""

import json
import platform
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from overt.model.libraries import LIBRARIES, library_versions
from tests.flow.test_verify import forge
from tests.packaging.test_wheel import OFFLINE, ROOT, pip, run
from tests.support.atlas import Atlas, make_statements

FOLDER = ROOT / "tools" / "recompute"
IN_PAGE = re.compile(r"```bash recompute\n(.*?)```", re.DOTALL)
LINE = re.compile(r"([a-z0-9-]+)==(\S+) --hash=sha256:[0-9a-f]{64}")


def container_steps() -> tuple[list[str], list[str]]:
    """Return the RUN lines of the Containerfile, and its entry point."""
    lines = (FOLDER / "Containerfile").read_text(encoding="utf-8").splitlines()
    [entry] = [line.removeprefix("ENTRYPOINT ") for line in lines if line.startswith("ENTRYPOINT ")]
    return [line.removeprefix("RUN ") for line in lines if line.startswith("RUN ")], json.loads(entry)


def page_steps() -> list[str]:
    """Return the steps of the documentation."""
    match = IN_PAGE.search((ROOT / "docs" / "verification.md").read_text(encoding="utf-8"))
    assert match is not None
    return match[1].splitlines()


def locked_versions() -> dict[str, str]:
    """Return the version of each library in the lockfile. Every line must have a hash."""
    lines = (FOLDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    matches = [LINE.fullmatch(line) for line in lines if not line.startswith("#")]
    assert all(matches), "a line without a version or a hash"
    return {match[1]: match[2] for match in matches if match is not None}


def test_the_container_takes_the_steps_of_the_page() -> None:
    steps, entry = container_steps()
    assert page_steps() == [*steps, " ".join(entry).replace("/atlas", "atlas") + " RELEASE"]


def test_the_lockfile_has_every_library_that_overt_declares() -> None:
    locked = locked_versions()
    declared = [Requirement(line) for line in distribution("overt").requires or ()]
    required = [requirement for requirement in declared if requirement.marker is None]
    assert len(required) > 40
    for requirement in required:
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(locked[name]), f"{requirement}; run `python -m tools.lockfile`"
    assert set(LIBRARIES) <= locked.keys(), "a library that decides bytes is not locked"


@pytest.mark.slow
def test_a_release_is_computed_again_in_a_clean_environment(tmp_path: Path) -> None:
    locked = locked_versions()
    here = {name: version for name, version in library_versions().items() if name in locked}
    if here != {name: locked[name] for name in here} or sys.version_info[:2] != (3, 11) or platform.machine() != "x86_64":
        pytest.skip("the lockfile is for other libraries, Python or machines than these")
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
    (folder / "requirements.txt").write_bytes((FOLDER / "requirements.txt").read_bytes())
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    steps, entry = container_steps()
    for step in steps:
        done = run(["sh", "-c", step], home, folder)
        if done.returncode and OFFLINE.search(done.stdout):
            pytest.skip("the package index can't be reached")
        assert done.returncode == 0, done.stdout
    command = [part.replace("/atlas", str(atlas.root)) for part in entry]
    assert verdict(command, release, home, folder) == (0, f"computed again, byte for byte: {release}\n")

    forged = forge(atlas.root / "releases" / release, "values", {"value": "NO"}, ("value", "KE"))
    code, output = verdict(command, forged.name, home, folder)
    assert code == 1 and "table values is not what the archive and the ledger give" in output


def verdict(command: list[str], release: str, home: Path, folder: Path) -> tuple[int, str]:
    """Run the last step; return its exit code, and what it prints after the first counts."""
    done: subprocess.CompletedProcess[str] = run([*command, release], home, folder)
    return done.returncode, done.stdout.rpartition("; ")[2] if done.returncode == 0 else done.stdout
