"""The table of commands: it says of each what the command says of itself, and none is read before it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer.core

from overt.cli.command_table import COMMANDS, load

HEAVY = {
    "datasketch", "duckdb", "fastapi", "httpx", "limits", "numpy", "openpyxl", "pyarrow", "pydantic", "scipy", "shapely",
    "sqlalchemy",
}  # fmt: skip
WIDE = 1_000


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    listed = typer.core.TyperCommand(name, help=COMMANDS[name].help)
    command = load(name)
    assert command.name == name
    assert command.get_short_help_str(WIDE) == listed.get_short_help_str(WIDE) != ""


def loaded(*words: str) -> set[str]:
    """Which of the heavy libraries a command needs."""
    code = "import sys; from overt.cli.app import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=120, check=True)
    return HEAVY & set(done.stderr.split())


def test_help_waits_for_no_command() -> None:
    assert loaded("--help") == set()


def test_figures_wait_for_no_ledger_and_no_workbook(tmp_path: Path) -> None:
    assert "duckdb" in loaded("figures", "-w", str(tmp_path))
    assert not {"sqlalchemy", "openpyxl", "fastapi"} & loaded("figures", "-w", str(tmp_path))


def test_servers_editions_and_builds_wait_for_nothing_that_few_of_them_need() -> None:
    """What estimates, fetches from the network, compares texts, reads workbooks, or holds clients to a limit."""
    code = "import overt.cli.pipeline.build_steps, overt.server.app, overt.edition.publish, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == {"duckdb", "fastapi", "numpy", "pyarrow", "pydantic", "shapely"}
