"""Which pairs nobody has settled: scored ones, the weakest joins, and joins that were refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pyarrow.compute as pc

from overt.ledger import Judgement
from overt.resolve.relation_table import Proposal, Stated, read_relations
from overt.resolve.resolved_tables import read_rows, unusable
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.members import Member, Members
from overt.resolve.review.refused_joins import path_in_words, refused_joins
from overt.resolve.review.review_queue import UNSCORED, Question

Pair = tuple[str, str]
Score = tuple[float, Mapping[str, Any]]
"""A probability and what it is made of."""
Refusal = tuple[str, Pair]
"""Why a join was refused, and the two records that it is about."""


def open_questions(
    resolved: Path, members: Members, judgements: Sequence[Judgement], *, left_open: bool = False
) -> list[Question]:
    """What of `resolved/` no judgement settles, sorted by pair.

    A question stands for the two things that its records belong to: of several pairs between them the likeliest is asked, and
    none where a source states how the two stand to each other, nor where the machine is sure enough that they are two (less
    likely than its model's `review`) and proposes no relation. Of one thing its weakest join is asked, where the machine made
    it by a score: an equal identifier or name is no question. A join that was refused is one. What people judged unsure is
    asked again only if `left_open`. Raises OvertError for a table that cannot be used.
    """
    stated, proposals = read_relations(resolved)
    sift = _Sift(members, judgements, stated, proposals)
    scored = dict(_scored(resolved))
    refused = _refused(resolved, sift.people)
    sift.note(refused)
    for pair in _joins_by_score(resolved):
        sift.ask_within(pair, scored.get(pair, (UNSCORED, {})))
    for pair, score in scored.items():
        sift.ask_between(pair, score, refused.pop(pair, None))
    for pair, why in refused.items():
        sift.ask_between(pair, (UNSCORED, {}), why)
    found = sorted(sift.asked.values(), key=lambda held: (held.left.record, held.right.record))
    return [held for held in found if left_open or not held.left_open]


def open_proposals(resolved: Path, members: Members, judgements: Sequence[Judgement]) -> list[Proposal]:
    """The relations that the machine proposes and that nobody has judged yet, the likeliest first."""
    stated, proposals = read_relations(resolved)
    sift = _Sift(members, judgements, stated, proposals)
    return sorted(sift.proposals.values(), key=lambda held: (-held.probability, held.pair))


def question_on(resolved: Path, members: Members, left: Member, right: Member) -> Question:
    """A pair of somebody's choice as a question, whether or not it is one; `left` sorts before `right`."""
    stated, proposals = read_relations(resolved)
    sift = _Sift(members, [], stated, proposals)
    pair = left.record, right.record
    score = score_of(resolved, *pair) or (UNSCORED, {})
    refused = _refused(resolved, sift.people)
    sift.note(refused)
    sift.ask_between(pair, score, refused.get(pair))
    return next(iter(sift.asked.values()), Question(left, right, *score))


def score_of(resolved: Path, one: str, other: str) -> Score | None:
    """The probability of a pair and what it is made of; nothing where the pair was not scored."""
    pair = _pair(one, other)
    return next((score for held, score in _scored(resolved, pair) if held == pair), None)


class _Sift:
    """Keeps what is a question yet."""

    def __init__(
        self, members: Members, judgements: Sequence[Judgement], stated: Iterable[Stated], proposals: Iterable[Proposal]
    ) -> None:
        self.asked: dict[Pair, Question] = {}
        """By the two things; by one thing twice where the question is about its weakest join."""
        self.people = Standing(judgements)
        self._members = members
        self._refused: dict[Pair, Refusal] = {}
        self._between: dict[Pair, set[str]] = {}
        for one in judgements:
            if (things := self._things(one.left, one.right)) is not None:
                self._between.setdefault(things, set()).add(one.verdict)
        self._stated = {self._things(held.from_, held.to) for held in stated if held.kind != "renamed"}
        self.proposals = {things: held for held in proposals if (things := self._proposed(held)) is not None}
        """By the two things, or one thing twice: the relations that nobody has judged."""

    def note(self, refused: Mapping[Pair, Refusal]) -> None:
        """Remember by the two things which joins were refused: one of all between them is kept, the likeliest pair is asked."""
        self._refused = {things: why for pair, why in refused.items() if (things := self._things(*pair)) is not None}

    def ask_between(self, pair: Pair, score: Score, refusal: Refusal | None) -> None:
        """Keep the question of two things, unless it is settled or a likelier pair of them is there."""
        left, right = self._members.get(pair[0]), self._members.get(pair[1])
        if left is None or right is None or left.type != right.type or left.id == right.id:
            return
        own = self.people.of(*pair)
        if own is not None and own.verdict != "unsure":
            return
        things = _pair(left.id, right.id)
        between = self._between.get(things, set())
        if refusal is None and (between & {"same", "different"} or things in self._stated):
            return  # a refused join with a third record is a question of its own: which of the two does it go with?
        why, cause = refusal or self._refused.get(things) or (None, pair)
        held = self.people.of(*cause)
        left_open = (
            own is not None or (held is not None and held.verdict == "unsure") or (refusal is None and "unsure" in between)
        )
        question = Question(left, right, *score, why, left_open, self._proposal(left, right))
        if why is None and question.proposal is None and score[0] < _least(left.type):
            return
        if things not in self.asked or _first(question) < _first(self.asked[things]):
            self.asked[things] = question

    def ask_within(self, pair: Pair, score: Score) -> None:
        """Keep the weakest join of one thing that people have not settled."""
        left, right = self._members.get(pair[0]), self._members.get(pair[1])
        if left is None or right is None or left.id != right.id or self.people.joined(*pair):
            return
        own = self.people.of(*pair)
        if own is not None and own.verdict != "unsure":
            return
        things = left.id, right.id
        question = Question(left, right, *score, None, own is not None, self._proposal(left, right))
        if things not in self.asked or _weakest(question) < _weakest(self.asked[things]):
            self.asked[things] = question

    def _proposal(self, left: Member, right: Member) -> Proposal | None:
        """What is proposed of the things of these two records, told of the records."""
        held = self.proposals.get(_pair(left.id, right.id))
        if held is None:
            return None
        if left.id == right.id:
            return held if held.pair == (left.record, right.record) else None
        ends = {left.id: left.record, right.id: right.record}
        one, other = self._members.find(held.from_), self._members.find(held.to)
        return held._replace(from_=ends[one.id], to=ends[other.id])

    def _things(self, one: str, other: str) -> Pair | None:
        left, right = self._members.get(one), self._members.get(other)
        return _pair(left.id, right.id) if left is not None and right is not None else None

    def _proposed(self, held: Proposal) -> Pair | None:
        """The things of a proposal that nobody has judged yet."""
        things = self._things(*held.pair)
        if things is None or self.people.joined(*held.pair) or self.people.of(*held.pair) is not None:
            return None
        return None if things[0] != things[1] and self._between.get(things, set()) & {"same", "different"} else things


@cache
def _least(kind: str) -> float:
    """From which probability on the models of a type show a pair to a person."""
    from overt.resolve import projects  # here: what only lists proposals need not wait for the models
    from overt.resolve.linkage.linkage_model import load_model

    return projects.load_model().review if kind == "project" else load_model().thresholds.review


def _first(held: Question) -> tuple[bool, float, str, str]:
    return held.left_open, -held.probability, held.left.record, held.right.record


def _weakest(held: Question) -> tuple[bool, float, str, str]:
    return held.left_open, held.probability, held.left.record, held.right.record


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _scored(resolved: Path, only: Pair | None = None) -> Iterator[tuple[Pair, Score]]:
    filters = (pc.field("left") == only[0]) & (pc.field("right") == only[1]) if only else None
    path = resolved / "candidates.parquet"
    for row in read_rows(path, ["left", "right", "probability", "parts"], filters):
        left, right, probability, parts = row["left"], row["right"], row["probability"], row["parts"]
        try:
            said = orjson.loads(parts or "{}")
        except orjson.JSONDecodeError:
            said = None
        if not isinstance(said, dict) or probability is None or not 0 <= probability <= 1:
            raise unusable(path, f"the line of {left} and {right}")
        yield _pair(left, right), (probability, said)


def _joins_by_score(resolved: Path) -> Iterator[Pair]:
    filters = pc.field("reason") == "score"
    for row in read_rows(resolved / "edges.parquet", ["left", "right", "reason"], filters):
        yield _pair(row["left"], row["right"])


def _refused(resolved: Path, people: Standing) -> dict[Pair, Refusal]:
    return {
        _pair(row["left"], row["right"]): (_because(row, people), _pair(row["one"], row["other"]))
        for row in refused_joins(resolved)
    }


def _because(row: Mapping[str, Any], people: Standing) -> str:
    clue = {"judgement": "people judged them the same", "renamed": "one is the other’s new key", "score": "alike by their score"}
    held = clue.get(row["reason"], f"{row['reason']} “{row['key']}” in common")
    why = f"the join was refused, for {row['one']} and {row['other']}: {row['why']}"
    return f"{held}; {why}; {path_in_words(row, people)}"
