"""Groups the problems of an import by cause, so that an editor sees each cause once, with counts and examples."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from overt.model.errors import quote_text

MAX_EXAMPLES = 5
"""Maximum number of examples in a group."""
_ROW = re.compile(r"\b(row=)\d+")
_COLUMN = re.compile(r"(?:^|;)col=(.*)$", re.DOTALL)


class ProblemPlace(Protocol):
    """A problem of a row and its place in the file, such as a `ProblemRow` of an import report."""

    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def locator(self) -> str: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102


@dataclass
class ProblemGroup:
    """Problems with the same cause in one column of one file."""

    file: str
    column: str
    """The column, or in JSON a pointer with `*` for array items; empty if the problem is not in a single column."""
    cause: str
    """The message with … in place of the text of the cell and the number of another row."""
    message: str
    """The message of the first problem."""
    rows: int = 0
    values: dict[str, int] = field(default_factory=dict)
    """Texts of the cells and the number of problems with each, most frequent first."""
    examples: list[str] = field(default_factory=list)
    """Locators of the first problems."""


def group_problems(problems: Iterable[ProblemPlace]) -> list[ProblemGroup]:
    """Return a group for each file, column and cause, those with the most rows first."""
    groups: dict[tuple[str, str, str], ProblemGroup] = {}
    values: dict[tuple[str, str, str], Counter[str]] = {}
    last_rows: dict[tuple[str, str, str], str] = {}
    for problem in problems:
        column = _column(problem.locator)
        cause = _cause(problem)
        key = (problem.file, column, cause)
        group = groups.setdefault(key, ProblemGroup(problem.file, column, cause, problem.message))
        if (row := problem.locator.partition(";col=")[0]) != last_rows.get(key):
            group.rows += 1
            last_rows[key] = row
        if problem.value:
            values.setdefault(key, Counter())[problem.value] += 1
        if len(group.examples) < MAX_EXAMPLES:
            group.examples.append(problem.locator)
    for key, counter in values.items():
        groups[key].values = dict(counter.most_common())
    return sorted(groups.values(), key=lambda group: -group.rows)


def _cause(problem: ProblemPlace) -> str:
    """Return the message without the text of the cell and without the number of another row."""
    message, quoted = problem.message, quote_text(problem.value)
    if problem.value:
        message = message.replace(quoted if quoted in message else problem.value, "…")
    return _ROW.sub(r"\1…", message)


def _column(locator: str) -> str:
    if match := _COLUMN.search(locator):
        return match[1]
    # A JSON pointer. Places of one property in many items differ only in numbers.
    return re.sub(r"/\d+(?=/|$)", "/*", locator) if locator.startswith("/") else ""
