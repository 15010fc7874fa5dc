"""Failures that a user can meet. Each message is one line: what, where, what to do."""

MAX_QUOTED = 60
"""Longest piece of somebody's data that a message repeats, in characters."""


def quote_text(text: str) -> str:
    """Somebody's text as a message repeats it: quoted, on one line, without signs that would steer a terminal, cut short."""
    return repr(text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…")


def format_count(number: int, what: str) -> str:
    """`1 file`, `1,204 files`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class OvertError(Exception):
    """An expected failure; the command line prints its message alone and exits with 1."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class UsageError(OvertError):
    """A command was used wrongly; the command line exits with 2."""


class ValueProblem(OvertError):
    """A value that cannot be brought to its canonical form."""


class ContentError(OvertError):
    """A content file (schema, vocabulary, source, figure) that is broken."""
