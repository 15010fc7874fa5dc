"""Joins that were refused, told with the pairs that led to each and with what forbids it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from overt.ledger import Judgement
from overt.resolve.resolved_tables import read_rows
from overt.resolve.review.conflicts import Standing

Row = Mapping[str, Any]
"""A row of `resolved/contradictions.parquet` (`overt.resolve.clusters.Contradiction`)."""
_EDGE = ("left", "right", "reason", "key")


def refused_joins(resolved: Path) -> list[dict[str, Any]]:
    """The joins that were refused, sorted by pair. Raises OvertError for a table that cannot be used."""
    return read_rows(resolved / "contradictions.parquet", [*_EDGE, "one", "other", "why", "by", "path"])


def in_words(row: Row) -> str:
    """Which join was refused, by what clue, and for whom."""
    return f"{row['left']} ~ {row['right']} ({_clue(row)}): {row['one']} and {row['other']}: {row['why']}"


def path_in_words(row: Row, judgements: Sequence[Judgement] | Standing = ()) -> str:
    """The pairs that lead from one of the two records that must stay apart to the other, then what forbids it.

    `=` stands where two were joined and `~` at the join that was refused; `≠` or `?` between the two. `judgements`: those that
    stand, so that what people said has the number of its entry.
    """
    people = judgements if isinstance(judgements, Standing) else Standing(judgements)
    edge = {row["left"], row["right"]}
    steps = [_step(step, people, refused={step["left"], step["right"]} == edge) for step in row["path"] or [row]]
    held = people.of(row["one"], row["other"]) if row["why"].startswith("judged") else None
    sign = "?" if row["why"].startswith("judged unsure") else "≠"
    by = f"entry {held.sequence}" if held else row["by"] or row["why"]
    return ", ".join([*steps, f"{row['one']} {sign} {row['other']} ({by})"])


def _step(step: Row, people: Standing, *, refused: bool) -> str:
    held = people.of(step["left"], step["right"]) if step["reason"] == "judgement" else None
    clue = f"entry {held.sequence}" if held else _clue(step)
    return f"{step['left']} {'~' if refused else '='} {step['right']} ({'refused: ' if refused else ''}{clue})"


def _clue(row: Row) -> str:
    if row["reason"] == "judgement":  # it has no key beside its records
        return "judgement"
    return f"{row['reason']} {row['key']!r}" if row["key"] else row["reason"]
