"""Words that several commands print."""

MARK = " …"
"""What stands where a text was cut."""


def counted(number: int, what: str) -> str:
    """`1 file`, `1,204 files`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def cut(text: str, most: int | None) -> str:
    """The text on one line, or the beginning of it and the sign that something was left out. `most`: None for all of it."""
    line = " ".join(text.split())
    return line if most is None or len(line) <= most else f"{line[:most].rstrip()}{MARK}"
