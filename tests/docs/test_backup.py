"""The commands in docs/backup.md work: the restored atlas passes verification and makes the same release."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import overt

PAGE = (Path(__file__).parents[2] / "docs" / "backup.md").read_text(encoding="utf-8")
BLOCKS = {
    match["name"]: match["body"]
    for match in re.finditer(r"^```bash(?: (?P<name>\w+))?\n(?P<body>.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
}
"""Commands by name. The key None is for the alternative way to copy a ledger."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, str]:
    """An atlas with its own source, a signed ledger and a signed release, and the release's id.

    The atlas's keys are also in the folder `safe` beside it.
    """
    atlas = Atlas(tmp_path_factory.mktemp("backup"), index=True)
    atlas.fetch("alpha", make_statements("organization", "bluestem", name="Bluestem Optics"))
    atlas.ok("key", "editor", "--no-passphrase", "--name", "Ada")
    assert overt("key", "release", atlas.root / "keys" / "release.key").code == 0
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text().replace('key = ""', 'key = "keys/release.key"', 1), encoding="utf-8")
    atlas.ok("import")
    atlas.clusters()
    atlas.claim("alpha:bluestem", "organization", "country", "CN")
    release = atlas.build()
    safe = atlas.root.parent / "safe"
    safe.mkdir()
    for name in ("editor.key", "editor.key.pub", "release.key", "release.key.pub"):
        shutil.copy2(atlas.root / "keys" / name, safe)
    return atlas, release


def run(commands: str, folder: Path) -> str:
    """Run the page's commands as a shell would, with this Overt and this Python."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for name, command in {"overt": f'{sys.executable} -m overt "$@"', "python3": f'{sys.executable} "$@"'}.items():
        (programs / name).write_text(f"#!/bin/sh\nexec {command}\n")
        (programs / name).chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.run(
        ["bash", "-euc", commands], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


@pytest.mark.slow
def test_a_backup_can_be_restored(made: tuple[Atlas, str]) -> None:
    atlas, release = made
    folder = atlas.root.parent
    with_sqlite = [line for line in BLOCKS["copy"].splitlines() if line.startswith("sqlite3 ")]
    assert len(with_sqlite) == 1
    copy = BLOCKS["copy"]
    if shutil.which("sqlite3") is None:
        copy = copy.replace(with_sqlite[0], BLOCKS[None].strip())
    run(copy, folder)
    assert not list((folder / "backup").rglob("*.key")), "no key is beside the copy"
    shutil.move(atlas.root, folder / "lost")
    out = run(BLOCKS["restore"], folder)
    assert out.splitlines()[-1] == release, "the same release"
    assert "whole: 1 capture, 1 release" in out
    restored = folder / "restored"
    assert overt("retract", "alpha:bluestem", "--why", "a slip", "-w", restored).code == 0
    assert overt("verify", "-w", restored).code == 0
    shutil.move(folder / "lost", atlas.root)


def test_the_page_names_all_that_cannot_be_made_again(made: tuple[Atlas, str]) -> None:
    """Everything in an atlas is mentioned on the page: as copied, stored separately, or rebuilt."""
    names = {path.name for path in made[0].root.iterdir() if not path.name.startswith((".lock", "ledger.db-"))}
    assert names - {name for name in names if name in PAGE} == set()
