"""Refuse meaningless names, such as `held`, `said` and `told`, in Python, TypeScript and templates.

    python -m tools.banned_names [PATH …]

Checks modules, functions, classes and variables; in Python also parameters and fields, in templates loop variables and macros.
Prints each place with such a name, and exits with 1 if there are any. Names that users see (a released column, a JSON key, a
command's option) are listed in `ALLOWED` with the reason.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("src", "tests", "bench", "tools", "web/src", "web/tools")
BANNED = frozenset(
    {
        "alone", "asked", "found", "given", "happened", "held", "kept", "one", "others", "otherwise", "said", "shown", "single",
        "stands", "told", "wanted", "whole",
    }
)  # fmt: skip
ALLOWED: dict[str, str] = {
    "shown": "a column of released tables and a key of the interface: which of several values is shown",
    "said": "a key of `overt diff --json` and of `/api/v1/changes`",
    "told": "a key of figure.yml, which the released definition of a figure repeats",
    "whole": "`Cell.whole()`, which importers call, and the option `--whole`",
    "found": "a key of `/api/v1/platforms`",
    "otherwise": "a key of `/api/v1/map/countries`",
    "alone": "a key of `/api/v1/overlaps`",
}
"""Why each of these names is allowed for fields and functions (`whole` also for parameters). Local variables can't have them.
"""
_BINDING = re.compile(r"\{%-?\s*(for\s+(?P<loop>.*?)\s+in\b|set\s+(?P<set>[\w\s,]+)|macro\s+(?P<macro>\w+\(.*?\)))[^%]*-?%\}")
"""Matches a template tag that defines a name."""
_DEFAULT = re.compile(r"""=\s*("[^"]*"|'[^']*'|[^,)]*)""")
_SCRIPT_NAME = re.compile(rf"\b(?:const|let|function|class|interface|type)\s+({'|'.join(sorted(BANNED))})\b", re.IGNORECASE)


def main(arguments: list[str]) -> int:
    """Print every banned name in the files below the given paths, or in all of the project's code. Return 1 if there are any."""
    roots = [Path(argument) for argument in arguments] or [ROOT / folder for folder in FOLDERS]
    problems = [problem for root in roots for path in _files(root) for problem in names_in(path)]
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} names say nothing; give each value the name of what it is (CONTRIBUTING.md, Names)")
    return 1 if problems else 0


def _files(root: Path) -> Iterator[Path]:
    paths = [root] if root.is_file() else sorted(root.rglob("*"))
    yield from (path for path in paths if path.suffix in (".py", ".ts", ".html") and "node_modules" not in path.parts)


def names_in(path: Path) -> Iterator[str]:
    """Yield a line for each banned name in a Python or TypeScript file or a template, including the file's own name."""
    text = path.read_text(encoding="utf-8")
    place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    if path.stem.lower() in BANNED:
        yield f"{place}: the module is called {path.stem}"
    if path.suffix == ".ts":
        for number, line in enumerate(text.splitlines(), 1):
            yield from (f"{place}:{number}: {match[1]}" for match in _SCRIPT_NAME.finditer(line))
        return
    if path.suffix == ".html":
        yield from (f"{place}:{at}: {name}" for at, name in _template_names(text))
        return
    for at, name in sorted(set(_python_names(ast.parse(text)))):
        yield f"{place}:{at}: {name}"


def _python_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each definition, parameter and assigned name that is banned and that `ALLOWED` doesn't allow."""
    fields = {id(node) for owner in ast.walk(tree) if isinstance(owner, ast.ClassDef) for node in _field_targets(owner)}
    for node in ast.walk(tree):
        name, line, is_field = "", 0, False
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name, line, is_field = node.name, node.lineno, isinstance(node, ast.FunctionDef)
        elif isinstance(node, ast.arg):
            name, line, is_field = node.arg, node.lineno, node.arg == "whole"
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name, line, is_field = node.id, node.lineno, id(node) in fields
        elif isinstance(node, ast.alias) and node.asname:
            name, line = node.asname, node.lineno
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs) and node.name:
            name, line = node.name, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            name, line, is_field = node.attr, node.lineno, True
        if name.lstrip("_").lower() in BANNED and not (is_field and name in ALLOWED):
            yield line, name


def _template_names(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and name of every loop variable, `set` and macro (with its parameters) whose name is banned."""
    for match in _BINDING.finditer(text):
        names = match["loop"] or match["set"] or _DEFAULT.sub("", match["macro"])
        for name in re.findall(r"\w+", names):
            if name.lower() in BANNED:
                yield text.count("\n", 0, match.start()) + 1, name


def _field_targets(owner: ast.ClassDef) -> Iterator[ast.expr]:
    for statement in owner.body:
        if isinstance(statement, ast.AnnAssign):
            yield statement.target
        elif isinstance(statement, ast.Assign):
            yield from statement.targets


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
