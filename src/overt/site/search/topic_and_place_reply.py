"""Reply to a topic and a place without a word for laws, such as “uganda 2021 election internet”: what is on record there."""

from overt.queries.questions.question_tokens import tokens
from overt.site.search.blocking.blocking_reply import reply_about_blocking, restrictions_there
from overt.site.search.conditions_by_reply import USED
from overt.site.search.notes_on_searched_and_other_records import counted_in_countries
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply
from overt.site.search.reply_words import Note

_ONLINE = frozenset({"cyberspace", "media"})
"""Subjects of laws that restrictions of networks and services may be about as well."""
_PLACE = frozenset({"area", "year"})


def is_about_circumstances(scope: ProjectScope) -> bool:
    """Return whether a question names only countries, years and circumstances such as elections."""
    types = {part.type for part in scope.question.parts}
    return bool(scope.areas) and types <= _PLACE and not scope.lexicon.circumstances.isdisjoint(scope.question.unweighed)


def asks_for_no_law(scope: ProjectScope) -> bool:
    """Return whether a question about the internet or media in one country has no word for laws, agreements, bans or parties.

    Other subjects count if the question also names a circumstance such as an election.
    """
    question = scope.question
    asks = {"agreements", "blocked"} & set(scope.intents) or question.agreement_kinds or scope.organizations or scope.seats
    topics = [part.text for part in question.parts if part.type == "subject"]
    is_online = bool(_ONLINE & set(question.ids("subject"))) or not scope.lexicon.circumstances.isdisjoint(question.unweighed)
    return is_online and len(scope.areas) == 1 and not scope.regions and not asks and bool(topics) and not _names_laws(topics)


def _names_laws(topics: list[str]) -> bool:
    return any(word in ("law", "laws", "regulation", "法", "规") for topic in topics for word in tokens(topic))


def reply_about_place(scope: ProjectScope, instead_of: Reply) -> Reply:
    """Return the restrictions on record in the question's countries and years or, without any, how much else is on record there.

    `instead_of`: the reply about laws or projects, whose sentence becomes a note; it is returned if nothing is on record.
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
