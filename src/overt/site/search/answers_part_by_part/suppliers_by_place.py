"""Answer a question about the suppliers of several places with the projects and suppliers of each place."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Reply, size_of

_PLACES = frozenset({"area", "region"})
_INTENTS = frozenset({"suppliers", "projects"})
_COMPARISON, _BOTH = "comparison", "both"
_MAX_SIDES = 4
_MAX_SUPPLIERS = 20
"""Maximum number of suppliers that the sentence on a place names."""


def with_suppliers_by_place(scope: ProjectScope, reply: Reply, answer: Callable[[Question], Reply]) -> Reply | None:
    """Return a reply with the number of projects and the suppliers of each place of a question, and with items by place.

    Return None unless the question asks for suppliers or projects, names two to `_MAX_SIDES` places, and compares them or asks
    for each of them. Also None if it names a status or contains “both”. `answer`: returns the reply about one place.
    """
    question = scope.question
    sides = _sides(question)
    if question.intent not in _INTENTS or question.ids("status") or not 1 < len(sides) <= _MAX_SIDES or question.has(_BOTH):
        return None
    words = {marker.text for marker in question.markers if marker.id == _COMPARISON}
    if not (words or any(_has_phrase(question, word) for word in scope.lexicon.answer_words.distributions)):
        return None
    every = [part for side in sides for part in side]
    sentences, items, total = list[str](), list[Item](), 0
    for side in sides:
        changed = _of_side(question, side, every)
        label, about = scope.part_label(side[0]), answer(changed)
        sentences.append(_about_side(scope.about_question(changed), label))
        total += about.total
        for item in about.items[: MAX_ITEMS // len(sides)]:
            called = scope.language.gettext("%(name)s (%(detail)s)", name=item.label, detail=label)
            items.append(item._replace(label=called) if item.type == "organization" else item)
    reply.sentence, reply.items, reply.total = scope.sentences(*sentences), items, total
    reply.unused = [word for word in reply.unused if word not in words]
    return reply


def _has_phrase(question: Question, word: str) -> bool:
    phrase = tokens(word)
    return any(question.tokens[at : at + len(phrase)] == phrase for at in range(len(question.tokens)))


def _sides(question: Question) -> list[list[Part]]:
    """Return the places of a question. The members of a group, such as the Middle East, are one place."""
    spans: dict[tuple[int, int], list[Part]] = {}
    for part in question.parts:
        if part.type in _PLACES:
            spans.setdefault((part.start, part.end), []).append(part)
    return [*spans.values()]


def _of_side(question: Question, side: Sequence[Part], every: Sequence[Part]) -> Question:
    """Limit a question to one of its places, and leave out words that compare or count."""
    parts = [part for part in question.parts if part in side or part not in every]
    markers = [marker for marker in question.markers if marker.id not in (_COMPARISON, "count")]
    return replace(question, parts=parts, markers=markers, unweighed=[*question.unweighed])


def _about_side(scope: ProjectScope, label: str) -> str:
    """Return a sentence with the number of a place's documented projects, the number that don't count, and the suppliers."""
    language = scope.language
    mask = scope.seated(scope.mask(scope.filter()))
    if not mask.any():
        return language.gettext("%(place)s: no project on record. That is not evidence of absence.", place=label)
    number, unbuilt = size_of(mask & ~scope.disputed), size_of(mask & scope.disputed)
    counts = [language.ngettext("%(n)s documented project", "%(n)s documented projects", number)]
    if unbuilt:
        counts.append(language.gettext("%(projects)s announced, cancelled, denied or unverified", projects=scope.count(unbuilt)))
    names = [scope.called_row(row) for row in scope.suppliers_of(mask)]
    counted = language.comma.join(counts)
    if not names:
        return language.gettext("%(place)s: %(counts)s; no supplier is on record.", place=label, counts=counted)
    return language.gettext(
        "%(place)s: %(counts)s; suppliers and implementers: %(names)s.",
        place=label, counts=counted, names=scope.named(names, _MAX_SUPPLIERS),
    )  # fmt: skip
