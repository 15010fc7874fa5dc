"""Named queries: one `.sql` file per subject, each query introduced by a line `-- name: query_name`.

Comment lines right after the name describe the query and are not part of the statement. `{{name}}` in a query stands for the
statement of an earlier query of the file, for what several queries have in common: `SELECT sum(amount) FROM ({{payments}})`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template

from overt.model.errors import ContentError

_NAME = re.compile(r"-- name: ([a-z][a-z0-9_]*)\s*")
_INCLUDED = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")


@cache
def load_queries(*folder: str | Path) -> dict[str, str]:
    """Return the queries of a folder, by `file.query_name`.

    `folder`: its parts below the package, as in `load_queries("release", "sql")`, or an absolute path. Raises ContentError for a
    duplicate name in a file, for an empty query, for SQL before the first name, and for `{{name}}` without an earlier query of
    that name.
    """
    directory = Path(str(files("overt"))).joinpath(*folder)
    queries: dict[str, str] = {}
    for file in sorted(directory.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".sql"):
            subject = file.name.removesuffix(".sql")
            statements = read_statements(file.name, file.read_text(encoding="utf-8"))
            queries |= {f"{subject}.{name}": statement for name, statement in statements.items()}
    return queries


def read_statements(file: str, text: str) -> dict[str, str]:
    """Return the statements in a file's text, by name, with each `{{name}}` filled in. Raises ContentError as `load_queries`
    does. `file`: the file's name in errors.
    """
    statements: dict[str, str] = {}
    for name, statement in _parse(file, text):
        if name in statements:
            raise ContentError(f"{file}: the query {name} is there twice; rename one of them")
        for included in _INCLUDED.findall(statement):
            if included not in statements:
                raise ContentError(f"{file}: the query {name} includes {included}, but no earlier query has this name")
        statements[name] = _INCLUDED.sub(lambda match: statements[match[1]], statement)
    return statements


def fill_query(folder: tuple[str, ...], name: str, values: Mapping[str, str] | None = None) -> str:
    """Return a query from a folder of the package, with each `${key}` replaced by the value for that key.

    The values are inserted as SQL. Texts from data must be quoted literals.
    """
    return Template(load_queries(*folder)[name]).substitute(values or {})


def _parse(file: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield name and statement of each query of a file."""
    name, lines = "", list[str]()
    for line in [*text.splitlines(), "-- name: end"]:
        match = _NAME.fullmatch(line)
        if match is None:
            if name and not (line.startswith("--") and not lines):
                lines.append(line)
            elif line.strip() and not line.startswith("--"):
                raise ContentError(f"{file}: SQL before the first `-- name:` line: {line.strip()[:60]}")
            continue
        if name:
            statement = "\n".join(lines).strip().removesuffix(";")
            if not statement:
                raise ContentError(f"{file}: the query {name} is empty")
            yield name, statement
        name, lines = match[1], []
