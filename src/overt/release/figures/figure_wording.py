"""Words for what a figure lacks, how sure its merges are, and how it differs from a reported total. Needs no DuckDB."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Kind = Literal["sources", "unit", "period", "scope", "duplicates", "disagreement", "not known"]
KINDS: Mapping[Kind, str] = {
    "sources": "not in our sources",
    "unit": "counted in another unit",
    "period": "of another time",
    "scope": "of another scope",
    "duplicates": "counted one by one there, joined here",
    "disagreement": "sources disagree",
    "not known": "not known",
}
"""Kinds of parts, in their order, in words."""
WORDS: Mapping[str, str] = {
    "other-sources": "told by other sources than those that the reported total was counted from",
    "outside": "outside of what the reported total counts",
    "later": "first known after the day of the reported total",
    "earlier": "first known before the time of the reported total",
    "records": "records that the reported total counts one by one and that are one thing here",
    "unit": "counted in our unit less counted in theirs",
    "not-loaded": "all of the reported total: the source that it was counted from is not here",
    "our-word": "counted here on the word of another source",
    "their-word": "not counted here on the word of another source",
    "sourced": "a document says so",
    "rest": "the rest, of which nothing tells",
}
"""What the reason of a part means."""


def as_problems(rows: int) -> str:
    """What so many rows are left out as."""
    return "a problem" if rows == 1 else "problems"


def gaps_in_words(gaps: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is missing in a figure, a text for each gap."""
    return [_in_words(gap) for gap in gaps]


def _in_words(gap: Mapping[str, Any]) -> str:
    match gap["what"]:
        case "problems":
            rows = int(gap["rows"])
            return f"{rows:,} row{'' if rows == 1 else 's'} of {gap['source']} left out as {as_problems(rows)}"
        case "part":
            return f"{gap['source']}: {str(gap['note']).rstrip('.')}"
        case what:
            return f"{gap['source']} is {what}"


def probability_said(held: float) -> str:
    """A probability with as many digits as tell it from certain, up to six: never rounded up to 1."""
    text = f"{held:.3f}"
    return text if held == 1 or text != "1.000" else f"{math.floor(held * 1e6) / 1e6:.6f}".rstrip("0")
