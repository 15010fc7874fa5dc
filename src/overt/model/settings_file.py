"""The text of overt.toml, and what is wrong with it in the words of somebody who does not know TOML's."""

import re
import tomllib
from typing import Any

from overt.model.errors import UsageError, quote_text

_SECTION = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")
_TWICE = ("Cannot declare", "Cannot overwrite")
"""How `tomllib` begins when a section, and when a key, stands twice."""
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


def read_settings(text: str, where: str) -> dict[str, Any]:
    """What the text says. Raises UsageError with the line and what to do; `where` names the file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where}{_wrong(text, str(error))}") from None


def _wrong(text: str, told: str) -> str:
    if told.startswith(_TWICE) and (found := _first_twice(text)):
        what, first, second = found
        advice = "put what all of them hold under one" if what.startswith("[") else "leave one of them"
        return f": {what} stands twice, in lines {first} and {second}; {advice}"
    place = _PLACE.search(told)
    at = f", line {place[1]}" if place and place[1] else ""
    return f'{at}: cannot be read ({_PLACE.sub("", told)}); a line is as in: name = "text"'


def _first_twice(text: str) -> tuple[str, int, int] | None:
    """The first section or key that stands a second time, and its two lines; None where lines alone do not show it."""
    section, seen = "", dict[tuple[str, str], int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _SECTION.match(line):
            section, name, what = head[1], "", f"[{quote_text(head[1])[1:-1]}]"
        elif key := _KEY.match(line):
            name = key[1].strip("\"'")
            what = f"{quote_text(name)[1:-1]}{f' of [{quote_text(section)[1:-1]}]' if section else ''}"
        else:
            continue
        if (first := seen.setdefault((section, name), number)) != number:
            return what, first, number
    return None
