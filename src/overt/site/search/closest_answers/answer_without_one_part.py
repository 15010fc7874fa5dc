"""Answer a question without one of its parts if no answer combines all of them. The first sentence names the part left out."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from overt.queries.questions.question_intent import NAME_INTENTS, decide
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.reply import Reply

_COMBINATION, _DENIED = "combination", "denied"
_DROPPED = ("intent", "seat", "restriction", "kind", "status")
"""Types of parts that can be left out, least important first. Names are never left out."""
_NAMES = frozenset({"organization", "service", "area", "region", "place", "project_name", "series"})
_OF_STATEMENTS = frozenset({"organization", "area", "status", "year"})
"""Types of parts that are kept in a question such as “what did Y say about the X software in its network”."""


def with_fewer_parts(question: Question, lexicon: Lexicon, answer: Callable[[Question], Reply]) -> tuple[Question, Reply] | None:
    """Return a question without one of its parts, and the reply to it, if no answer combines all parts; otherwise None.

    Names and words for denials are kept. But if the question asks what an organisation said, everything except organisations,
    countries, statuses and years is left out first. Return None for questions with an exclusion, a threshold or unknown words.
    `answer`: returns the reply to a question.
    """
    if question.reason != _COMBINATION or question.excluded or question.unknown_at or question.threshold:
        return None
    for dropped in _droppable(question):
        parts = [part for part in question.parts if part not in dropped]
        fewer = replace(
            question,
            parts=parts,
            reason="",
            markers=[*question.markers],
            unknown_at=set(),
            unweighed=[*question.unweighed],
            dropped=list(dict.fromkeys(part.text for part in dropped)),
            is_relaxed=True,
        )
        decide(fewer, lexicon, has_years=any(part.type == "year" for part in parts), are_one_range=True)
        if not fewer.understood or fewer.intent in NAME_INTENTS:
            continue
        reply = answer(fewer)
        if reply.items and not reply.is_denied and not reply.is_near:
            return fewer, reply
    return None


def _droppable(question: Question) -> Iterator[list[Part]]:
    """Yield groups of parts that can be left out together; nothing if the question has no name.

    A group has the parts at the same words. If the question asks what an organisation said, the first group has all parts that
    describe what the statement was about.
    """
    if not any(part.type in _NAMES for part in question.parts):
        return
    if question.has("statements") and question.ids("organization"):
        yield [part for part in question.parts if part.type not in _OF_STATEMENTS]
    for kind in _DROPPED:
        spans = dict.fromkeys((part.start, part.end) for part in question.parts if part.type == kind and part.id != _DENIED)
        for span in spans:
            yield [part for part in question.parts if (part.start, part.end) == span]
