"""Choose the final answer to a question: the ordinary one, one without a part or a “yes”, or one with more limits."""

from dataclasses import replace

from overt.queries.questions.understood_question import Question
from overt.site.search.answers_part_by_part.customers_and_denials import with_denials_beside
from overt.site.search.closest_answers.answer_without_one_part import with_fewer_parts
from overt.site.search.limits.customer_kind_filter import with_customers_of_kind
from overt.site.search.limits.ignored_conditions import limits_left_out
from overt.site.search.limits.project_name_word_filter import with_limits_applied
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.replies_by_intent import reply_to
from overt.site.search.reply import Reply

_WITH_YES = frozenset({"blocked", "owners"})
"""Intents whose answers can be “yes”. If an answer leaves out a limit of the question, it must not be “yes”."""


def settled_answer(scope: ProjectScope, read: Question, reply: Reply | None) -> tuple[Question, Reply | None]:
    """Return the question that is finally answered, and the reply, which is None without an answer.

    `scope.question` is the question that `reply` answers or, without a reply, one that isn't understood. `read`: the question
    as it was read.
    """

    def answer(changed: Question) -> Reply:
        return reply_to(scope.reader, scope.words, scope.language, scope.lexicon, changed)

    if reply is None:
        return with_fewer_parts(scope.question, scope.lexicon, answer) or (scope.question, None)
    if reply.is_by_date:  # The answer is in the order that “earliest” or “latest” asks for.
        order = "earliest" if scope.asks_for_earliest else "latest"
        dated = {marker.text for marker in scope.question.markers if marker.id == order}
        reply.unused = [word for word in reply.unused if word not in dated]
        if order == "latest":
            recent = {*scope.lexicon.answer_words.recent}
            scope.question.unweighed = [word for word in scope.question.unweighed if word not in recent]
    is_ordinary = scope.question is read and read.intent in _WITH_YES  # Other answers are never “yes”.
    if is_ordinary and _leaves_limit_out(scope, read, reply):
        changed = replace(scope.question, is_relaxed=True, unweighed=[*scope.question.unweighed])
        return changed, answer(changed)
    if beside := with_denials_beside(scope, answer):
        return beside
    if applied := with_customers_of_kind(scope, reply, answer):
        return applied
    return with_limits_applied(scope, read, reply, answer) or (scope.question, reply)


def _leaves_limit_out(scope: ProjectScope, read: Question, reply: Reply) -> bool:
    unused = [word for word in (*scope.question.unweighed, *reply.unused) if word not in reply.applied]
    return not reply.is_denied and bool(limits_left_out(scope.language, scope.lexicon, read, unused, is_strict=True))
