"""Rows and cells: values that remember where they stand and whether anybody looked at them."""

import datetime
import difflib
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, NoReturn, Protocol, Self

import orjson

from overt.importing.problems import FileProblem, OutOfScope, Problem
from overt.model.errors import ValueProblem


@dataclass(frozen=True, slots=True)
class Cell:
    """A value at a place in a captured file.

    `text` is what to read (stripped, NFC; "" when empty), `raw` what the file holds, `original` the source's words where
    `text` is our reading of them. Of a JSON object or array the parts are read by `child` and `cells`, or all by `whole`.
    """

    text: str
    locator: str
    capture: str
    raw: str
    json: Any = None
    original: str | None = None
    read: set[str] | None = field(default=None, compare=False, repr=False)
    """Of JSON: pointers of the row's nested values that were read; all its cells share it."""

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
                yield self._nested(item, str(index))

    def child(self, key: str) -> "Cell":
        """A member of a JSON object; empty when it is absent."""
        held = self.json.get(key) if isinstance(self.json, dict) else None
        return self._nested(held, escape_pointer(key))

    def whole(self) -> str:
        """A JSON value as it stands in the file, for what reads all of it (a geometry)."""
        self._mark(self.locator)
        return self.raw

    def _nested(self, value: Any, step: str) -> "Cell":
        locator = f"{self.locator}/{step}"
        if not isinstance(value, dict | list):
            self._mark(locator)
        return json_cell(value, locator, self.capture, self.read)

    def _mark(self, locator: str) -> None:
        if self.read is not None:
            self.read.add(locator)

    def unread(self, pointer: str, ignored: Collection[str]) -> Iterator[tuple[str, str]]:
        """What this JSON value holds and nobody read or ignored: its locator, and its pointer in the row, `*` for array items.

        `pointer` is this cell's own.
        """
        yield from _unread(self.json, self.locator, pointer, self.read or (), ignored)


def escape_pointer(key: str) -> str:
    """A key as one step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def cell_text(value: Any) -> str:
    """A cell's value as text: whole numbers without `.0`, days in ISO order, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def json_text(value: Any) -> str:
    """A JSON value as text: a string as it is, null as nothing, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def json_cell(value: Any, locator: str, capture: str, read: set[str] | None = None) -> Cell:
    """A cell over a JSON value; `read` is that of its row."""
    raw = json_text(value)
    text = "" if isinstance(value, dict | list) else unicodedata.normalize("NFC", raw).strip()
    return Cell(text, locator, capture, raw, value, read=read)


def _unread(value: Any, locator: str, pointer: str, read: Collection[str], ignored: Collection[str]) -> Iterator[tuple[str, str]]:
    if locator in read or pointer in ignored:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            step = escape_pointer(key)
            yield from _unread(item, f"{locator}/{step}", f"{pointer}/{step}", read, ignored)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unread(item, f"{locator}/{index}", f"{pointer}/*", read, ignored)
    elif json_text(value).strip():
        yield locator, pointer


_OTHER_LAYOUT = "is the file of another edition? take the one that `overt sources` tells of, or a newer Overt"
"""What can be done by somebody who does not write the importer."""


class RowKeeper(Protocol):
    """What a row tells of its fate to."""

    @property
    def own(self) -> bool: ...  # noqa: D102
    def begin(self, row: "Row") -> None: ...  # noqa: D102
    def settle(self, row: "Row", outcome: Problem | OutOfScope | None) -> bool: ...  # noqa: D102


class Row:
    """One row of a table, or one object of a JSON file. Use it in a `with` block: what happens inside decides its outcome."""

    def __init__(
        self, keeper: RowKeeper, cells: dict[str, Cell], locator: str, file: str, role: str, ignored: set[str], persons: set[str]
    ) -> None:
        self._keeper = keeper
        self._cells = {column: cell for column, cell in cells.items() if column not in persons}
        self._used: set[str] = set()
        self._ignored = ignored
        self._when_imported: list[Callable[[], object]] = []
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
            todo = "change importer.py if so" if self._keeper.own else _OTHER_LAYOUT
            raise FileProblem(f"{self.file}: {self.locator}: column {column!r} is missing ({named}); {todo}")
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

    def when_imported(self, action: Callable[[], object]) -> None:
        """Do this once the row is imported: what later rows are told must not come from a row that is refused in the end."""
        self._when_imported.append(action)

    def ignore(self, *columns: str) -> None:
        """These columns, or pointers into them (`/properties/color`), say nothing more in this row."""
        self._ignored.update(columns)

    def out_of_scope(self, rule: str) -> NoReturn:
        """Leave the row out by a rule of `scope:` in source.yml."""
        raise OutOfScope(rule)

    def problem(self, message: str, cell: Cell | None = None) -> NoReturn:
        """Refuse the row; `cell` is the place that is wrong."""
        raise Problem(message, cell.locator if cell else self.locator)

    def leftovers(self) -> Iterator[Problem]:
        """What the row holds and nobody used or ignored: columns, and values nested in those that were used."""
        for column, cell in self._cells.items():
            if column in self._ignored:
                continue
            if column not in self._used:
                if cell.raw.strip():
                    yield Problem(self._leftover(f"column {column!r}"), self.locator)
            elif isinstance(cell.json, dict | list):
                for locator, pointer in cell.unread(f"/{escape_pointer(column)}", self._ignored):
                    yield Problem(self._leftover(f"{pointer!r}"), locator)

    def _leftover(self, what: str) -> str:
        if self._keeper.own:
            return f"{what} is neither used nor ignored; read it in importer.py or name it under `ignore:` of source.yml"
        return f"{what} is neither used nor ignored by this Overt; {_OTHER_LAYOUT}"

    def __enter__(self) -> Self:
        self._keeper.begin(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if error is None:
            if self._keeper.settle(self, next(self.leftovers(), None)):
                for action in self._when_imported:
                    action()
            return False
        if isinstance(error, ValueProblem):
            error = Problem(str(error), self.locator)
        if isinstance(error, Problem | OutOfScope):
            self._keeper.settle(self, error)
            return True
        return False
