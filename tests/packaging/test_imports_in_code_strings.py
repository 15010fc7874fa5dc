"""Code in strings, which is run in separate processes and read by no type checker, imports only names that exist."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_IMPORT = re.compile(r"^from (overt[\w.]*) import (\w+(?:, \w+)*)", re.MULTILINE)


def imports_in_strings(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the module and the name of each `from overt… import …` line in the strings of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for module, names in _IMPORT.findall(node.value):
                yield from ((module, name) for name in names.split(", "))


def test_names_in_code_in_strings_exist() -> None:
    files = [path for folder in ("bench", "tests", "tools") for path in sorted((ROOT / folder).rglob("*.py"))]
    imported = {(path, *name) for path in files for name in imports_in_strings(path)}
    assert len(imported) > 20
    missing = []
    for path, module, name in sorted(imported):
        try:
            exists = hasattr(importlib.import_module(module), name) or importlib.import_module(f"{module}.{name}")
        except ImportError:
            exists = False
        if not exists:
            missing.append(f"{path.relative_to(ROOT)}: {module} has no {name}")
    assert not missing
