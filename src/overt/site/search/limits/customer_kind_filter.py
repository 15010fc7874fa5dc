"""Limit an answer about projects to those whose customer or operator is of a kind that the question names, such as the police."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from overt.queries.questions.and_or_words import unused_alternatives
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Marker, Question
from overt.site.search.limits.customer_kind_sentences import about_customers, about_rest, about_similar
from overt.site.search.limits.customer_kinds import included_kinds, kinds_of_words
from overt.site.search.limits.customers_by_project import CustomersByProject
from overt.site.search.limits.questions_that_need_all_limits import is_decisive
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply

_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "organization", "kind", "dates", "amounts", "money"})
"""Intents whose answers are about projects."""
_OF_PLACES = frozenset({"country", "region"})
"""Intents of questions that consist only of a place and words for users: “police system Kenya”."""
_LISTED = frozenset({"answer", "organization", "kind", *_OF_PLACES})
"""Intents whose answers become a list of projects, because such a list shows the customers."""
_OTHER_THAN_CUSTOMERS = frozenset({"suppliers", "dates", "amounts", "money"})
"""Intents whose answers begin with something other than customers."""
_STATEMENTS, _DENIED, _COUNT = "statements", "denied", "count"


def with_customers_of_kind(
    scope: ProjectScope, reply: Reply, answer: Callable[[Question], Reply]
) -> tuple[Question, Reply] | None:
    """Return an answer with the projects whose customers are of the kinds that a question names; None to keep the ordinary one.

    A project whose own name has a word for such users counts, too. The first sentences name the customers of these kinds by
    country. Further sentences name other projects that meet the question's other conditions: projects with customers of
    unrecognised kind, and projects without a named customer. If no project has such a customer, the answer says so and lists
    all projects, unless the question asks for a first or a number. `answer`: returns the reply to a question.
    """
    question = scope.question
    words = kinds_of_words(scope.lexicon, question)
    is_of_statements = question.has(_STATEMENTS) or _DENIED in question.ids("status")
    if not words or question.intent not in _OF_PROJECTS | _OF_PLACES or reply.is_denied or is_of_statements:
        return None
    if unused_alternatives(question, [*words], scope.lexicon.present_words):
        return None
    any_kind = [part.text for part in question.parts if part.type == "kind" and part.text in scope.lexicon.grammar.any_kind]
    parts = [part for part in question.parts if not (part.type == "kind" and part.text in any_kind)]
    unweighed = [word for word in question.unweighed if word not in words]
    intent = "projects" if question.intent in _LISTED or _lists_by_seat(question) else question.intent
    markers = [marker for marker in question.markers if not (marker.id == _COUNT and marker.end in _starts(question, words))]
    wider = replace(question, parts=parts, unweighed=unweighed, intent=intent, markers=markers)
    kinds = included_kinds(scope.lexicon.grammar, {kind for of_word in words.values() for kind in of_word})
    customers = CustomersByProject(scope, wider, kinds)
    if not customers.chosen and (is_decisive(question) or not customers.ids):
        return None
    narrowed = replace(wider, markers=[*markers, Marker("customers", next(iter(words)), 0, 0)])
    narrowed.only = (*customers.chosen,) if customers.chosen else question.only
    applied = answer(narrowed)
    if applied.is_denied or applied.is_near or not applied.items:
        return None
    applied.unused = [word for word in applied.unused if word not in words]
    about = about_customers(scope, [*words], kinds, customers.named, any_kind)
    is_second = intent in _OTHER_THAN_CUSTOMERS and customers.chosen
    leading = [applied.sentence, about] if is_second else [about, applied.sentence]
    rest = about_rest(scope, customers.rest, kinds) if customers.chosen else []
    applied.sentence = scope.sentences(*leading, *rest, about_similar(scope, customers.similar))
    return narrowed, applied


def _lists_by_seat(question: Question) -> bool:
    """Return whether a question is about suppliers only because of a home country: “which armies bought Chinese systems”."""
    return question.intent == "suppliers" and "suppliers" not in question.ids("intent") and not question.has("most")


def _starts(question: Question, words: Iterable[str]) -> set[int]:
    """Return the token positions at which one of the words begins in a question."""
    phrases = [tokens(word) for word in words]
    return {at for at in range(len(question.tokens)) for phrase in phrases if question.tokens[at : at + len(phrase)] == phrase}
