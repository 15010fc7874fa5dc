"""Answer a question that compares places, organisations or services with a sentence for each of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply

_TYPES = ("area", "organization", "service", "region", "seat", "place", "kind")
"""Types of parts that a question can compare, the most likely first."""
_MAX_SIDES = 4
_COMPARISON = "comparison"


def with_sides(scope: ProjectScope, reply: Reply, answer: Callable[[Question], Reply]) -> Reply:
    """Return a reply that doesn't use the question's word for a comparison, with a sentence for each side instead of its own.

    It is returned unchanged if it uses that word, or if the question has no sides. `answer`: returns the reply about one side.
    """
    words = {marker.text for marker in scope.question.markers if marker.id == _COMPARISON}
    sides = _sides(scope.question) if words & {*reply.unused} else []
    if not 1 < len(sides) <= _MAX_SIDES:
        return reply
    colon = scope.language.gettext(": ")
    sentences = []
    for side in sides:
        about = answer(_with_side(scope.question, side, [part for other in sides for part in other]))
        sentences.append(f"{scope.part_label(side[0])}{colon}{about.sentence}")
    reply.sentence = scope.sentences(*sentences)
    reply.unused = [word for word in reply.unused if word not in words]
    return reply


def _sides(question: Question) -> list[list[Part]]:
    """Return the parts of each side, of the first type that has several. The members of a group are one side."""
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
