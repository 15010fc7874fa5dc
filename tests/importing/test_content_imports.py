"""Content knows the model, the importer runtime and the judging of measurements alone; import-linter does not look into folders
that are no packages.
"""

import ast
from pathlib import Path

import pytest

import overt

CONTENT = Path(overt.__file__).parent / "content"
MODULES = sorted(CONTENT.rglob("*.py"))
ALLOWED = ("overt.model", "overt.importing", "overt.measure")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{'.' * node.level}{node.module or ''}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CONTENT)))
def test_content_imports_what_it_may(path: Path) -> None:
    own = (".", f"overt.content.sources.{path.parent.name}")  # a file beside it
    for name in imported(path):
        if name.split(".")[0] in ("", "overt"):
            assert name in ALLOWED or name.startswith((*(f"{allowed}." for allowed in ALLOWED), *own)), name


def test_there_is_content() -> None:
    assert len(MODULES) >= 10
