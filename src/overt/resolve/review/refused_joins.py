"""Refused joins, each with the pairs that led to it and the reason for the refusal."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from overt.ledger import Judgement
from overt.resolve.resolved_table_reader_and_digests import read_rows
from overt.resolve.review.conflicts import JudgementGraph

Row = Mapping[str, Any]
"""A row of `resolved/contradictions.parquet` (`overt.resolve.clusters.Contradiction`)."""
_EDGE = ("left", "right", "reason", "key")


def read_refused_joins(resolved: Path) -> list[dict[str, Any]]:
    """Return the refused joins, sorted by pair. Raises OvertError for a table that cannot be used."""
    return read_rows(resolved / "contradictions.parquet", [*_EDGE, "one", "other", "why", "by", "path"])


def describe_refusal(row: Row) -> str:
    """Return a description of the refused join: its reason, and the two records that must be kept apart."""
    return f"{row['left']} ~ {row['right']} ({_clue(row)}): {row['one']} and {row['other']}: {row['why']}"


def describe_path(row: Row, judgements: Sequence[Judgement] | JudgementGraph = ()) -> str:
    """Return the path between two records that must be kept apart, and the fact that forbids the join, as text.

    `=` is a join, `~` the refused join, and `≠` or `?` the fact that forbids it. `judgements`: the judgements in force, whose
    entries are cited.
    """
    graph = judgements if isinstance(judgements, JudgementGraph) else JudgementGraph(judgements)
    edge = {row["left"], row["right"]}
    steps = [_step(step, graph, refused={step["left"], step["right"]} == edge) for step in row["path"] or [row]]
    judgement = graph.judgement(row["one"], row["other"]) if row["why"].startswith("judged") else None
    sign = "?" if row["why"].startswith("judged unsure") else "≠"
    by = f"entry {judgement.sequence}" if judgement else row["by"] or row["why"]
    return ", ".join([*steps, f"{row['one']} {sign} {row['other']} ({by})"])


def _step(step: Row, graph: JudgementGraph, *, refused: bool) -> str:
    judgement = graph.judgement(step["left"], step["right"]) if step["reason"] == "judgement" else None
    clue = f"entry {judgement.sequence}" if judgement else _clue(step)
    return f"{step['left']} {'~' if refused else '='} {step['right']} ({'refused: ' if refused else ''}{clue})"


def _clue(row: Row) -> str:
    if row["reason"] == "judgement":  # a judgement has no key
        return "judgement"
    if row["reason"] == "score":
        return f"match probability {row['key']}"
    return f"{row['reason']} {row['key']!r}" if row["key"] else row["reason"]
