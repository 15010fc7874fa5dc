"""What each page of the desk shows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from overt.desk.desk import Desk
from overt.http.addresses import address
from overt.queries import records
from overt.resolve.explanation_text import relation_sentence
from overt.resolve.review.decision import PUBLISH_HINT
from overt.resolve.review.question import Question
from overt.resolve.review.question_text import describe_parts, describe_proposal, question_reason
from overt.resolve.review.review_queue import RankedQuestion
from overt.resolve.review.side_by_side import compare_sides
from overt.site.site import Site

Page = tuple[str, dict[str, Any]]
"""A template and what it shows."""
MOST_ROWS = 200
"""Questions or judgements on one page."""


class Choice(NamedTuple):
    """A relation that can be chosen."""

    value: str
    """The kind, and which of the two it is said of: `parent 1`."""
    words: str
    proposed: bool


def question_page(site: Site, desk: Desk, asked: Mapping[str, Any]) -> Page:
    """One question with both sides and the form. `asked`: place in the queue (`at`) or a pair, who decides, what was done."""
    queue = desk.queue()
    at = min(int(asked.get("at") or 0), max(len(queue) - 1, 0))
    chosen = bool(asked.get("left") and asked.get("right"))
    ranked = desk.pair(asked["left"], asked["right"]) if chosen else queue[at] if queue else None
    who = str(asked.get("who", ""))
    done = desk.entry(asked["done"]) if asked.get("done") else None
    context = {
        "at": at,
        "total": len(queue),
        "chosen": chosen,
        "who": who,
        "why": asked.get("why", ""),
        "error": asked.get("error"),
        "done": done,
        "related": desk.relation(done[0].sequence) if done else None,
        "given": {name: asked.get(name, "") for name in ("relation", "document", "place", "url")},
        "unpublished": desk.unpublished(),
        "publish": PUBLISH_HINT,
        "before": address("./", at=at - 1, who=who or None) if at else None,
        "after": address("./", at=at + 1, who=who or None) if at + 1 < len(queue) else None,
        "kept": {"who": who} if who else {},
    }
    if ranked is None:
        return "desk/nothing.html", context
    return "desk/question.html", context | _sides(site, desk, ranked)


def _sides(site: Site, desk: Desk, ranked: RankedQuestion) -> dict[str, Any]:
    held = ranked.question
    evidence = desk.evidence()
    left, right = evidence.sides(held.left, held.right)
    kind = site.schema.types[held.left.type]
    labels = _labels(site, [held])
    apart = held.left.id != held.right.id  # of one thing, each record is called as its own source calls it
    names = [labels.get(side.member.id, side.label) if apart else side.label for side in (left, right)]
    return {
        "ranked": ranked,
        "question": held,
        "kind": kind,
        "sides": (left, right),
        "names": names,
        "rows": compare_sides(kind, left, right),
        "parts": describe_parts(held.parts),
        "reason": question_reason(held),
        "published": labels.keys(),
        "judged": desk.standing().judgement(held.left.record, held.right.record),
        "title_of": evidence.title_of,
        "proposed": describe_proposal(held, *names),
        "relations": _relations(desk, held, *names) if kind.name == "organization" else (),
    }


def _relations(desk: Desk, question: Question, left: str, right: str) -> list[Choice]:
    """The relations that a form offers, each kind both ways; `left`, `right`: what the two are called."""
    held = question.proposal
    proposed = f"{held.kind} {'1' if held.from_ == question.left.record else '2'}" if held else ""
    return [
        Choice(f"{kind} {side}", relation_sentence(kind, one, other), f"{kind} {side}" == proposed)
        for kind in desk.kinds()
        for side, one, other in (("1", left, right), ("2", right, left))
    ]


def queue_page(site: Site, desk: Desk, asked: Mapping[str, Any]) -> Page:
    """The queue as a table, the first questions of it."""
    queue = desk.queue()
    shown = queue[:MOST_ROWS]
    labels = _labels(site, [ranked.question for ranked in shown])
    return "desk/queue.html", {
        "queue": [(ranked, question_reason(ranked.question), _proposed(ranked.question, labels)) for ranked in shown],
        "total": len(queue),
        "labels": labels,
        "who": str(asked.get("who", "")),
    }


def _proposed(held: Question, labels: Mapping[str, str]) -> str:
    left, right = (labels.get(member.id, member.record) for member in (held.left, held.right))
    return describe_proposal(held, left, right)


def relations_page(site: Site, desk: Desk, asked: Mapping[str, Any]) -> Page:
    """The relations that the machine proposes, each with the way to judge it."""
    found = desk.proposals()
    shown = found[:MOST_ROWS]
    ids = {record: desk.thing(record) for held in shown for record in held.pair}
    labels = _labelled(site, list(ids.values()))
    return "desk/relations.html", {
        "proposals": [
            (held, relation_sentence(held.kind, labels.get(ids[held.from_], held.from_), labels.get(ids[held.to], held.to)))
            for held in shown
        ],
        "total": len(found),
        "who": str(asked.get("who", "")),
    }


def judgements_page(site: Site, desk: Desk, asked: Mapping[str, Any]) -> Page:
    """All judgements, the last ones first; `undo`: the entry that a form to take it back is shown for."""
    events = desk.history()
    undoing = str(asked.get("undo", ""))
    chosen = next((held.judgement for held in events if str(held.judgement.sequence) == undoing), None)
    done = desk.entry(asked["done"]) if asked.get("done") else None
    return "desk/judgements.html", {
        "events": [(held, desk.relation(held.judgement.sequence)) for held in events[:MOST_ROWS]],
        "total": len(events),
        "undoing": chosen,
        "undoing_related": desk.relation(chosen.sequence) if chosen else None,
        "reach": desk.reach(chosen.sequence) if chosen else None,
        "who": str(asked.get("who", "")),
        "why": asked.get("why", ""),
        "error": asked.get("error"),
        "done": done,
        "related": desk.relation(done[0].sequence) if done else None,
        "unpublished": desk.unpublished(),
        "publish": PUBLISH_HINT,
    }


def _labels(site: Site, questions: list[Question]) -> dict[str, str]:
    """What the things of these questions are called in the release that is served; a thing that it lacks has no label."""
    return _labelled(site, [member.id for held in questions for member in (held.left, held.right)])


def _labelled(site: Site, ids: list[str]) -> dict[str, str]:
    with site.database.lease() as reader:
        return {found.id: found.label or found.id for found in records.records(reader, ids)}
