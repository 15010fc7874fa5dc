"""Check a denial: reply with the records that meet all but one or two conditions of a question, if there are any."""

from collections.abc import Callable

from overt.queries.questions.understood_question import Question
from overt.site.search.answers_part_by_part.compared_sides import with_sides
from overt.site.search.answers_part_by_part.suppliers_by_place import with_suppliers_by_place
from overt.site.search.closest_answers.no_record_sentences import none_meets, without
from overt.site.search.closest_answers.relaxed_questions import Relaxed, relaxed_questions
from overt.site.search.notes_on_searched_and_other_records import searched
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply

_DENYING = frozenset({"dates", "suppliers", "agreements"})
"""Intents whose answers without items say that something isn't on record."""
_MOST = 2
"""Maximum number of answers in a reply. Each leaves out different conditions."""


def checked_reply(
    scope: ProjectScope, reply: Reply, answer: Callable[[Question], Reply], answer_side: Callable[[Question], Reply]
) -> Reply:
    """Return the reply that a reader gets. It is a denial only if nothing is on record under fewer conditions either.

    The reply to a comparison has a sentence for each side. `answer`, `answer_side`: return the reply to another question. Only
    the denials of `answer_side` are checked in turn.
    """
    is_empty = not (reply.items or reply.total) and scope.question.intent in _DENYING
    if by_place := with_suppliers_by_place(scope, reply, answer):
        return by_place
    if (compared := with_sides(scope, reply, answer_side)) or not (reply.is_denied or is_empty):
        return compared or reply
    near = _near_reply(scope, answer)
    if not (near or reply.is_denied):
        return reply
    about_search, *beside = searched(scope)
    if near:
        listed = {item.id for item in near.items}
        near.notes += [note for note in beside if not note.record or note.record not in listed]
        return near
    reply.sentence = scope.unknown_seats() or reply.sentence
    reply.notes += [about_search, *beside]
    return reply


def _near_reply(scope: ProjectScope, answer: Callable[[Question], Reply]) -> Reply | None:
    """Return a reply with the records that meet all but one or, failing that, two conditions; None to keep the denial.

    Its sentences say that no record meets all conditions, and give up to `_MOST` answers, each with the conditions that it
    leaves out. The items are those of the first answer. `answer`: returns the reply to a question with fewer conditions.
    """
    nearest: list[tuple[Relaxed, Reply]] = []
    for relaxed in relaxed_questions(scope.question, scope.lexicon):
        if nearest and relaxed.conditions > nearest[0][0].conditions:
            break  # This and all later questions leave out more conditions than needed.
        reply = answer(relaxed.question)
        if reply.items and not reply.is_denied and not any(_are_equal(reply, other) for _, other in nearest):
            nearest.append((relaxed, reply))
        if len(nearest) == _MOST:
            break
    if not nearest:
        return None
    first, near = nearest[0]
    sentences = [without(scope, relaxed.words, reply.sentence, relaxed.kinds) for relaxed, reply in nearest]
    scope.question.unweighed = [word for word in scope.question.unweighed if word in first.question.unweighed]
    near.sentence, near.is_near, near.is_denied = scope.sentences(none_meets(scope, scope.about()), *sentences), True, False
    return near


def _are_equal(reply: Reply, other: Reply) -> bool:
    return [item.id for item in reply.items] == [item.id for item in other.items] and reply.total == other.total
