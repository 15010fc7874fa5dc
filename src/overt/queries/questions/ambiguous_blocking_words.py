"""Decides what ambiguous words mean in a question about blocking: services, groups of services, restrictions or filtering."""

from overt.index.search_text import IS_HAN
from overt.queries.questions.and_or_words import unused_alternatives
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Part, Question

_ORIGINS = frozenset({"area", "adjective", "region"})
_SHUTDOWN = "shutdown"
_EXCLUDED = frozenset({"area", "region"})
"""Types of parts that a question about groups of services can leave out."""
_BESIDE_GROUPS = frozenset({"kind", "organization", "seat", "project_name"})
"""Types of parts beside which a word for services may mean something else."""


def settle_short_services(question: Question, lexicon: Lexicon) -> None:
    """Read a word such as “X” as the short name of a service if the question is about what is blocked or unblocked."""
    is_about_blocking = "blocked" in question.ids("intent") or bool(question.ids("restriction")) or question.has("lifted")
    for at in sorted(question.unknown_at) if is_about_blocking else ():
        if service := lexicon.short_services.get((word := question.tokens[at],)):
            question.unknown_at.remove(at)
            question.parts.append(Part("service", service, word, at, at + 1, word.upper()))
    question.parts.sort(key=lambda part: part.start)


def drop_service_origins(question: Question, lexicon: Lexicon) -> None:
    """In a question about blocking, leave out a place right before a word for services, as in “bans on Chinese apps”.

    The place is reported as left out. A question that names an organisation is not changed. Neither is a question whose only
    place is a country that is named by a noun and isn't known for exports: in “Gabon social media ban”, Gabon is the place of the
    restriction. If no place remains, the question may have no answer, and is then declined.
    """
    is_about_blocking = "blocked" in question.ids("intent") or bool(question.ids("restriction"))
    if not is_about_blocking or question.ids("organization"):
        return
    origins = [part for part in question.parts if part.type in _ORIGINS and _is_before_services(question, lexicon, part.end)]
    places = [part for part in question.parts if part.type in _ORIGINS]
    if len(origins) == len(places) == 1 and origins[0].type == "area" and origins[0].id not in lexicon.exporters:
        return
    question.parts = [part for part in question.parts if part not in origins]
    question.unweighed += [part.text for part in origins]


def settle_services_shut_off(question: Question, lexicon: Lexicon) -> None:
    """Read “shut off” and similar words as any restriction if the question names a service, and doesn't mention the network."""
    if not question.ids("service"):
        return
    for at, part in enumerate(question.parts):
        names_network = any(word in part.text for word in lexicon.grammar.blocking.networks)
        if (part.type, part.id) == ("restriction", _SHUTDOWN) and not names_network:
            question.parts[at] = part._replace(type="intent", id="blocked")


def _is_before_services(question: Question, lexicon: Lexicon, end: int) -> bool:
    """Return whether a word for services begins at the token `end`, or right after a 的 (“of”) there.

    A Chinese word for services can also be the beginning of a longer word.
    """
    words = question.tokens[end + (question.tokens[end : end + 1] == ("的",)) :]
    services = lexicon.grammar.blocking.services
    return words[:1] != () and (words[0] in services or join(words).startswith(tuple(filter(IS_HAN.match, services))))


def settle_groups(question: Question, lexicon: Lexicon) -> None:
    """In a question about restrictions, let words for groups of services, such as “messaging apps”, limit the answer.

    The question must not compare anything, nor name a kind, an organisation, a seat or a project, and may leave out only
    countries or regions. If it also names a service, “and” or “or” must join the service and the words for the group:
    “messaging apps and Wikipedia”. A subject of laws that is also a group of services, such as AI, is read as the group if the
    question doesn't ask for laws.
    """
    types = {part.type for part in question.parts}
    asks = "blocked" in question.ids("intent") or "restriction" in types
    if not asks or types & _BESIDE_GROUPS or "agreements" in question.ids("intent"):
        return
    if not {part.type for part in question.excluded} <= _EXCLUDED:
        return
    if "service" in types and not _are_joined_groups(question, lexicon):
        return
    if question.has("both") or question.has("comparison"):
        return
    words = {word for words in lexicon.grammar.service_groups.values() for word in words}
    subjects = [part for part in question.parts if part.type == "subject"]
    if any(part.text not in words for part in subjects):
        return
    question.service_groups = [word for word in question.unweighed if word in words] + [part.text for part in subjects]
    question.unweighed = [word for word in question.unweighed if word not in words]
    question.parts = [part for part in question.parts if part not in subjects]


def _are_joined_groups(question: Question, lexicon: Lexicon) -> bool:
    """Return whether the grammar lists the services of all groups in a question, and each group is joined to another part."""
    grammar = lexicon.grammar
    words = [word for names in grammar.service_groups.values() for word in names if word in question.unweighed]
    members = {word for group in grammar.service_group_members for word in grammar.service_groups.get(group, ())}
    return bool(words) and {*words} <= members and {*unused_alternatives(question, words, ())} == {*words}


def settle_censors(question: Question, lexicon: Lexicon) -> None:
    """In a question that names an organisation, read any form of “censor” as asking for filtering projects, not for a ban.

    An example is “use Sandvine to censor websites”. “To block” and “block websites” are read in the same way after the name.
    """
    named = [part.start for part in question.parts if part.type == "organization"]
    words = lexicon.grammar.blocking
    purposes, sites = map(tokens, words.purposes), [*map(tokens, words.sites)]
    starts = {at + len(phrase) for phrase in purposes for at in _places(question, phrase)}
    for at, part in enumerate(question.parts):
        is_after_name = any(start < part.start for start in named)
        blocks_sites = any(question.tokens[part.end : part.end + len(phrase)] == phrase for phrase in sites)
        is_censor = part.text.startswith(tuple(words.censors)) or (is_after_name and (part.start in starts or blocks_sites))
        if named and part.type == "intent" and part.id == "blocked" and is_censor:
            question.parts[at] = part._replace(type="kind", id="filtering")


def _places(question: Question, phrase: tuple[str, ...]) -> list[int]:
    """Return the indexes at which a phrase begins in a question."""
    return [at for at in range(len(question.tokens)) if question.tokens[at : at + len(phrase)] == phrase]
