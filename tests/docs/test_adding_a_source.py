"""CONTRIBUTING.md's walk-throughs for sources work: their files are written, their commands run, and the output compared."""

import csv
import io
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from overt.cli.runner import run
from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue

pytestmark = pytest.mark.ci

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<info>[^\n]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r'(?P<path>\S+)(?: (?P<how>after|in place of) "(?P<line>.+)")?')
WITHOUT_PYTHON, WITH_PYTHON = "## A spreadsheet without Python", "## Add a source"
ANYTHING = "…"
"""Placeholder in documented output. Within a line, it matches any text; alone on a line, any number of lines."""
BARS = ("fetching", "importing", "releasing", "verifying")
"""Titles of progress bars, which documented output lacks because the bars disappear in a terminal."""


@dataclass
class Reader:
    """A reader who follows the page. `home`: the starting directory; `here`: the current one."""

    home: Path
    here: Path

    def write(self, path: str, body: str, how: str | None = None, line: str | None = None) -> None:
        """Write a file, insert lines after a line, or replace a line. The page shows a workbook as CSV."""
        target = self.home / path
        if how is None:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.suffix == ".xlsx":
                write_workbook(target, list(csv.reader(io.StringIO(body))))
            else:
                target.write_text(body, encoding="utf-8")
            return
        lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
        at = lines.index(f"{line}\n")
        target.write_text("".join([*lines[: at + (how == "after")], body, *lines[at + 1 :]]), encoding="utf-8")

    def run(self, command: str) -> str:
        """Run a command in the current directory; return its output and errors, without progress bars."""
        if command.startswith("cd "):
            self.here = (self.here / command[3:]).resolve()
            return ""
        if command.startswith("overt ") and not set(command) & set("|<>;&$"):
            printed = run_in_process(shlex.split(command)[1:], self.here)
            return "".join(line for line in printed.splitlines(keepends=True) if line.rstrip() not in BARS)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        process = subprocess.run(
            ["bash", "-c", command], cwd=self.here, env={**os.environ, "PATH": path, "COLUMNS": "100"}, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        return "".join(line for line in process.stdout.splitlines(keepends=True) if line.rstrip() not in BARS)


def run_in_process(words: list[str], here: Path) -> str:
    """Run an `overt` command in this process, because starting another takes longer. Return its output and errors."""
    output = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(output), redirect_stderr(output):
        patch.setenv("COLUMNS", "100")
        patch.chdir(here)
        run(words)
    return output.getvalue()


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


def write_workbook(path: Path, rows: list[list[str]]) -> None:
    """Write a table as a workbook, with the cells of the title row merged.

    Texts of one or two digits become numbers, and empty texts become empty cells.
    """
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Projects"
    for row in rows:
        sheet.append([int(text) if text.isdecimal() and len(text) < 3 else text or None for text in row])
    sheet.merge_cells("A1:F1")
    book.save(path)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader who has followed the walk-through with Python."""
    return follow(WITH_PYTHON, tmp_path_factory.mktemp("with a space"), min_commands=8)


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader who has followed the walk-through without Python."""
    return follow(WITHOUT_PYTHON, tmp_path_factory.mktemp("an editor"), min_commands=8)


def follow(heading: str, home: Path, min_commands: int) -> Reader:
    """Follow a section of the page, and return its reader.

    Fails if a command's output differs, or if the section has fewer than `min_commands` commands.
    """
    reader = Reader(home, home)
    commands = 0
    section = PAGE.read_text(encoding="utf-8").partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    for fence in FENCE.finditer(section):
        if fence["kind"] == "console":
            for command, output in documented_output(fence["body"]):
                printed = reader.run(command)
                assert re.fullmatch(as_pattern(output), printed), f"$ {command}\ndocumented:\n{output}\nprinted:\n{printed}"
                commands += 1
        else:
            file = FILE.fullmatch(fence["info"] or "")
            assert file, f"a fence without a file name: {fence[0][:60]}"
            reader.write(file["path"], fence["body"], file["how"], file["line"])
    assert commands >= min_commands, "the page has lost its commands"
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


def test_a_spreadsheet_becomes_a_release_without_python(editor: Reader) -> None:
    assert (editor.home / "atlas" / "releases").is_dir()
    assert not list((editor.home / "atlas" / "sources").rglob("*.py"))
    outcome = import_folder(Catalogue(editor.home / "atlas"), "tracker", editor.home / "downloads")
    assert (outcome.report.imported, outcome.report.problems) == (6, [])
    suppliers = {claim.record for claim in outcome.claims if claim.property == "role" and claim.value == "supplier"}
    assert {"tracker:1/supplier/bluestem-optics", "tracker:1/supplier/quartz-signal"} <= suppliers
    assert "Person" not in repr(outcome.claims) + repr(outcome.evidence)


def test_a_wildcard_matches_within_a_line_only() -> None:
    assert re.fullmatch(as_pattern("made … of it\n"), "made 3 of it\n")
    assert not re.fullmatch(as_pattern("made … of it\n"), "made 3\nof it\n")
    assert not re.fullmatch(as_pattern("made it\n"), "made it\nand more\n")
