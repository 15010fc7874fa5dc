"""Imports of slow libraries: none for help or for commands that read an index, and few for servers, editions and builds."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from overt.cli.command_registry import COMMANDS
from tests.support.command_built_atlas import Atlas, make_statements

HEAVY = {
    "adbc_driver_sqlite", "cryptography", "datasketch", "duckdb", "fastapi", "filelock", "httpx", "limits", "numpy", "openpyxl",
    "pandas", "pyarrow", "rapidfuzz", "rich", "scipy", "shapely", "splink", "sqlalchemy", "uvicorn", "yaml",
}  # fmt: skip
"""Libraries that are slow to import. Pydantic isn't among them: Typer needs it for any command with arguments."""


def imported(*words: object, code: str = "from overt.cli.runner import run; run(sys.argv[1:])") -> set[str]:
    """Run code in a separate process; return the heavy libraries that it imports."""
    command = [sys.executable, "-c", f"import sys; {code}; print('imported:', *sys.modules, file=sys.stderr)", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return HEAVY & set(done.stderr.rpartition("imported:")[2].split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with one release, and its index."""
    atlas = Atlas(tmp_path_factory.mktemp("startup"), index=True)
    rows = make_statements("organization", "zte", name=["ZTE", "中兴通讯"], country="CN")
    rows += make_statements("project", "p", name="Safe City", country=["KE"])
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:zte", role="supplier")
    rows += make_statements("commitment", "c", project="alpha:p", amount=("1234.5", "USD@2021"))
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


@pytest.mark.parametrize(
    "words",
    [
        ["figures"], ["figures", "projects-by-country"], ["figures", "--json"], ["show", "alpha:zte"],
        ["show", "alpha:p", "--full"], ["show", "alpha:c", "--json"], ["show", "KE"], ["search", "zte"], ["search", "中兴"],
        ["search", "safe city", "--json"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_reading_a_release_needs_no_engine(made: Atlas, words: list[str]) -> None:
    assert imported(*words, "-w", made.root) == set()


def test_a_name_needs_no_engine(made: Atlas) -> None:
    assert imported("show", "zte", "-w", made.root) <= {"yaml"}, "the legal forms of names are YAML"


def test_without_an_index_the_tables_are_read(made: Atlas, tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(made.root, root, ignore=shutil.ignore_patterns("cache"))
    assert "duckdb" in imported("figures", "-w", root)
    assert not {"sqlalchemy", "openpyxl", "fastapi"} & imported("show", "alpha:zte", "-w", root)


def test_help_waits_for_no_command() -> None:
    assert imported("--help") == set()


def test_no_command_is_slow_to_import() -> None:
    names = list(COMMANDS)
    assert imported(code=f"from overt.cli.command_registry import load; [load(name) for name in {names}]") == set()


def test_servers_editions_and_builds_import_nothing_that_few_of_them_need() -> None:
    """Libraries for single tasks, such as estimates, network fetches or workbooks, are imported only when needed."""
    code = "import overt.cli.pipeline.build_steps, overt.server.app, overt.edition.edition_publication"
    rare = {"datasketch", "httpx", "limits", "openpyxl", "scipy", "splink", "sqlalchemy"}
    assert imported(code=code) & rare == set()
