"""The table of commands: each summary begins the help of its command, and no help page cuts one short."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer.core

from overt.cli.command_registry import COMMANDS, load
from tests.support.command_runs import overt

MAX_SUMMARY_LENGTH = 62
"""Maximum length, in characters, of a summary that fits beside the names of commands on 80 columns."""
UNCUT = 1_000


def groups() -> Iterator[tuple[str, Any]]:
    for name in COMMANDS:
        if isinstance(group := load(name), typer.core.TyperGroup):
            yield name, group


@pytest.mark.parametrize("name", COMMANDS)
def test_a_summary_is_the_first_sentence_of_the_help(name: str) -> None:
    command = load(name)
    assert command.name == name
    assert command.get_short_help_str(UNCUT) == COMMANDS[name].summary
    assert command.help.startswith(COMMANDS[name].summary)


def test_the_help_does_not_cut_summaries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: __import__("os").terminal_size((80, 24)))
    lines = [line.strip() for line in overt("--help").out.splitlines()]
    for name, command in COMMANDS.items():
        assert len(command.summary) <= MAX_SUMMARY_LENGTH
        assert [line for line in lines if line.split(" ")[0] == name and line.endswith(command.summary)], name
    assert "..." not in overt("--help").out.partition("Commands:")[2]


def test_the_help_of_a_group_does_not_cut_summaries() -> None:
    for name, group in groups():
        out = overt(name, "--help").out.partition("Commands:")[2]
        assert "..." not in out
        for subcommand in group.commands.values():
            assert f"  {subcommand.get_short_help_str(UNCUT)}\n" in out
