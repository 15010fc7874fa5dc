"""Limit a decisive question to projects whose names, kinds or parties contain words that have no field, such as “airport”.

Descriptions aren't searched, because a project whose description mentions prisons need not be in a prison.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from overt.queries.database import json_array
from overt.queries.questions.and_or_words import unused_alternatives
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question
from overt.queries.questions.words_sought_in_texts import SoughtWord, forms_in, sought_word
from overt.site.search.limits.ignored_conditions import limits_left_out
from overt.site.search.limits.questions_that_need_all_limits import counts_word, is_decisive
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply

_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "dates", "amounts", "money"})
"""Intents whose answers are about projects."""
_OR = frozenset({"or", "或", "或者"})


def with_limits_applied(
    scope: ProjectScope, read: Question, reply: Reply, answer: Callable[[Question], Reply]
) -> tuple[Question, Reply] | None:
    """Return a decisive question, and an answer limited to projects whose names, kinds or parties contain its limits, or None.

    The limits are words without a field, such as “airport”. None means that the ordinary answer is kept. `read`: the question
    as it was read. `answer`: returns the reply to a question.
    """
    question = scope.question
    if reply.is_denied or not (is_decisive(question) and question.intent in _OF_PROJECTS):
        return None
    if any(len({part.start for part in question.parts if part.type == kind}) > 1 for kind in ("organization", "area")):
        return None  # One of these names may only have projects without the words.
    limits = limits_left_out(scope.language, scope.lexicon, read, [*question.unweighed, *reply.unused])
    if not limits or not all(_is_applicable(scope, word) for word in limits):
        return None
    wider = replace(question, unweighed=[word for word in question.unweighed if word not in limits])
    sought = [sought_word(word, scope.lexicon.text_words) for word in limits]
    named, number = _named_with(scope.about_question(wider), sought)
    if not named:
        return None
    narrowed = replace(wider, only=tuple(named))
    applied = answer(narrowed)
    if applied.is_denied or applied.is_near or not applied.items:
        return None
    applied.sentence = scope.sentences(_about(scope, limits, number - len(named)), applied.sentence)
    return narrowed, applied


def _is_applicable(scope: ProjectScope, word: str) -> bool:
    """Return whether projects can be selected by a word.

    It must not be a number, a part of another condition, or what is counted, and “and” must not join it to another subject.
    """
    question, phrase = scope.question, tokens(word)
    is_free = word in question.unweighed and not any(token.isdigit() for token in phrase)
    is_alternative = not _OR.isdisjoint(question.tokens)
    joined = [] if is_alternative else unused_alternatives(question, [word], scope.lexicon.present_words)
    return is_free and not joined and not counts_word(question, phrase)


def _named_with(scope: ProjectScope, sought: Sequence[SoughtWord]) -> tuple[list[str], int]:
    """Return the ids of the question's projects whose names, kinds or organisations contain the words.

    Also return the number of all its projects. If the question has “or”, one of the words is enough.
    """
    ids = scope.ids(scope.seated(scope.mask(scope.filter()) | scope.with_commitments(scope.filter())))
    names = _names(scope, ids)
    enough = any if not _OR.isdisjoint(scope.question.tokens) else all
    return [identity for identity in ids if enough(_has(names[identity], word) for word in sought)], len(ids)


def _has(names: Sequence[str], word: SoughtWord) -> bool:
    return any(forms_in(name, word, is_name=True) for name in names)


def _names(scope: ProjectScope, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the names of projects, of their kinds and of their organisations, by project, in both languages."""
    names = defaultdict[str, list[str]](list)
    for row in scope.reader.rows("question_texts_and_facts.names", {"ids": json_array(ids)}):
        names[row["id"]] += [scope.language.phrase(row["value"]) or row["value"], row["value"]]
    for row in scope.reader.rows("question_texts_and_facts.parties", {"ids": json_array(ids)}):
        names[row["id"]] += [row["label"] or "", row["label_zh"] or ""]
    for row in scope.reader.rows("question_texts_and_facts.kinds", {"ids": json_array(ids)}):
        names[row["id"]].append(scope.words.term("project-kinds", row["value"]))
    return names


def _about(scope: ProjectScope, words: Sequence[str], more: int) -> str:
    """Return sentences on which projects count, and on how many more would match without the words."""
    names = [scope.language.gettext("“%(name)s”", name=word) for word in words]
    quoted = scope.listed(names) if _OR.isdisjoint(scope.question.tokens) else scope.joined(names)
    counted = scope.language.gettext(
        "Only projects with %(words)s in their names, kinds or organisations count here.", words=quoted
    )
    rest = scope.language.ngettext(
        "%(n)s more project meets the rest, without these words.", "%(n)s more projects meet the rest, without these words.", more
    )
    return scope.sentences(counted, rest if more else "")
