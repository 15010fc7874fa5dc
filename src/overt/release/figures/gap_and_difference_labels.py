"""Wording for a figure's answer, gaps, uncertain merges, and difference from a reported total. Needs no DuckDB."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")
"""Matches a number in an answer: `{value}`, or `{NAME}` for a variant."""
UNEXPLAINED = "We can’t explain the difference"
"""Why our value differs from a reported total if no computation or source explains it."""
PartKind = Literal["sources", "unit", "period", "scope", "duplicates", "disagreement", "not known"]
PART_KINDS: Mapping[PartKind, str] = {
    "sources": "not in our sources",
    "unit": "counted in another unit",
    "period": "of another period",
    "scope": "of another scope",
    "duplicates": "counted one by one there, joined here",
    "disagreement": "sources disagree",
    "not known": "unexplained",
}
"""Labels for the kinds of parts of a difference, in order."""
PART_REASONS: Mapping[str, str] = {
    "other-sources": "from sources other than those that the reported total was counted from",
    "outside": "outside what the reported total counts",
    "later": "first known after the day of the reported total",
    "earlier": "first known before the period of the reported total",
    "records": "records that the reported total counts one by one and that are joined here",
    "unit": "the count in our unit minus the count in theirs",
    "not-loaded": "the whole reported total: the source that it was counted from is not in this release",
    "our-word": "counted here because another source says so",
    "their-word": "left out here because another source says so",
    "sourced": "a document says so",
    "rest": "no row and no document explains it",
}
"""Labels for the reasons of parts."""


def problem_noun(rows: int) -> str:
    """Return `a problem` if one row is left out, otherwise `problems`."""
    return "a problem" if rows == 1 else "problems"


def gap_texts(gaps: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a phrase for each gap of a figure."""
    return [_gap_text(gap) for gap in gaps]


def _gap_text(gap: Mapping[str, Any]) -> str:
    match gap["what"]:
        case "problems":
            rows = int(gap["rows"])
            return f"{rows:,} row{'' if rows == 1 else 's'} of {gap['source']} left out as {problem_noun(rows)}"
        case "currency":
            rows = int(gap["rows"])
            return f"{rows:,} amount{'' if rows == 1 else 's'} in {gap['unit']} left out, {gap['amount']:,} {gap['unit']} in all"
        case "part":
            return f"{gap['source']}: {str(gap['note']).rstrip('.')}"
        case what:
            return f"{gap['source']} is {what}"


def format_probability(probability: float) -> str:
    """Return a probability with three decimals, or with up to six if three would round it up to 1. Only 1 itself becomes 1."""
    text = f"{probability:.3f}"
    return text if probability == 1 or text != "1.000" else f"{math.floor(probability * 1e6) / 1e6:.6f}".rstrip("0")
