"""Put restrictions of services before laws on the subject of these services: VPNs before laws on circumvention."""

from dataclasses import replace

from overt.queries.questions.understood_question import Part
from overt.site.search.agreements.agreement_reply import reply_about_agreements
from overt.site.search.blocking.blocking_reply import reply_about_blocking
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply

_OF_BLOCKING = frozenset({"area", "region", "subject", "intent", "year"})
_ASKING = frozenset({"blocked", "places"})
_BLOCKED = "blocked"


def reply_about_restricted_subject(scope: ProjectScope) -> Reply | None:
    """Return a reply with the restrictions of a subject's services, and laws on the subject, if the question is about blocking.

    “Which countries ban circumvention tools” is about blocking. Return None for other questions, such as “circumvention in
    Iran”.
    """
    question = scope.question
    if _BLOCKED not in question.ids("intent") or question.unknown_at or not _asks_for_services(scope):
        return None
    parts = [part for part in question.parts if part.type != "intent"]
    scope = scope.about_question(replace(question, parts=parts, intent="agreements", reason=""))
    return with_restricted_services(scope, reply_about_agreements(scope, scope.lexicon))


def with_restricted_services(scope: ProjectScope, reply: Reply) -> Reply:
    """Put the restrictions of a subject's services before an answer about laws, unless the question asks for laws.

    If there are no such restrictions, a sentence says so. If there are, laws that aren't about the subject are left out.
    """
    question = scope.question
    if not _asks_for_services(scope) or question.ids("intent"):
        return reply
    subjects = [part for part in question.parts if part.type == "subject"]
    named = [
        Part("service", service, part.text, part.start, part.end)
        for part in subjects
        for service in scope.lexicon.grammar.subject_services.get(part.id, ())
    ]
    parts = [part for part in question.parts if part not in subjects]
    about = scope.about_question(replace(question, parts=[*parts, *named], intent="blocked"))
    own = reply_about_blocking(about)
    labels = scope.joined([about.part_label(part) for part in named])
    if not own.total:
        none = scope.language.gettext("No restriction on record here is about: %(names)s.", names=labels)
        reply.sentence = scope.sentences(none, reply.sentence)
    elif reply.is_about_all:
        reply.sentence = scope.sentences(own.sentence, reply.sentence)
        reply.items, reply.total = [*own.items, *reply.items][:MAX_ITEMS], own.total + reply.total
        reply.is_by_date = False
    else:
        reply = own
    reply.used = USED["agreements"] | (reply.used or frozenset())
    return reply


def _asks_for_services(scope: ProjectScope) -> bool:
    """Return whether a question has a subject with services and, besides that, only places, years and words for blocking."""
    question = scope.question
    has_services = any(subject in scope.lexicon.grammar.subject_services for subject in question.ids("subject"))
    types = {part.type for part in question.parts}
    return has_services and {*question.ids("intent")} <= _ASKING and types <= _OF_BLOCKING and not question.excluded
