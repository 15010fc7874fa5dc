"""Markdown that a person can read in the file too."""

from collections.abc import Iterable, Sequence


def cell(text: str) -> str:
    """Text that can stand in a cell of a table, as it is: no pipe, line break or HTML of it is read as such."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def code(text: str) -> str:
    """Text as it is written in data."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{' '.join(text.split())}{fence}".replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; columns that no row fills are left out."""
    held = [list(row) for row in rows]
    kept = [at for at in range(len(header)) if any(row[at] for row in held)]
    lines = [[header[at] for at in kept], ["---" for _ in kept], *([row[at] for at in kept] for row in held)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
