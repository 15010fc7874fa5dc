"""Commands in the README, CONTRIBUTING.md and docs/ work as they are printed, and in the order in which they are printed."""

import re
import shlex
from pathlib import Path

import pytest

from overt.cli.command_registry import COMMANDS
from tests.support.command_runs import overt
from tests.support.shipped_edition import ShippedEdition

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMAND = re.compile(r"^    (\S.*?)(?:  +# .*)?$", re.MULTILINE)
BUILDING, SERVING = ("init", "build"), ("serve", "publish")
"""Commands that other tests run, because they take long or don't end."""


def section(heading: str) -> str:
    """Return the README's text from a heading to the next one of the same level."""
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_a_reader_of_the_readme_has_the_command_and_an_atlas_before_using_them() -> None:
    """The first block installs the command `overt`. The first block that uses `overt` makes an atlas."""
    commands = COMMAND.findall(section("Try it") + section("Your own atlas"))
    assert commands[:4] == ["make demo", ". .venv/bin/activate", "overt init atlas && cd atlas", "overt build"]
    before = README.partition("\n## Your own atlas\n")[0]
    named = [line for line in before.splitlines() if re.search(r"`overt (?!demo`)[a-z]", line)]
    assert [line for line in named if "In an atlas" not in line] == []


def test_reading_commands_of_the_readme_work_in_an_atlas(
    shipped_edition: ShippedEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shipped_edition.root)
    first = section("Your own atlas").partition("\nAs an editor:")[0]
    words = [shlex.split(command)[1:] for command in COMMAND.findall(first)]
    reading = [command for command in words if command[0] not in (*BUILDING, *SERVING)]
    assert len(reading) >= 5
    for command in reading:
        outcome = overt(*command)
        assert (outcome.code, bool(outcome.out)) == (0, True), command


def test_commands_of_the_readme_exist() -> None:
    names = {shlex.split(command)[1] for command in COMMAND.findall(README) if command.startswith("overt ")}
    assert len(names) > 15 and names <= COMMANDS.keys()


def test_commands_that_write_an_entry_name_its_editor() -> None:
    """An atlas without keys refuses an entry that names no editor. `overt key …` needs none, because the key signs."""
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    commands = [line for text in texts for line in (*COMMAND.findall(text), *re.findall(r"`(overt [^`\n]+)`", text))]
    writing = [line for line in commands if re.match(r"overt (?!key )", line) and re.search(r" --why\b", line)]
    assert len(writing) > 10
    assert [line for line in writing if " --who" not in line] == []


def test_examples_merge_no_two_organizations_by_name() -> None:
    """An example used to be `overt judge same zte huawei`. Readers who tried it merged ZTE into Huawei."""
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    merged = {pair for text in texts for pair in re.findall(r"overt judge same ([a-z]+) ([a-z]+)", text)}
    assert merged == set()
