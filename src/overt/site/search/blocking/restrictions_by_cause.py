"""Reply to questions about restrictions during elections, protests or exams: those with that cause on record."""

from overt.http.page_addresses import record_url
from overt.index.search_text import IS_HAN
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.site.search.blocking.blocking_reply import countries_covered
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item, Note
from overt.site.search.texts.searchable_texts import restrictions_of
from overt.site.search.used_conditions import USED

_OF_BLOCKING = frozenset({"area", "region", "service", "restriction", "intent", "year"})
_REFUSED = ("most", "comparison", "both", "earliest", "latest")


def reply_about_causes(scope: ProjectScope) -> Reply | None:
    """Return the restrictions whose recorded cause, or the reason given for them, is one that the question names.

    If the question has years, only restrictions that began then count. None if it names no cause, has other conditions, asks for
    an order or a comparison, or leaves something out, or if no such restriction is on record. Words that were used for the cause
    are removed from the question's `unweighed`.
    """
    question = scope.question
    words = {word: cause for word in (*question.unweighed, *question.unknown) if (cause := _cause_of(scope.lexicon, word))}
    types = {part.type for part in question.parts}
    if "blocked" not in scope.intents or not words or types - _OF_BLOCKING or question.excluded:
        return None
    if any(map(question.has, _REFUSED)) or {*question.unknown} - {*words}:
        return None
    facts = restrictions_of(scope, scope.codes(), question.ids("service"), question.ids("restriction"))
    causes = {*words.values()}
    facts = {identity: restriction for identity, restriction in facts.items() if question.is_in_years(restriction.start)}
    chosen = {identity: restriction for identity, restriction in facts.items() if causes & {*restriction.causes}}
    if not chosen:
        return None
    links = scope.lexicon.answer_words.circumstance_links
    question.unweighed = [word for word in question.unweighed if word not in words and word not in links]
    labels = scope.listed(scope.words.term("restriction-reasons", cause) for cause in words.values())
    limits = any(part.type not in ("intent", "year") for part in question.parts) or question.years
    places = {code for restriction in chosen.values() for code in restriction.countries}
    where = scope.language.ngettext("%(n)s country", "%(n)s countries", len(places))
    sentence = scope.language.ngettext(
        "%(n)s restriction on record has this cause or stated reason, in %(countries)s: %(what)s.",
        "%(n)s restrictions on record have this cause or stated reason, in %(countries)s: %(what)s.",
        len(chosen), countries=where, what=scope.listed([labels, *([scope.about()] if limits else [])]),
    )  # fmt: skip
    items = [
        Item("restriction", identity, restriction.label, restriction.detail, record_url("restriction", identity))
        for identity, restriction in chosen.items()
    ]
    open_cases = [restriction for identity, restriction in facts.items() if not restriction.causes]
    text = scope.language.ngettext(
        "%(n)s other restriction has neither on record.", "%(n)s other restrictions have neither on record.",
        len(open_cases),
    )  # fmt: skip
    path = f"/country/{scope.areas[0]}/restrictions" if scope.areas else "/blocked"
    used = USED["blocked"] | {"reasons"}
    return Reply(
        sentence,
        path,
        items[:MAX_ITEMS],
        len(items),
        [*([Note(text, path)] if open_cases else []), *countries_covered(scope)],
        used,
    )


def _cause_of(lexicon: Lexicon, word: str) -> str:
    """Return the cause that a word or phrase contains, such as `elections` for “during elections”; empty without any."""
    for cause, forms in lexicon.causes.items():
        if any(form in word if IS_HAN.search(form) else form in tokens(word) for form in forms):
            return cause
    return ""
