"""Cells: values with their place in a captured file. The cells of a JSON row record which of its nested values were read."""

import datetime
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Cell:
    """A value at a place in a captured file.

    `text`: the value to use (stripped, NFC; "" if empty, or for a JSON object or array). `raw`: the file's own text, or a JSON
    value serialised again. `original`: the source's words, if `text` is our interpretation of them. The parts of a JSON object
    or array are read by `child` and `cells`, or all at once by `whole`.
    """

    text: str
    locator: str
    capture: str
    raw: str
    json: Any = None
    original: str | None = None
    read: set[str] | None = field(default=None, compare=False, repr=False)
    """For JSON: locators of the row's nested values that were read. All cells of a row share the set."""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def read_as(self, text: str) -> "Cell":
        """Return the cell with `text` as our interpretation (a term, a number without its unit, an ISO date). `original` keeps
        the source's words.
        """
        return self.with_text(text, self.original or self.text)

    def with_text(self, text: str, original: str | None) -> "Cell":
        """Return the cell with another `text` and `original`. (`dataclasses.replace` takes four times as long.)"""
        return Cell(text, self.locator, self.capture, self.raw, self.json, original, self.read)

    def part(self, text: str) -> "Cell":
        """Return one item of a cell that lists several items, at the same place and without an `original`."""
        return self.with_text(text.strip(), None)

    def cells(self) -> Iterator["Cell"]:
        """Yield the items of a JSON array. Any other value has none."""
        if isinstance(self.json, list):
            for index, item in enumerate(self.json):
                yield self._nested(item, str(index))

    def child(self, key: str) -> "Cell":
        """Return a member of a JSON object; an empty cell if there is none."""
        value = self.json.get(key) if isinstance(self.json, dict) else None
        return self._nested(value, escape_pointer(key))

    def whole(self) -> str:
        """Return a JSON value, such as a geometry, as JSON text (a string as it is), and mark all of it as read."""
        self._mark_read(self.locator)
        return self.raw

    def _nested(self, value: Any, step: str) -> "Cell":
        locator = f"{self.locator}/{step}"
        if not isinstance(value, dict | list):
            self._mark_read(locator)
        return json_cell(value, locator, self.capture, self.read)

    def _mark_read(self, locator: str) -> None:
        if self.read is not None:
            self.read.add(locator)

    def unread(self, pointer: str, ignored: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the nested values that are not empty and were neither read nor ignored, as pairs of locator and pointer.

        A pointer gives a value's place in the row, with `*` for array items. `pointer`: this cell's pointer. `ignored`: the
        pointers of ignored values.
        """
        yield from _unread(self.json, self.locator, pointer, self.read or (), ignored)


def escape_pointer(key: str) -> str:
    """Escape a key as one step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def cell_text(value: Any) -> str:
    """Return a cell's value as text: whole numbers without `.0`, dates and times in ISO format, lower-case booleans, None as "".

    A date with the time 00:00 becomes a date without a time.
    """
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
    """Return a JSON value as text: a string as it is, null as "", anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def json_cell(value: Any, locator: str, capture: str, read: set[str] | None = None) -> Cell:
    """Return a cell with a JSON value; `read` is shared by all cells of its row."""
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
