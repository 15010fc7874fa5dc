"""Reply to questions about restrictions that courts, armies or parliaments ordered, if such a body is on record for them."""

from dataclasses import replace

from overt.http.page_addresses import record_url
from overt.queries.database import json_array
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question
from overt.site.search.blocking.blocking_reply import countries_covered
from overt.site.search.blocking.restricted_country_sentences import places_of
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.search.texts.records_matching_question_parts import is_about_restrictions
from overt.site.search.texts.searchable_texts import restrictions_of

_OF_BLOCKING = frozenset({"area", "region", "service", "restriction", "intent", "year"})
_REFUSED = ("most", "comparison", "both", "earliest", "latest", "lifted", "absence")
_ORDERED_BY = "ordered-by"


def answer_about_ordering_bodies(scope: ProjectScope) -> tuple[Question, Reply] | None:
    """Return a question without its words for a kind of body, and a reply with the restrictions that such a body ordered.

    Return None if the question names no such body, has other conditions, asks for the first or latest, an end or a comparison,
    or excludes something, or if no such restriction is on record.
    """
    question = scope.question
    words = {word: body for word in (*question.unweighed, *question.unknown) if (body := _body(scope, word))}
    types = {part.type for part in question.parts}
    if not is_about_restrictions(scope) or not words or types - _OF_BLOCKING or question.excluded:
        return None
    if any(map(question.has, _REFUSED)) or {*question.unknown} - {*words}:
        return None
    services, kinds, codes = question.ids("service"), question.ids("restriction"), scope.codes()
    facts = restrictions_of(scope, codes, services, kinds)
    values = {"countries": json_array(codes), "services": json_array(services), "kinds": json_array(kinds)}
    rows = scope.reader.rows("question_texts_and_facts.restrictions", values)
    bodies = {row["id"]: row["value"] for row in rows if row["property"] == _ORDERED_BY}
    chosen = {identity: facts[identity] for identity in facts if bodies.get(identity) in words.values()}
    if not chosen:
        return None
    labels = scope.listed(scope.words.term("ordering-bodies", body) for body in words.values())
    limits = any(part.type not in ("intent", "year") for part in question.parts) or question.years
    sentence = scope.language.ngettext(
        "%(n)s restriction on record was ordered by such a body: %(what)s.",
        "%(n)s restrictions on record were ordered by such a body: %(what)s.",
        len(chosen), what=scope.listed([labels, *([scope.about()] if limits else [])]),
    )  # fmt: skip
    sentence = scope.sentences(sentence, places_of(scope, chosen.values()))
    items = [
        Item("restriction", identity, restriction.label, restriction.detail, record_url("restriction", identity))
        for identity, restriction in chosen.items()
    ]
    of_others, unknown = (
        sum(1 for identity in facts if identity not in chosen and (identity in bodies) is known) for known in (True, False)
    )
    text = scope.language.gettext(
        "Of the others, %(known)s were ordered by other bodies, and for %(unknown)s no body is on record.",
        known=of_others, unknown=unknown,
    )  # fmt: skip
    path = f"/country/{scope.areas[0]}/restrictions" if len(scope.areas) == 1 else "/blocked"
    notes = [Note(text, path)] if of_others or unknown else []
    used = USED["blocked"] | {"reasons", "count", "customers"}
    reply = Reply(sentence, path, items[:MAX_ITEMS], len(items), [*notes, *countries_covered(scope)], used, is_by_date=True)
    unweighed = [word for word in question.unweighed if word not in words]
    return replace(question, intent="blocked", reason="", unknown_at=set(), unweighed=unweighed), reply


def _body(scope: ProjectScope, word: str) -> str:
    """Return the kind of body that a word means; empty if it means none."""
    phrase = tokens(word)
    return next((body for body, words in scope.lexicon.grammar.orderers.items() if phrase in map(tokens, words)), "")
