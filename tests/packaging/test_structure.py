"""The structure of the code: no import cycles, crowded folders or long modules, and no module name with two meanings."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import overt

PACKAGE = Path(overt.__file__).parent
MAX_MODULES, MAX_LINES = 25, 300
CROWDED = {"cli/commands": "one thin file per command"}
"""Folders that may contain more modules, with the reason."""
SAME_IDEA = {
    "importer": "a source's own",
    "page": "a kind of page",
    "errors": "failures of a package",
    "routes": "the addresses of an interface",
    "make_edition": "how the shipped edition of a source was made",
    "openapi": "the description of an interface",
}
"""Name that several modules may share → what it means in each of them."""
SUBJECTS = frozenset(
    {
        "answers", "blocklists", "corrections", "countries", "dependence", "figures", "findings", "measurements",
        "organizations", "overlaps", "projects", "records", "regions", "search", "series", "sources",
    }
)  # fmt: skip
"""Subjects that modules of several packages may be named after: one reads the subject, others release, query or serve it."""


@cache
def modules() -> dict[str, Path]:
    paths = {}
    for path in PACKAGE.rglob("*.py"):
        if "content" not in path.relative_to(PACKAGE).parts:
            parts = ("overt", *path.relative_to(PACKAGE).with_suffix("").parts)
            paths[".".join(parts).removesuffix(".__init__")] = path
    return paths


@cache
def imports() -> dict[str, set[str]]:
    """Return what each module imports from our packages, including imports inside functions and under `TYPE_CHECKING`."""
    known = modules()
    graph: dict[str, set[str]] = {}
    for name, path in known.items():
        targets = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                full = {f"{node.module}.{alias.name}" for alias in node.names}
                targets |= (full & known.keys()) or ({node.module} & known.keys())
            elif isinstance(node, ast.Import):
                targets |= {alias.name for alias in node.names} & known.keys()
        graph[name] = targets - {name}
    return graph


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Return the strongly connected components of more than one module (Tarjan, 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    components = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for target in graph[name]:
            if target not in index:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], index[target])
        if low[name] == index[name]:
            component = set(stack[stack.index(name) :])
            del stack[stack.index(name) :]
            if len(component) > 1:
                components.append(component)

    for name in graph:
        if name not in index:
            visit(name)
    return components


def test_cycles_are_detected() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]


def test_no_circle_of_files() -> None:
    # Imports of packages are left out. A package imports its own modules, and `overt/__init__.py` imports others inside
    # functions, so most of them would close a circle.
    packages = {name for name, path in modules().items() if path.name == "__init__.py"}
    graph = {name: targets - packages for name, targets in imports().items()}
    assert circles(graph) == []


def test_no_crowded_folder() -> None:
    counts: dict[str, int] = defaultdict(int)
    for path in modules().values():
        counts[str(path.parent.relative_to(PACKAGE))] += path.name != "__init__.py"
    assert {folder: count for folder, count in counts.items() if count > MAX_MODULES and folder not in CROWDED} == {}


@pytest.mark.parametrize("folder", ["src", "tests", "bench", "tools"])
def test_no_long_module(folder: str) -> None:
    root = PACKAGE.parents[1] / folder
    limit = MAX_LINES if folder != "tests" else 600
    lines = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in root.rglob("*.py")}
    assert {path: count for path, count in lines.items() if count > limit} == {}


def test_no_two_modules_have_the_same_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for name, path in modules().items():
        # Modules of the command line are named after the commands.
        if path.stem not in ("__init__", "__main__") and not name.startswith("overt.cli."):
            places[path.stem].append(name)
    assert {stem: names for stem, names in places.items() if len(names) > 1 and stem not in SAME_IDEA.keys() | SUBJECTS} == {}
