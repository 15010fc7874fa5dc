"""Rows and cells: values that remember where they stand and whether anybody looked at them."""

import difflib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, NoReturn, Protocol, Self

import orjson

from overt.importing.problems import FileProblem, OutOfScope, Problem
from overt.model.errors import ValueProblem


@dataclass(frozen=True, slots=True)
class Cell:
    """A value at a place in a captured file.

    `text` is what to read (stripped, NFC; "" when empty), `raw` what the file holds, `original` the source's words where
    `text` is our reading of them.
    """

    text: str
    locator: str
    capture: str
    raw: str
    json: Any = None
    original: str | None = None

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def read_as(self, text: str) -> "Cell":
        """This place, read as `text` (a term, a number without its unit, a date in ISO order); keeps the source's words."""
        return replace(self, text=text, original=self.original or self.text)

    def part(self, text: str) -> "Cell":
        """One item of a cell that lists several, at the same place."""
        return replace(self, text=text.strip(), original=None)

    def cells(self) -> Iterator["Cell"]:
        """The items of a JSON array. A value that is not an array has none."""
        if isinstance(self.json, list):
            for index, item in enumerate(self.json):
                yield json_cell(item, f"{self.locator}/{index}", self.capture)

    def child(self, key: str) -> "Cell":
        """A member of a JSON object; empty when it is absent."""
        held = self.json.get(key) if isinstance(self.json, dict) else None
        return json_cell(held, f"{self.locator}/{escape_pointer(key)}", self.capture)


def escape_pointer(key: str) -> str:
    """A key as one step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def json_text(value: Any) -> str:
    """A JSON value as text: a string as it is, null as nothing, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def json_cell(value: Any, locator: str, capture: str) -> Cell:
    """A cell over a JSON value."""
    raw = json_text(value)
    text = "" if isinstance(value, dict | list) else unicodedata.normalize("NFC", raw).strip()
    return Cell(text, locator, capture, raw, value)


class RowKeeper(Protocol):
    """What a row tells of its fate to."""

    def begin(self, row: "Row") -> None: ...  # noqa: D102
    def settle(self, row: "Row", outcome: Problem | OutOfScope | None) -> None: ...  # noqa: D102


class Row:
    """One row of a table, or one object of a JSON file. Use it in a `with` block: what happens inside decides its outcome."""

    def __init__(
        self, keeper: RowKeeper, cells: dict[str, Cell], locator: str, file: str, role: str, ignored: set[str], persons: set[str]
    ) -> None:
        self._keeper = keeper
        self._cells = {column: cell for column, cell in cells.items() if column not in persons}
        self._used: set[str] = set()
        self._ignored = ignored
        self.locator = locator
        self.file = file
        self.role = role

    def __getitem__(self, column: str) -> Cell:
        """The cell of a column. Raises FileProblem when the file has no such column."""
        cell = self.get(column)
        if cell is None:
            others = [name for name in self._cells if name not in self._used and name not in self._ignored]
            like = difflib.get_close_matches(column, others, n=1, cutoff=0.5)
            named = f"is it now {like[0]!r}?" if like else f"it has {', '.join(map(repr, list(self._cells)[:6]))}, …"
            raise FileProblem(f"{self.file}: {self.locator}: column {column!r} is missing ({named}); change importer.py if so")
        return cell

    def get(self, column: str) -> Cell | None:
        """The cell of a column that not every layout has."""
        self._used.add(column)
        return self._cells.get(column)

    def __contains__(self, column: str) -> bool:
        return column in self._cells

    def columns(self) -> list[str]:
        """All column names, persons left out."""
        return list(self._cells)

    def ignore(self, *columns: str) -> None:
        """These columns say nothing more in this row."""
        self._used.update(columns)

    def out_of_scope(self, rule: str) -> NoReturn:
        """Leave the row out by a rule of `scope:` in source.yml."""
        raise OutOfScope(rule)

    def problem(self, message: str, cell: Cell | None = None) -> NoReturn:
        """Refuse the row; `cell` is the place that is wrong."""
        raise Problem(message, cell.locator if cell else self.locator)

    def leftovers(self) -> list[str]:
        """Columns that hold something which nobody used or ignored."""
        return [
            column
            for column, cell in self._cells.items()
            if column not in self._used and column not in self._ignored and cell.raw.strip()
        ]

    def __enter__(self) -> Self:
        self._keeper.begin(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if error is None:
            left = self.leftovers()
            outcome = Problem(leftover(left[0]), self.locator) if left else None
            self._keeper.settle(self, outcome)
            return False
        if isinstance(error, ValueProblem):
            error = Problem(str(error), self.locator)
        if isinstance(error, Problem | OutOfScope):
            self._keeper.settle(self, error)
            return True
        return False


def leftover(column: str) -> str:
    """What to say of a column that holds something which nobody read."""
    return f"column {column!r} is neither used nor ignored; read it in importer.py or name it under `ignore:` of source.yml"
