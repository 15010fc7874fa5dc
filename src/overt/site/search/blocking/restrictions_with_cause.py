"""Reply to questions about restrictions during elections, protests or exams, with those that have this cause on record."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from overt.http.page_addresses import record_url
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.blocking.blocking_reply import countries_covered
from overt.site.search.blocking.restricted_country_sentences import places_of
from overt.site.search.blocking.restriction_cause_recognition import cause_of
from overt.site.search.closest_answers.no_record_sentences import without_conditions
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.search.texts.records_matching_question_parts import is_about_restrictions
from overt.site.search.texts.searchable_texts import DatedFacts, restrictions_of

_OF_BLOCKING = frozenset({"area", "region", "service", "restriction", "intent", "year"})
_REFUSED = ("most", "comparison", "both", "earliest", "latest")


def answer_about_causes(scope: ProjectScope) -> tuple[Question, Reply] | None:
    """Return a question without its words for a cause, and a reply with the restrictions with this cause or stated reason.

    If the question has years, only restrictions that began then count. If no such restriction is of the question's kinds, those
    of other kinds are listed, and the sentence says so. Return None if the question names no cause, has other conditions, asks
    for an order or a comparison, or excludes something, or if no such restriction of any kind is on record.
    """
    question = scope.question
    words = {word: cause for word in (*question.unweighed, *question.unknown) if (cause := cause_of(scope.lexicon, word))}
    types = {part.type for part in question.parts}
    if not is_about_restrictions(scope) or not words or types - _OF_BLOCKING or question.excluded:
        return None
    if any(map(question.has, _REFUSED)) or {*question.unknown} - {*words}:
        return None
    causes, kinds = {*words.values()}, question.ids("restriction")
    facts, dropped = _begun(scope, kinds), list[Part]()
    chosen = _with_causes(facts, causes)
    if kinds and not chosen:
        facts, dropped = _begun(scope, ()), [part for part in question.parts if part.type == "restriction"]
        chosen = _with_causes(facts, causes)
    if not chosen:
        return None
    links = scope.lexicon.answer_words.circumstance_links
    unweighed = [word for word in question.unweighed if word not in words and word not in links]
    answered = replace(question, intent="blocked", reason="", unknown_at=set(), unweighed=unweighed)
    labels = scope.listed(scope.words.term("restriction-reasons", cause) for cause in words.values())
    about = scope.about()
    if dropped:
        scope = scope.about_question(replace(question, parts=[part for part in question.parts if part not in dropped]))
    limits = any(part.type not in ("intent", "year") for part in scope.question.parts)
    limits |= bool(question.years or question.service_groups)
    sentence = scope.language.ngettext(
        "%(n)s restriction on record has this cause or stated reason: %(what)s.",
        "%(n)s restrictions on record have this cause or stated reason: %(what)s.",
        len(chosen), what=scope.listed([labels, *([scope.about()] if limits else [])]),
    )  # fmt: skip
    sentence = scope.sentences(sentence, places_of(scope, chosen.values()))
    if dropped:
        sentence = without_conditions(scope, scope.listed([about, labels]), [part.text for part in dropped], sentence)
    items = [
        Item("restriction", identity, restriction.label, restriction.detail, record_url("restriction", identity))
        for identity, restriction in chosen.items()
    ]
    open_cases = [restriction for identity, restriction in facts.items() if not restriction.causes]
    text = scope.language.ngettext(
        "%(n)s other restriction has neither on record.", "%(n)s other restrictions have neither on record.",
        len(open_cases),
    )  # fmt: skip
    path = f"/country/{scope.areas[0]}/restrictions" if len(scope.areas) == 1 else "/blocked"
    used = USED["blocked"] | {"reasons"}
    notes = [*([Note(text, path)] if open_cases else []), *countries_covered(scope)]
    return answered, Reply(sentence, path, items[:MAX_ITEMS], len(items), notes, used, is_by_date=True)


def _with_causes(facts: Mapping[str, DatedFacts], causes: Collection[str]) -> dict[str, DatedFacts]:
    """Return the restrictions that have one of the causes, by id."""
    return {identity: restriction for identity, restriction in facts.items() if not {*causes}.isdisjoint(restriction.causes)}


def _begun(scope: ProjectScope, kinds: Sequence[str]) -> dict[str, DatedFacts]:
    """Return the question's restrictions of these kinds (empty: of any kind) that began in its years, by id."""
    facts = restrictions_of(scope, scope.codes(), scope.question.ids("service"), kinds)
    return {identity: restriction for identity, restriction in facts.items() if scope.question.is_in_years(restriction.start)}
