"""Replies with what is on record in a place, for questions without a word for laws: “uganda 2021 election internet”."""

from overt.queries.questions.question_tokens import tokens
from overt.site.search.blocking.blocking_reply import reply_about_blocking, restrictions_there
from overt.site.search.conditions_by_reply import USED
from overt.site.search.notes_on_searched_and_other_records import counted_in_countries
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, Reply

_ONLINE = frozenset({"cyberspace", "media"})
"""Subjects that laws share with restrictions of networks and services."""
_PLACE = frozenset({"area", "year"})


def is_about_circumstances(scope: ProjectScope) -> bool:
    """Return whether a question names only countries, years and circumstances such as elections."""
    types = {part.type for part in scope.question.parts}
    return bool(scope.areas) and types <= _PLACE and not scope.lexicon.circumstances.isdisjoint(scope.question.unweighed)


def asks_for_no_law(scope: ProjectScope) -> bool:
    """Return whether a question about the internet or media in one country mentions no laws, agreements, bans or parties.

    A question about another subject qualifies if it also names a circumstance such as an election.
    """
    question = scope.question
    asks = {"agreements", "blocked"} & set(scope.intents) or question.agreement_kinds or scope.organizations or scope.seats
    topics = [part.text for part in question.parts if part.type == "subject"]
    is_online = bool(_ONLINE & set(question.ids("subject"))) or not scope.lexicon.circumstances.isdisjoint(question.unweighed)
    return is_online and len(scope.areas) == 1 and not scope.regions and not asks and bool(topics) and not _names_laws(topics)


def _names_laws(topics: list[str]) -> bool:
    return any(word in ("law", "laws", "regulation", "法", "规") for topic in topics for word in tokens(topic))


def reply_about_place(scope: ProjectScope, instead_of: Reply) -> Reply:
    """Return a reply with the restrictions in the question's countries and years or, without any, the number of other records.

    `instead_of`: the reply about laws or projects, returned if nothing is on record. Otherwise, its sentence becomes a note.
    """
    first, last = scope.question.years or (None, None)
    notes = [Note(instead_of.sentence, instead_of.address)]
    there = [*restrictions_there(scope, scope.areas, first, last)]
    if there:
        blocked = reply_about_blocking(scope)
        used = USED["blocked"] & {"area", "years"}
        return Reply(there[0].text, blocked.address, blocked.items, blocked.total, [*notes, *blocked.notes], used)
    counted = [*counted_in_countries(scope)]
    if counted:
        return Reply(counted[0].text, counted[0].address, instead_of.items, instead_of.total, [*notes, *instead_of.notes])
    return instead_of
