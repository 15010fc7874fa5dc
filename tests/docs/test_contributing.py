"""CONTRIBUTING.md's walk-through, followed to the letter: its files are written, its commands run, their output compared."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from overt.importing.golden import run_folder

from overt.model.content import Catalogue

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<info>[^\n]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r'(?P<path>\S+)(?: after "(?P<after>.+)")?')
ANYTHING = "…"
"""In promised output: any text of a line, or, alone on a line, any lines."""
BARS = ("fetching", "importing", "releasing", "verifying")
"""Titles of progress bars: a person at a terminal sees the bar come and go in their place."""


@dataclass
class Reader:
    """Somebody who does what the page says: a directory to begin in, and where they are now."""

    home: Path
    here: Path

    def write(self, path: str, after: str | None, body: str) -> None:
        """Make a file, or put lines into it below a line that is there."""
        target = self.home / path
        if after is None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8")
            return
        lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
        at = lines.index(after + "\n")
        target.write_text("".join([*lines[: at + 1], body, *lines[at + 1 :]]), encoding="utf-8")

    def run(self, command: str) -> str:
        """Run a command where the reader is; both of its outputs."""
        if command.startswith("cd "):
            self.here = (self.here / command[3:]).resolve()
            return ""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.here, env={**os.environ, "PATH": path, "COLUMNS": "100"}, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        return "".join(line for line in done.stdout.splitlines(keepends=True) if line.rstrip() not in BARS)


def promised(session: str) -> list[tuple[str, str]]:
    """The commands of a console fence, each with the output that the page promises."""
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
    """The walk-through, done; a promise that is not kept fails here."""
    home = tmp_path_factory.mktemp("with a space")
    reader = Reader(home, home)
    done = 0
    for fence in FENCE.finditer(PAGE.read_text(encoding="utf-8").partition("\n## Add a page\n")[0]):
        if fence["kind"] == "console":
            for command, output in promised(fence["body"]):
                said = reader.run(command)
                assert re.fullmatch(as_pattern(output), said), f"$ {command}\npromised:\n{output}\nsaid:\n{said}"
                done += 1
        else:
            file = FILE.fullmatch(fence["info"] or "")
            assert file, f"a fence without a file name: {fence[0][:60]}"
            reader.write(file["path"], file["after"], fence["body"])
    assert done >= 8, "the page has lost its commands"
    return reader


def test_the_walk_through_keeps_its_promises(reader: Reader) -> None:
    assert (reader.home / "atlas" / "releases").is_dir()


def test_no_word_about_a_person_is_left(reader: Reader) -> None:
    outcome = run_folder(Catalogue(reader.home / "atlas"), "park_cameras", reader.home / "downloads")
    assert not outcome.report.problems
    assert outcome.report.imported == 3
    said = repr(outcome.claims) + repr(outcome.evidence)
    assert "Bluestem Optics" in said
    assert "Person" not in said


def test_a_wildcard_is_no_blank_cheque() -> None:
    assert re.fullmatch(as_pattern("made … of it\n"), "made 3 of it\n")
    assert not re.fullmatch(as_pattern("made … of it\n"), "made 3\nof it\n")
    assert not re.fullmatch(as_pattern("made it\n"), "made it\nand more\n")
