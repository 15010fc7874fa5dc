"""Open questions for editors: scored pairs, weak joins and refused joins that no judgement settles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pyarrow.compute as pc

from overt.ledger import Judgement
from overt.resolve.relations.stated_and_proposed_relations import RelationProposal, StatedRelation, read_relations
from overt.resolve.resolved_table_reader_and_digests import read_rows, unusable_table
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.member_lookup import Member, Members
from overt.resolve.review.question import UNSCORED, Question
from overt.resolve.review.refused_joins import describe_path, read_refused_joins

Pair = tuple[str, str]
Score = tuple[float, Mapping[str, Any]]
"""A probability, and its parts by comparison."""
Refusal = tuple[str, Pair]
"""Why a join was refused, and the two records that must be kept apart."""


def open_questions(
    resolved: Path, members: Members, judgements: Sequence[Judgement], *, left_open: bool = False
) -> list[Question]:
    """Return the questions in `resolved/` that no judgement settles, sorted by pair.

    There is at most one question about two clusters: the likeliest pair between them. Every refused join is a question. Other
    pairs are left out if a source states a relation other than a renaming, or if they are less likely than their model's
    `review` and no relation is proposed. Within a cluster, the least certain join by score is a question. Pairs that editors
    judged unsure are included only if `left_open`. Raises OvertError for a table that cannot be used.
    """
    stated, proposals = read_relations(resolved)
    selection = _QuestionSelection(members, judgements, stated, proposals)
    scores = dict(_read_scores(resolved))
    refusals = _read_refusals(resolved, selection.judgements)
    selection.note_refusals(refusals)
    for pair in _read_joins_by_score(resolved):
        selection.add_within(pair, scores.get(pair, (UNSCORED, {})))
    for pair, score in scores.items():
        selection.add_between(pair, score, refusals.pop(pair, None))
    for pair, refusal in refusals.items():
        selection.add_between(pair, (UNSCORED, {}), refusal)
    questions = sorted(selection.questions.values(), key=lambda question: (question.left.record, question.right.record))
    return [question for question in questions if left_open or not question.left_open]


def open_proposals(resolved: Path, members: Members, judgements: Sequence[Judgement]) -> list[RelationProposal]:
    """Return the proposed relations that nobody has judged, likeliest first. Raises OvertError for a table that can't be used."""
    stated, proposals = read_relations(resolved)
    selection = _QuestionSelection(members, judgements, stated, proposals)
    return sorted(selection.proposals.values(), key=lambda proposal: (-proposal.probability, proposal.pair))


def question_about(resolved: Path, members: Members, left: Member, right: Member) -> Question:
    """Return a question about any pair, whether open or not. The record of `left` must sort before that of `right`.

    Raises OvertError for a table that can't be used.
    """
    stated, proposals = read_relations(resolved)
    selection = _QuestionSelection(members, [], stated, proposals)
    pair = left.record, right.record
    score = score_of(resolved, *pair) or (UNSCORED, {})
    refusals = _read_refusals(resolved, selection.judgements)
    selection.note_refusals(refusals)
    selection.add_between(pair, score, refusals.get(pair))
    return next(iter(selection.questions.values()), Question(left, right, *score))


def score_of(resolved: Path, left: str, right: str) -> Score | None:
    """Return the probability of a pair and its parts, or None if the pair was not scored."""
    pair = _pair(left, right)
    return next((score for scored, score in _read_scores(resolved, pair) if scored == pair), None)


class _QuestionSelection:
    """Selects at most one question per pair of clusters."""

    def __init__(
        self,
        members: Members,
        judgements: Sequence[Judgement],
        stated: Iterable[StatedRelation],
        proposals: Iterable[RelationProposal],
    ) -> None:
        self.questions: dict[Pair, Question] = {}
        """Pair of clusters → question. For a join within a cluster, the key contains the same cluster twice."""
        self.judgements = JudgementGraph(judgements)
        self._members = members
        self._refusals: dict[Pair, Refusal] = {}
        self._verdicts: dict[Pair, set[str]] = {}
        for judgement in judgements:
            if (clusters := self._clusters(judgement.left, judgement.right)) is not None:
                self._verdicts.setdefault(clusters, set()).add(judgement.verdict)
        self._stated = {self._clusters(relation.from_, relation.to) for relation in stated if relation.kind != "renamed"}
        self.proposals = {
            clusters: proposal for proposal in proposals if (clusters := self._unjudged_clusters(proposal)) is not None
        }
        """Pair of clusters (or the same cluster twice) → proposed relation that no editor has judged."""

    def note_refusals(self, refusals: Mapping[Pair, Refusal]) -> None:
        """Store the refused joins by pair of clusters, so that a question about any pair between the two can give the reason."""
        self._refusals = {
            clusters: refusal for pair, refusal in refusals.items() if (clusters := self._clusters(*pair)) is not None
        }

    def add_between(self, pair: Pair, score: Score, refusal: Refusal | None) -> None:
        """Add the question about two clusters, unless it is settled or too unlikely, or a likelier pair was added already."""
        left, right = self._members.get(pair[0]), self._members.get(pair[1])
        if left is None or right is None or left.type != right.type or left.id == right.id:
            return
        own = self.judgements.judgement(*pair)
        if own is not None and own.verdict != "unsure":
            return
        clusters = _pair(left.id, right.id)
        verdicts = self._verdicts.get(clusters, set())
        if refusal is None and (verdicts & {"same", "different"} or clusters in self._stated):
            # A join that was refused because of a third record is still open, because that record may belong to either cluster.
            return
        why, cause = refusal or self._refusals.get(clusters) or (None, pair)
        judgement = self.judgements.judgement(*cause)
        left_open = (
            own is not None
            or (judgement is not None and judgement.verdict == "unsure")
            or (refusal is None and "unsure" in verdicts)
        )
        question = Question(left, right, *score, why, left_open, self._proposal(left, right))
        if why is None and question.proposal is None and score[0] < _review_threshold(left.type):
            return
        if clusters not in self.questions or _likeliest_first(question) < _likeliest_first(self.questions[clusters]):
            self.questions[clusters] = question

    def add_within(self, pair: Pair, score: Score) -> None:
        """Add the question about a join within a cluster, unless it is settled or a less certain join was added already."""
        left, right = self._members.get(pair[0]), self._members.get(pair[1])
        if left is None or right is None or left.id != right.id or self.judgements.connects(*pair):
            return
        own = self.judgements.judgement(*pair)
        if own is not None and own.verdict != "unsure":
            return
        clusters = left.id, right.id
        question = Question(left, right, *score, None, own is not None, self._proposal(left, right))
        if clusters not in self.questions or _weakest_first(question) < _weakest_first(self.questions[clusters]):
            self.questions[clusters] = question

    def _proposal(self, left: Member, right: Member) -> RelationProposal | None:
        """Return the proposed relation between the clusters of two records, with these records as its ends, or None."""
        proposal = self.proposals.get(_pair(left.id, right.id))
        if proposal is None:
            return None
        if left.id == right.id:
            return proposal if proposal.pair == (left.record, right.record) else None
        records = {left.id: left.record, right.id: right.record}
        from_, to = self._members.find(proposal.from_), self._members.find(proposal.to)
        return proposal._replace(from_=records[from_.id], to=records[to.id])

    def _clusters(self, left: str, right: str) -> Pair | None:
        first, second = self._members.get(left), self._members.get(right)
        return _pair(first.id, second.id) if first is not None and second is not None else None

    def _unjudged_clusters(self, proposal: RelationProposal) -> Pair | None:
        """Return the clusters of a proposal; None if its pair was judged, or any pair between them `same` or `different`."""
        clusters = self._clusters(*proposal.pair)
        if clusters is None or self.judgements.connects(*proposal.pair) or self.judgements.judgement(*proposal.pair) is not None:
            return None
        is_judged = clusters[0] != clusters[1] and self._verdicts.get(clusters, set()) & {"same", "different"}
        return None if is_judged else clusters


@cache
def _review_threshold(record_type: str) -> float:
    """Return the minimum probability at which editors are asked to judge a pair of this type."""
    from overt.resolve import projects  # imported here because listing proposals needs no model
    from overt.resolve.linkage.linkage_model import load_linkage_model

    return projects.load_project_model().review if record_type == "project" else load_linkage_model().thresholds.review


def _likeliest_first(question: Question) -> tuple[bool, float, str, str]:
    return question.left_open, -question.probability, question.left.record, question.right.record


def _weakest_first(question: Question) -> tuple[bool, float, str, str]:
    return question.left_open, question.probability, question.left.record, question.right.record


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)


def _read_scores(resolved: Path, only: Pair | None = None) -> Iterator[tuple[Pair, Score]]:
    filters = (pc.field("left") == only[0]) & (pc.field("right") == only[1]) if only else None
    path = resolved / "candidates.parquet"
    for row in read_rows(path, ["left", "right", "probability", "parts"], filters):
        left, right, probability = row["left"], row["right"], row["probability"]
        try:
            parts = orjson.loads(row["parts"] or "{}")
        except orjson.JSONDecodeError:
            parts = None
        if not isinstance(parts, dict) or probability is None or not 0 <= probability <= 1:
            raise unusable_table(path, f"the line of {left} and {right}")
        yield _pair(left, right), (probability, parts)


def _read_joins_by_score(resolved: Path) -> Iterator[Pair]:
    filters = pc.field("reason") == "score"
    for row in read_rows(resolved / "edges.parquet", ["left", "right", "reason"], filters):
        yield _pair(row["left"], row["right"])


def _read_refusals(resolved: Path, judgements: JudgementGraph) -> dict[Pair, Refusal]:
    return {
        _pair(row["left"], row["right"]): (_refusal_text(row, judgements), _pair(row["one"], row["other"]))
        for row in read_refused_joins(resolved)
    }


def _refusal_text(row: Mapping[str, Any], judgements: JudgementGraph) -> str:
    clues = {"judgement": "judged to be the same", "renamed": "one is the other’s new key", "score": "alike by their score"}
    clue = clues.get(row["reason"], f"{row['reason']} “{row['key']}” in common")
    why = f"the join was refused, for {row['one']} and {row['other']}: {row['why']}"
    return f"{clue}; {why}; {describe_path(row, judgements)}"
