"""Check a denial: reply with what is on record under all conditions of a question but one or two, if anything is."""

from collections.abc import Callable

from overt.site.search.near.relaxed_questions import Relaxed, relaxed_questions
from overt.queries.questions.understood_question import Question
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply

_MOST = 2
"""Maximum number of ways of leaving conditions out that a reply has."""


def near_reply(scope: ProjectScope, denied: Reply, answer: Callable[[Question], Reply]) -> Reply | None:
    """Return the records that meet all conditions of a question but one, or else but two; None to keep the denial.

    The sentence says that no record meets all conditions, and which one each of up to `_MOST` answers leaves out. The items are
    those of the first. `answer`: returns the reply to a question with fewer conditions, whose own denial isn't checked.
    """
    found: list[tuple[Relaxed, Reply]] = []
    for relaxed in relaxed_questions(scope.question, scope.near_kinds):
        if found and len(relaxed.words) > len(found[0][0].words):
            break  # fewer conditions than needed
        reply = answer(relaxed.question)
        if reply.items and not reply.is_denied and not any(_are_equal(reply, other) for _, other in found):
            found.append((relaxed, reply))
        if len(found) == _MOST:
            break
    if not found:
        return None
    first, near = found[0]
    sentences = [_sentence(scope, relaxed, reply) for relaxed, reply in found]
    about = scope.about()
    head = scope.language.gettext("No record meets all of this: %(what)s.", what=about)
    scope.question.unweighed = [word for word in scope.question.unweighed if word in first.question.unweighed]
    near.sentence, near.is_near, near.is_denied = scope.sentences(head, *sentences), True, False
    return near


def _are_equal(reply: Reply, other: Reply) -> bool:
    return [item.id for item in reply.items] == [item.id for item in other.items] and reply.total == other.total


def _sentence(scope: ProjectScope, relaxed: Relaxed, reply: Reply) -> str:
    words = scope.listed(scope.language.gettext("“%(name)s”", name=word) for word in relaxed.words)
    if relaxed.kinds:
        kinds = scope.listed(scope.label("kind", kind, kind) for kind in relaxed.kinds)
        return scope.language.gettext(
            "Of similar kinds (%(kinds)s) instead of %(words)s: %(sentence)s", kinds=kinds, words=words, sentence=reply.sentence
        )
    return scope.language.gettext("Without %(words)s: %(sentence)s", words=words, sentence=reply.sentence)
