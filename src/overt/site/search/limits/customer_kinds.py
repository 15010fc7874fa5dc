"""Limit an answer about projects to those whose named customer or operator is of a kind, such as a police force, by its name."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from overt.index.search_text import IS_HAN, written
from overt.queries import projects
from overt.queries.database import json_array
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import inflected, tokens
from overt.queries.questions.understood_question import Marker, Question
from overt.site.search.limits.decisive_questions import is_decisive
from overt.site.search.projects.project_scope_notes import ProjectScope
from overt.site.search.reply import Reply

_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "organization", "kind"})
"""Intents whose answers are about projects."""
_LISTED = frozenset({"answer", "organization", "kind"})
"""Intents whose answers become a list of projects, so that their customers are seen."""
_STATEMENTS = "statements"
_CUSTOMERS = frozenset({"customer", "operator"})
_MAX_ROWS = 10
"""Maximum number of other projects that are read. A sentence names the first of them."""


def with_customers_of_kind(
    scope: ProjectScope, reply: Reply, answer: Callable[[Question], Reply]
) -> tuple[Question, Reply] | None:
    """Return the answer about the projects whose customers are of the kinds that a question names; None to keep the ordinary one.

    The first sentence says that names decide. Further ones name the other projects that meet the rest: those without a named
    customer, and those with customers of other kinds. None if no project has such a customer, or if the question asks for a first
    or a number. `answer`: returns the reply to a question.
    """
    question = scope.question
    words = {word: meant for word in question.unweighed if (meant := customer_kinds(scope.lexicon, word))}
    if not words or question.intent not in _OF_PROJECTS or reply.is_denied or reply.is_near or question.has(_STATEMENTS):
        return None
    if is_decisive(question):
        return None
    wider = replace(question, unweighed=[word for word in question.unweighed if word not in words])
    about = scope.about_question(wider)
    ids = about.ids(about.seated(about.mask(about.filter())))
    customers = _customers(scope, ids)
    kinds = {kind for of_word in words.values() for kind in of_word}
    chosen = [id_ for id_ in ids if any(is_of_kind(scope.lexicon, name, kinds) for name in customers.get(id_, ()))]
    if not chosen:
        return None
    marker = Marker("customers", next(iter(words)), 0, 0)
    intent = "projects" if question.intent in _LISTED else question.intent
    narrowed = replace(wider, only=tuple(chosen), intent=intent, markers=[*wider.markers, marker])
    applied = answer(narrowed)
    if applied.is_denied or applied.is_near or not applied.items:
        return None
    applied.unused = [word for word in applied.unused if word != marker.text]
    without = [id_ for id_ in ids if id_ not in customers]
    of_other_kinds = [id_ for id_ in ids if id_ in customers and id_ not in chosen]
    applied.sentence = scope.sentences(_counted(scope, [*words]), applied.sentence, *_about_rest(scope, without, of_other_kinds))
    return narrowed, applied


def customer_kinds(lexicon: Lexicon, word: str) -> list[str]:
    """Return the kinds of customers that a question's word means."""
    phrase = tokens(word)
    forms = {phrase, *inflected(phrase)}
    return [kind for kind, words in lexicon.grammar.customer_words.items() if not forms.isdisjoint(map(tokens, words))]


def is_of_kind(lexicon: Lexicon, name: str, kinds: Collection[str]) -> bool:
    """Return whether the name of an organisation has a word of one of the kinds at the beginning of a word."""
    folded = f" {written(name)}"
    listed = (word for kind in kinds for word in lexicon.grammar.customer_names.get(kind, ()))
    return any(word in folded if IS_HAN.search(word) else f" {word}" in folded for word in listed)


def _customers(scope: ProjectScope, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the names of the customers and operators of projects, in both languages, by project."""
    customers = dict[str, list[str]]()
    for row in scope.reader.rows("question_texts.parties", {"ids": json_array(ids)}):
        if row["role"] in _CUSTOMERS:
            customers.setdefault(row["id"], []).extend(filter(None, [row["label"], row["label_zh"]]))
    return customers


def _counted(scope: ProjectScope, words: Sequence[str]) -> str:
    quoted = scope.joined([scope.language.gettext("“%(name)s”", name=word) for word in words])
    return scope.language.gettext(
        "These have a named customer or operator of this kind, as far as its name says so: %(words)s.", words=quoted
    )


def _about_rest(scope: ProjectScope, without: Sequence[str], of_other_kinds: Sequence[str]) -> list[str]:
    """Return sentences on the projects without a named customer, and on those with customers of other kinds."""
    rows = projects.by_id(scope.reader, [*without[:_MAX_ROWS], *of_other_kinds[:_MAX_ROWS]])

    def names(ids: Sequence[str]) -> str:
        return scope.named([scope.called(rows[identity]) for identity in ids[:_MAX_ROWS]])

    sentences = []
    if without:
        text = scope.language.ngettext(
            "%(n)s more project meets the rest and has no named customer: %(names)s.",
            "%(n)s more projects meet the rest and have no named customer: %(names)s.", len(without), names=names(without),
        )  # fmt: skip
        sentences.append(text)
    if of_other_kinds:
        text = scope.language.ngettext(
            "%(n)s more project has a customer whose name doesn’t say so, such as a government: %(names)s.",
            "%(n)s more projects have customers whose names don’t say so, such as governments: %(names)s.",
            len(of_other_kinds), names=names(of_other_kinds),
        )  # fmt: skip
        sentences.append(text)
    return sentences
