"""Templates and contents of the desk's pages."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from overt.desk.queue_evidence_and_judging import Desk
from overt.http.page_addresses import address
from overt.queries import records
from overt.resolve.explanation_text import relation_sentence
from overt.resolve.review.decision import PUBLISH_HINT
from overt.resolve.review.property_comparison import compare_sides
from overt.resolve.review.question import Question
from overt.resolve.review.question_ranking import RankedQuestion
from overt.resolve.review.question_text import describe_parts, describe_proposal, question_reason
from overt.site.site import Site

Page = tuple[str, dict[str, Any]]
"""A template and its context."""
MAX_ROWS = 200
"""Maximum number of questions, relations or judgements on one page."""


class Choice(NamedTuple):
    """A relation that an editor can choose."""

    value: str
    """The kind of relation, and the record (1 or 2) from which it starts: `parent 1`."""
    words: str
    proposed: bool


def question_page(site: Site, desk: Desk, parameters: Mapping[str, Any]) -> Page:
    """Return the page of a question, with both records and the form.

    If no pair is chosen and the queue is empty, the page has no question.

    `parameters`: the position in the queue (`at`) or a pair, the editor's name, the entry that was just written (`done`), and
    the fields of a rejected form with its `error`.
    """
    queue = desk.queue()
    at = min(int(parameters.get("at") or 0), max(len(queue) - 1, 0))
    chosen = bool(parameters.get("left") and parameters.get("right"))
    ranked = desk.pair(parameters["left"], parameters["right"]) if chosen else queue[at] if queue else None
    who = str(parameters.get("who", ""))
    done = desk.entry(parameters["done"]) if parameters.get("done") else None
    context = {
        "at": at,
        "total": len(queue),
        "chosen": chosen,
        "who": who,
        "signed": desk.is_signed(),
        "why": parameters.get("why", ""),
        "error": parameters.get("error"),
        "done": done,
        "related": desk.relation(done[0].sequence) if done else None,
        "given": {name: parameters.get(name, "") for name in ("relation", "document", "place", "url")},
        "unpublished": desk.unpublished(),
        "publish": PUBLISH_HINT,
        "before": address("./", at=at - 1, who=who or None) if at else None,
        "after": address("./", at=at + 1, who=who or None) if at + 1 < len(queue) else None,
        "kept": {"who": who} if who else {},
    }
    if ranked is None:
        return "desk/no_questions.html", context
    return "desk/question.html", context | _sides(site, desk, ranked)


def _sides(site: Site, desk: Desk, ranked: RankedQuestion) -> dict[str, Any]:
    question = ranked.question
    evidence = desk.evidence()
    left, right = evidence.sides(question.left, question.right)
    kind = site.schema.types[question.left.type]
    labels = _labels(site, [question])
    apart = question.left.id != question.right.id  # Records that are already merged keep the names from their own sources.
    names = [labels.get(side.member.id, side.label) if apart else side.label for side in (left, right)]
    return {
        "ranked": ranked,
        "question": question,
        "kind": kind,
        "sides": (left, right),
        "names": names,
        "rows": compare_sides(kind, left, right),
        "parts": describe_parts(question.parts),
        "reason": question_reason(question),
        "published": labels.keys(),
        "judged": desk.judgements_in_force().judgement(question.left.record, question.right.record),
        "title_of": evidence.title_of,
        "proposed": describe_proposal(question, *names),
        "relations": _relations(desk, question, *names) if kind.name == "organization" else (),
    }


def _relations(desk: Desk, question: Question, left: str, right: str) -> list[Choice]:
    """Return the relations that a form offers, each kind in both directions. `left`, `right`: names of the two records."""
    proposal = question.proposal
    proposed = f"{proposal.kind} {'1' if proposal.from_ == question.left.record else '2'}" if proposal else ""
    return [
        Choice(f"{kind} {side}", relation_sentence(kind, first, second), f"{kind} {side}" == proposed)
        for kind in desk.kinds()
        for side, first, second in (("1", left, right), ("2", right, left))
    ]


def queue_page(site: Site, desk: Desk, parameters: Mapping[str, Any]) -> Page:
    """Return the first questions of the queue as a table."""
    queue = desk.queue()
    listed = queue[:MAX_ROWS]
    labels = _labels(site, [ranked.question for ranked in listed])
    return "desk/queue.html", {
        "queue": [(ranked, question_reason(ranked.question), _proposed(ranked.question, labels)) for ranked in listed],
        "total": len(queue),
        "labels": labels,
        "who": str(parameters.get("who", "")),
    }


def _proposed(question: Question, labels: Mapping[str, str]) -> str:
    left, right = (labels.get(member.id, member.record) for member in (question.left, question.right))
    return describe_proposal(question, left, right)


def relations_page(site: Site, desk: Desk, parameters: Mapping[str, Any]) -> Page:
    """Return the likeliest proposed relations, each with a link for judging it."""
    proposals = desk.proposals()
    listed = proposals[:MAX_ROWS]
    ids = {record: desk.published_id(record) for proposal in listed for record in proposal.pair}
    labels = _labelled(site, list(ids.values()))
    return "desk/proposed_relations.html", {
        "proposals": [
            (proposal, relation_sentence(proposal.kind, *(labels.get(ids[end], end) for end in (proposal.from_, proposal.to))))
            for proposal in listed
        ],
        "total": len(proposals),
        "who": str(parameters.get("who", "")),
    }


def judgements_page(site: Site, desk: Desk, parameters: Mapping[str, Any]) -> Page:
    """Return the page of the newest judgements.

    `parameters`: as for `question_page`, and the number of the entry whose undo form is open (`undo`).
    """
    events = desk.history()
    undoing = str(parameters.get("undo", ""))
    chosen = next((event.judgement for event in events if str(event.judgement.sequence) == undoing), None)
    done = desk.entry(parameters["done"]) if parameters.get("done") else None
    return "desk/judgements.html", {
        "events": [(event, desk.relation(event.judgement.sequence)) for event in events[:MAX_ROWS]],
        "total": len(events),
        "undoing": chosen,
        "undoing_related": desk.relation(chosen.sequence) if chosen else None,
        "reach": desk.reach(chosen.sequence) if chosen else None,
        "signed": desk.is_signed(),
        "who": str(parameters.get("who", "")),
        "why": parameters.get("why", ""),
        "error": parameters.get("error"),
        "done": done,
        "related": desk.relation(done[0].sequence) if done else None,
        "unpublished": desk.unpublished(),
        "publish": PUBLISH_HINT,
    }


def _labels(site: Site, questions: list[Question]) -> dict[str, str]:
    """Return the labels of the records in these questions, by id. Records that the served release lacks are left out."""
    return _labelled(site, [member.id for question in questions for member in (question.left, question.right)])


def _labelled(site: Site, ids: list[str]) -> dict[str, str]:
    with site.database.lease() as reader:
        return {record.id: record.label or record.id for record in records.records(reader, ids)}
