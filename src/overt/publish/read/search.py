"""Search over names in any script."""

from overt.publish.read.database import Reader, Row
from overt.publish.serve.search_text import fold, match

MOST = 5_000
"""Hits that are put in order; of a query that finds more, the rest is not looked at."""


def find(reader: Reader, query: str, *, size: int = 50, number: int = 1) -> tuple[int, list[Row]]:
    """How many things bear the words of the query in their names (`MOST` at most), and one page of them, the best first."""
    words = match(query)
    if words is None:
        return 0, []
    held = {"words": f"names : ({words})", "folded": fold(query), "most": MOST, "size": size, "offset": size * (number - 1)}
    found = reader.rows("search", held)
    return (found[0]["held"] if found else 0), found
