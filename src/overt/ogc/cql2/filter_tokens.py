"""Splits the text of a filter into tokens."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_FILTER_LENGTH = 4_000
"""Maximum number of characters of a filter."""
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>'(?:[^'\\]|''|\\.)*')
    |(?P<quoted>"[^"]*")
    |(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])
    |(?P<word>[A-Za-z_][\w.]*)
    |(?P<operator><>|<=|>=|[=<>(),])
    |(?P<end>\Z)
    )""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_SPACE = " \t\r\n\f\v"
"""The characters that `\\s` matches in `_TOKEN`."""
_ESCAPED = re.compile(r"''|\\'")


class FilterProblem(ValueError):
    """Raised for text that is not a CQL2 filter, uses an unsupported part of CQL2, or exceeds a limit."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"character {position + 1}: {message}")


class Token(NamedTuple):
    """A part of a filter's text."""

    kind: str
    """`text`, `number`, `word`, `quoted` (a name in quotation marks), `operator` or `end`."""
    value: str
    position: int

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for tokens of other kinds."""
        return self.value.upper() if self.kind == "word" else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a filter; the last one is of kind `end`. Raises FilterProblem for text that is too long or
    unreadable.
    """
    if len(text) > MAX_FILTER_LENGTH:
        raise FilterProblem(f"the filter has {len(text):,} characters; at most {MAX_FILTER_LENGTH:,} are read", MAX_FILTER_LENGTH)
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip(_SPACE))  # Other spaces, such as no-break ones, are unreadable.
            raise FilterProblem(_unreadable(text[at]), at)
        kind = str(match.lastgroup)
        value, position = match[kind], match.start(kind)
        if kind == "text":
            value = _ESCAPED.sub("'", value[1:-1])
        yield Token(kind, value[1:-1] if kind == "quoted" else value, position)
        if kind == "end":
            return
        at = match.end()


def _unreadable(character: str) -> str:
    if character == "'":
        return "a text has no closing apostrophe; an apostrophe in a text is written twice"
    if character == '"':
        return "a name has no closing quotation mark"
    return f"“{character}” is not understood; arithmetic is not supported"
