"""Code in `overt/content` imports no part of Overt but `overt.model`, `overt.importing`, `overt.measure` and files beside it.

import-linter doesn't check this, because it skips folders that are not packages.
"""

import ast
from pathlib import Path

import pytest

import overt

CONTENT = Path(overt.__file__).parent / "content"
MODULES = sorted(CONTENT.rglob("*.py"))
ALLOWED = ("overt.model", "overt.importing", "overt.measure")


def imported_modules(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(f"{'.' * node.level}{node.module or ''}")
    return modules


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CONTENT)))
def test_content_imports_only_what_is_allowed(path: Path) -> None:
    own_folder = (".", f"overt.content.sources.{path.parent.name}")  # a file beside the importer
    for name in imported_modules(path):
        if name.split(".")[0] in ("", "overt"):
            assert name in ALLOWED or name.startswith((*(f"{allowed}." for allowed in ALLOWED), *own_folder)), name


def test_there_is_content() -> None:
    assert len(MODULES) >= 10
