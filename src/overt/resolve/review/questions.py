"""Which pairs nobody has settled: scored ones, and joins that were refused."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.ledger import Judgement
from overt.model.errors import OvertError
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.members import Members
from overt.resolve.review.queue import CANDIDATES, UNSCORED, Question

Pair = tuple[str, str]


def open_questions(
    resolved: Path, members: Members, judgements: Sequence[Judgement], *, left_open: bool = False
) -> list[Question]:
    """The scored pairs and refused joins of `resolved/` that no judgement settles, sorted by pair.

    A question stands for the two things that its records belong to: of several pairs between them the likeliest is asked.
    What people judged unsure is asked again only if `left_open`. Raises OvertError for a table that cannot be used.
    """
    sift = _Sift(members, judgements)
    refused = _refused(resolved)
    asked: dict[Pair, Question] = {}
    for pair, probability, parts in _scored(resolved):
        sift.ask(asked, pair, probability, parts, refused.pop(pair, None))
    for pair, why in refused.items():
        sift.ask(asked, pair, UNSCORED, {}, why)
    found = sorted(asked.values(), key=lambda held: (held.left.record, held.right.record))
    return [held for held in found if left_open or not held.left_open]


def score_of(resolved: Path, one: str, other: str) -> tuple[float, Any] | None:
    """The probability of a pair and what it is made of; nothing where the pair was not scored."""
    pair = _pair(one, other)
    return next(((probability, parts) for held, probability, parts in _scored(resolved, pair) if held == pair), None)


class _Sift:
    """Keeps what is a question yet."""

    def __init__(self, members: Members, judgements: Sequence[Judgement]) -> None:
        self._members = members
        self._people = Standing(judgements)
        self._between: dict[Pair, set[str]] = {}
        for one in judgements:
            left, right = members.get(one.left), members.get(one.right)
            if left is not None and right is not None:
                self._between.setdefault(_pair(left.id, right.id), set()).add(one.verdict)

    def ask(
        self, asked: dict[Pair, Question], pair: Pair, probability: float, parts: Any, refusal: "tuple[str, Pair] | None"
    ) -> None:
        """Put the question into `asked`, unless it is settled or a likelier pair of the same two things is there."""
        left, right = self._members.get(pair[0]), self._members.get(pair[1])
        if left is None or right is None or left.type != right.type:
            return
        own = self._people.of(*pair)
        if own is not None and own.verdict != "unsure":
            return
        between = self._between.get(_pair(left.id, right.id), set())
        why, cause = refusal or (None, pair)
        if left.id == right.id:
            if self._people.joined(*pair):
                return
            key, open_ = pair, own is not None
        else:
            if refusal is None and between & {"same", "different"}:
                return  # a refused join with a third record is a question of its own: which of the two does it go with?
            held = self._people.of(*cause)
            key = _pair(left.id, right.id)
            open_ = (
                own is not None or (held is not None and held.verdict == "unsure") or (refusal is None and "unsure" in between)
            )
        question = Question(left, right, probability, parts, why, open_)
        if key not in asked or _first(question) < _first(asked[key]):
            asked[key] = question


def _first(held: Question) -> tuple[bool, float, str, str]:
    return held.left_open, -held.probability, held.left.record, held.right.record


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _scored(resolved: Path, only: Pair | None = None) -> Iterator[tuple[Pair, float, Any]]:
    filters = (pc.field("left") == only[0]) & (pc.field("right") == only[1]) if only else None
    for row in _rows(resolved / "candidates.parquet", CANDIDATES.names, filters):
        left, right, probability, parts = (row[name] for name in CANDIDATES.names)
        try:
            said = orjson.loads(parts or "{}")
        except orjson.JSONDecodeError:
            said = None
        if not isinstance(said, dict) or probability is None or not 0 <= probability <= 1:
            raise _unusable(resolved / "candidates.parquet", f"the line of {left} and {right}")
        yield _pair(left, right), probability, said


def _refused(resolved: Path) -> dict[Pair, tuple[str, Pair]]:
    """Refused joins, each with the reason and the two records that it is about."""
    columns = ["left", "right", "reason", "key", "why", "one", "other"]
    return {
        _pair(row["left"], row["right"]): (_because(row), _pair(row["one"], row["other"]))
        for row in _rows(resolved / "contradictions.parquet", columns)
    }


def _because(row: dict[str, Any]) -> str:
    clue = {"judgement": "people judged them the same", "renamed": "one is the other’s new key"}
    held = clue.get(row["reason"], f"{row['reason']} “{row['key']}” in common")
    return f"{held}; the join was refused, for {row['one']} and {row['other']}: {row['why']}"


def _rows(path: Path, columns: Sequence[str], filters: pc.Expression | None = None) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    try:
        table = pq.read_table(path, columns=list(columns), filters=filters)
    except (pa.ArrowException, OSError) as error:
        raise _unusable(path, str(error)) from None
    if lost := sorted(set(columns) - set(table.column_names)):
        raise _unusable(path, f"column {lost[0]}")
    return table.to_pylist()


def _unusable(path: Path, what: str) -> OvertError:
    return OvertError(f"{path}: cannot be used ({what}); delete it and run `overt resolve`, which makes it anew")
