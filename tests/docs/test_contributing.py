"""The walk-through of CONTRIBUTING.md is executed: its files are written, its commands run, and their output compared."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from overt.importing.folder_import import import_folder
from overt.model.catalogue import Catalogue

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<info>[^\n]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r'(?P<path>\S+)(?: after "(?P<after>.+)")?')
ANYTHING = "…"
"""In documented output: any text in a line; as a line of its own, any lines."""
BARS = ("fetching", "importing", "releasing", "verifying")
"""Titles of progress bars. At a terminal the bar disappears."""


@dataclass
class Reader:
    """A reader who follows the page: the start directory and the current one."""

    home: Path
    here: Path

    def write(self, path: str, after: str | None, body: str) -> None:
        """Write a file, or insert lines after an existing line."""
        target = self.home / path
        if after is None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8")
            return
        lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
        at = lines.index(after + "\n")
        target.write_text("".join([*lines[: at + 1], body, *lines[at + 1 :]]), encoding="utf-8")

    def run(self, command: str) -> str:
        """Run a command in the current directory; return both of its outputs."""
        if command.startswith("cd "):
            self.here = (self.here / command[3:]).resolve()
            return ""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        process = subprocess.run(
            ["bash", "-c", command], cwd=self.here, env={**os.environ, "PATH": path, "COLUMNS": "100"}, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        return "".join(line for line in process.stdout.splitlines(keepends=True) if line.rstrip() not in BARS)


def documented_output(session: str) -> list[tuple[str, str]]:
    """Return the commands of a console fence, each with its documented output."""
    pairs = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE)
    return [(command, output) for command, output in pairs]


def as_pattern(output: str) -> str:
    lines = [
        r"(?:.*\n)*?" if line == ANYTHING else re.escape(line).replace(re.escape(ANYTHING), ".*") + r"\n"
        for line in output.splitlines()
    ]
    return "".join(lines)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader after the walk-through; a command with other output fails here."""
    home = tmp_path_factory.mktemp("with a space")
    reader = Reader(home, home)
    commands = 0
    for fence in FENCE.finditer(PAGE.read_text(encoding="utf-8").partition("\n## Add a page\n")[0]):
        if fence["kind"] == "console":
            for command, output in documented_output(fence["body"]):
                printed = reader.run(command)
                assert re.fullmatch(as_pattern(output), printed), f"$ {command}\ndocumented:\n{output}\nprinted:\n{printed}"
                commands += 1
        else:
            file = FILE.fullmatch(fence["info"] or "")
            assert file, f"a fence without a file name: {fence[0][:60]}"
            reader.write(file["path"], file["after"], fence["body"])
    assert commands >= 8, "the page has lost its commands"
    return reader


def test_the_walk_through_makes_a_release(reader: Reader) -> None:
    assert (reader.home / "atlas" / "releases").is_dir()


def test_no_claim_has_data_about_a_person(reader: Reader) -> None:
    outcome = import_folder(Catalogue(reader.home / "atlas"), "park_cameras", reader.home / "downloads")
    assert not outcome.report.problems
    assert outcome.report.imported == 3
    text = repr(outcome.claims) + repr(outcome.evidence)
    assert "Bluestem Optics" in text
    assert "Person" not in text


def test_a_wildcard_matches_within_a_line_only() -> None:
    assert re.fullmatch(as_pattern("made … of it\n"), "made 3 of it\n")
    assert not re.fullmatch(as_pattern("made … of it\n"), "made 3\nof it\n")
    assert not re.fullmatch(as_pattern("made it\n"), "made it\nand more\n")
