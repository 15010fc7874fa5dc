"""Answer questions about who uses something and who denies it, with projects, their customers, and denials."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from overt.queries import projects
from overt.queries.questions.understood_question import Marker, Question
from overt.site.search.limits.customer_kind_filter import with_customers_of_kind
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply
from overt.site.search.texts.searchable_texts import statements_about

_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "organization", "kind"})
_DENIAL, _DENIED = "denial", "denied"


def with_denials_beside(scope: ProjectScope, answer: Callable[[Question], Reply]) -> tuple[Question, Reply] | None:
    """Return an answer with the question's projects, their customers, and the denials about them.

    Return None for other questions, or if nothing is on record. `answer`: returns the reply to a question.
    """
    question = scope.question
    if not question.asks_who_denies or question.intent not in _OF_PROJECTS:
        return None
    listed = replace(question, intent="projects", markers=[*question.markers, Marker("customers", "", 0, 0)])
    reply = answer(listed)
    if reply.is_denied or reply.is_near or not reply.items:
        return None
    listed, reply = with_customers_of_kind(scope.about_question(listed), reply, answer) or (listed, reply)
    ids = [item.id for item in reply.items if item.type == "project"]
    rows = projects.by_id(scope.reader, ids)
    by_status = {identity for identity in ids if rows[identity].status == _DENIED}
    denials = {
        identity: [statement.text for statement in texts if statement.kind == _DENIAL]
        for identity, texts in statements_about(scope, ids).items()
    }
    denied = [identity for identity in ids if identity in by_status or denials.get(identity)]
    reply.sentence = scope.sentences(reply.sentence, _counted(scope, [scope.called(rows[identity]) for identity in denied]))
    reply.items = [item._replace(detail=_detail(scope, item.detail, denials, item.id)) for item in reply.items]
    return listed, reply


def _counted(scope: ProjectScope, names: Sequence[str]) -> str:
    if not names:
        return scope.language.gettext("No denial about those listed is on record.")
    return scope.language.ngettext(
        "Of those listed, %(n)s is denied, by its status or in a statement: %(names)s.",
        "Of those listed, %(n)s are denied, by their status or in a statement: %(names)s.",
        len(names), names=scope.named(names, len(names)),
    )  # fmt: skip


def _detail(scope: ProjectScope, detail: str, denials: Mapping[str, Sequence[str]], identity: str) -> str:
    return scope.language.gettext("; ").join([detail, *denials.get(identity, ())])
