"""Answer what a country used before or after a supplier: by the dates of projects of the same kinds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from overt.index.project_filters import ProjectFilter
from overt.queries import projects
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.product_questions import PRODUCT
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import Reply

_BEFORE, _AFTER = "before", "after"
_PLACES = frozenset({"area", "place"})
_CONDITIONS = frozenset({"area", "place", "kind"})
"""Types of parts that the other projects must meet, too."""
_MAX_GAP = 2
"""Maximum number of words, such as “the”, between a word for an order and the supplier."""
_MAX_NAMES = 8
_REASONS = frozenset({"", "words", "combination"})
_INTENTS = frozenset({"", "answer", "projects", "suppliers", "places", "dates"})
_OF_ORGANIZATIONS = frozenset({"owners", "statements", "lifted", "subsidiaries"})
"""Markers of questions about organisations, not about their projects."""


class _Order(NamedTuple):
    """What a question asks for: projects before or after those of a supplier."""

    which: str
    part: Part


def reply_in_order(scope: RelatedProjects, answer: Callable[[Question], Reply]) -> tuple[Question, Reply] | None:
    """Return a reply with the projects before or after those of a supplier in a country; None for any other question.

    Only projects of the kinds that the question names count or, if it names none, of those of the supplier's projects there. That
    one replaced the other is never claimed. `answer`: returns the reply to a question about projects.
    """
    question = scope.question
    is_of_projects = question.intent in _INTENTS and question.reason in _REASONS and not any(map(question.has, _OF_ORGANIZATIONS))
    order = _order_of(scope) if is_of_projects and not question.years else None
    if order is None or not any(part.type in _PLACES for part in question.parts):
        return None
    conditions = [part for part in question.parts if part.type in _CONDITIONS]
    about = scope.about_question(replace(question, parts=conditions, markers=[], unweighed=[], only=None, years=None))
    chosen = about.filter()
    of_part = _of_part(scope, about, chosen, order.part)
    rows = projects.by_id(scope.reader, about.ids(of_part))
    if not rows:
        return None
    kinds = () if chosen.kind else tuple(dict.fromkeys(kind for row in rows.values() for kind in row.kinds))
    of_others = about.mask(replace(chosen, kind=chosen.kind or kinds)) & ~of_part
    dated = [row.year for row in rows.values() if row.year]
    first = min(dated, default=None)
    candidates = projects.by_id(scope.reader, about.ids(of_others))
    in_order = [
        row
        for row in sorted(candidates.values(), key=lambda row: (-(row.year or 0), row.id))
        if row.year and first and (row.year < first if order.which == _BEFORE else row.year > first)
    ]
    undated = [row for _, row in sorted(candidates.items()) if not row.year]
    listed = [*(row.id for row in in_order), *sorted(rows), *(row.id for row in undated)]
    parts = [part for part in conditions if part.type in _PLACES]
    narrowed = replace(
        question, parts=parts, markers=[], unweighed=[], only=tuple(listed), intent="projects", reason="", unknown_at=set()
    )
    reply = answer(narrowed)
    label = order.part.label if order.part.type == PRODUCT else scope.label("organization", order.part.id, order.part.id)
    by_id = {item.id: item for item in reply.items}
    reply.items = [by_id[identity] for identity in listed if identity in by_id]
    reply.notes = [note for note in reply.notes if note.is_denial]
    language = scope.language
    year = str(first) if first else language.gettext("no date")
    messages = {
        (_BEFORE, True): language.gettext(
            "Before the first project of %(name)s there (%(year)s), these of the same kind are dated: %(names)s.",
            name=label, year=year, names=_named(scope, in_order),
        ),
        (_BEFORE, False): language.gettext(
            "No project of the same kind is dated before the first one of %(name)s there (%(year)s).", name=label, year=year
        ),
        (_AFTER, True): language.gettext(
            "After the first project of %(name)s there (%(year)s), these of the same kind are dated: %(names)s.",
            name=label, year=year, names=_named(scope, in_order),
        ),
        (_AFTER, False): language.gettext(
            "No project of the same kind is dated after the first one of %(name)s there (%(year)s).", name=label, year=year
        ),
    }  # fmt: skip
    no_date = language.gettext("Without a date: %(names)s.", names=_named(scope, undated)) if undated else ""
    caution = language.gettext(
        "Dates show only the order; that one system replaced another is recorded only where its text says so."
    )
    reply.sentence = scope.sentences(messages[order.which, bool(in_order)], no_date, caution)
    return narrowed, reply


def _named(scope: RelatedProjects, rows: Sequence[projects.Project]) -> str:
    names = [
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.called(row), detail=scope.project_detail(row)) for row in rows
    ]
    return scope.named(names, _MAX_NAMES)


def _of_part(scope: RelatedProjects, about: RelatedProjects, chosen: ProjectFilter, part: Part) -> Mask:
    """Return the projects of a supplier or product; those with its name in their titles if it is no party to any."""
    if part.type == PRODUCT:
        return about.mask(chosen) & scope.reader.vectors.mask(scope.reader.vectors.numbers(scope.question.only or ()))
    of_organization = about.mask(replace(chosen, company=(part.id,)))
    if of_organization.any():
        return of_organization
    return about.mask(replace(chosen, q=part.text))


def _order_of(scope: RelatedProjects) -> _Order | None:
    """Return the order that a question asks for, and the supplier's part: the words are right before or behind it."""
    question, words = scope.question, scope.lexicon.grammar.order_words
    asking = [tokens(word) for word in words.get("asking", ())]
    if not any(question.tokens[at : at + len(word)] == word for word in asking for at in range(len(question.tokens))):
        return None
    is_supplier = (part for part in question.parts if part.type == "organization" or part.id in scope.lexicon.grammar.products)
    for part in is_supplier:
        for which in (_BEFORE, _AFTER):
            for word in words.get(which, ()):
                phrase = tokens(word)
                for gap in range(_MAX_GAP + 1):
                    start = part.start - gap - len(phrase)
                    if (
                        start >= 0
                        and question.tokens[start : start + len(phrase)] == phrase
                        and gap <= _fillers(scope, start + len(phrase), part.start)
                    ):
                        return _Order(which, part)
            for word in words.get(f"{which}_behind", ()):
                phrase = tokens(word)
                if question.tokens[part.end : part.end + len(phrase)] == phrase:
                    return _Order(which, part)
    return None


def _fillers(scope: RelatedProjects, start: int, end: int) -> int:
    """Return the number of words between two positions if all of them mean nothing; -1 otherwise."""
    words = scope.question.tokens[start:end]
    is_filler = [any(sense.type in ("filler", "verb") for sense in scope.lexicon.senses((word,))) for word in words]
    return len(words) if all(is_filler) else -1
