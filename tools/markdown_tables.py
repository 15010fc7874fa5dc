"""Write Markdown that is also readable as plain text."""

from collections.abc import Iterable, Sequence


def cell(text: str) -> str:
    """Return a string as a table cell: on one line, with backslashes, pipes and HTML escaped."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def code(text: str) -> str:
    """Return a string as a code span on one line, with pipes escaped for tables."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{' '.join(text.split())}{fence}".replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, leaving out columns that are empty in every row."""
    cells = [list(row) for row in rows]
    filled = [at for at in range(len(header)) if any(row[at] for row in cells)]
    lines = [[header[at] for at in filled], ["---" for _ in filled], *([row[at] for at in filled] for row in cells)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
