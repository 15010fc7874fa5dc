"""Answer a question that compares places, organisations or services with a sentence for each of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply

_TYPES = ("area", "organization", "service", "region", "seat", "place", "kind")
"""Types of parts that a question can compare, most likely first."""
_MAX_SIDES = 4
_COMPARISON = "comparison"


def with_sides(scope: ProjectScope, reply: Reply, answer: Callable[[Question], Reply]) -> Reply | None:
    """Replace a reply's sentence with one sentence per side if the reply ignores the question's word for a comparison.

    If the reply has no items, it gets the items of all sides. Return None if the reply uses that word, or if the question
    has fewer than two or more than `_MAX_SIDES` sides. `answer`: returns the reply about one side.
    """
    words = {marker.text for marker in scope.question.markers if marker.id == _COMPARISON}
    sides = _sides(scope.question) if words & {*reply.unused} else []
    if not 1 < len(sides) <= _MAX_SIDES:
        return None
    colon, every = scope.language.gettext(": "), [part for side in sides for part in side]
    replies = [answer(_with_side(scope.question, side, every)) for side in sides]
    labels = [scope.part_label(side[0]) for side in sides]
    reply.sentence = scope.sentences(*(f"{label}{colon}{about.sentence}" for label, about in zip(labels, replies, strict=True)))
    if not reply.items:
        reply.items = [item for about in replies for item in about.items][:MAX_ITEMS]
        reply.total = sum(about.total for about in replies)
        reply.is_denied, reply.is_by_date = not reply.items, False
    reply.unused = [word for word in reply.unused if word not in words]
    return reply


def _sides(question: Question) -> list[list[Part]]:
    """Return the parts of each side of a comparison. The sides are parts of the first of `_TYPES` that occurs more than once.

    Parts that the same words stand for, such as the members of a group, are one side.
    """
    for kind in _TYPES:
        spans: dict[tuple[int, int], list[Part]] = {}
        for part in question.parts:
            if part.type == kind:
                spans.setdefault((part.start, part.end), []).append(part)
        if len(spans) > 1:
            return [*spans.values()]
    return []


def _with_side(question: Question, side: Sequence[Part], every: Sequence[Part]) -> Question:
    parts = [part for part in question.parts if part in side or part not in every]
    markers = [marker for marker in question.markers if marker.id != _COMPARISON]
    return replace(question, parts=parts, markers=markers, unweighed=[*question.unweighed])
