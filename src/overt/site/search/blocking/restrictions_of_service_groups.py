"""Reply to questions about restrictions of a group of services, such as “messaging apps” or “AI services”."""

from collections.abc import Sequence
from dataclasses import replace

from overt.http.page_addresses import record_url
from overt.site.search.blocking.restricted_country_sentences import places_of
from overt.site.search.blocking.restriction_beginnings import sentence_about_first
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.search.texts.searchable_texts import restrictions_of, services_in_groups

_SOCIAL = "social-media"


def reply_about_service_groups(scope: ProjectScope, path: str, notes: Sequence[Note]) -> Reply | None:
    """Return a reply with the restrictions of services in the question's groups, newest first unless it asks for the earliest.

    Services that the question names are included, and countries that it excludes aren't. Return None if it names no group, or
    if a group has all services. `path`: address of the page with all records.
    """
    question = scope.question
    if not services_in_groups(scope):
        return None
    every = restrictions_of(scope, scope.codes(), question.ids("service"), question.ids("restriction"))
    excluded = scope.excluded_countries
    facts = {identity: restriction for identity, restriction in every.items() if not {*restriction.countries} <= excluded}
    what = scope.about()
    used = USED["blocked"] | {"earliest", "latest", "exclusion"}
    if not facts:
        text = scope.language.gettext("No restriction of services of this kind is on record here: %(what)s.", what=what)
        codes = scope.codes()
        return Reply(text, path, notes=[*notes_on_other_restrictions(scope, codes), *notes], used=used, is_denied=True)
    ordered = facts
    if question.ids("service"):
        sentence = scope.language.ngettext(
            "%(n)s restriction of such services is on record: %(what)s.",
            "%(n)s restrictions of such services are on record: %(what)s.", len(facts), what=what,
        )  # fmt: skip
    else:
        sentence = scope.language.ngettext(
            "%(n)s restriction of services of this kind is on record: %(what)s.",
            "%(n)s restrictions of services of this kind are on record: %(what)s.", len(facts), what=what,
        )  # fmt: skip
    sentence = scope.sentences(sentence, places_of(scope, facts.values()))
    if question.asks_for_first and (first := sentence_about_first(scope, facts)):
        about_first, ordered = first
        sentence = scope.sentences(about_first, sentence)
    items = [
        Item("restriction", identity, restriction.label, restriction.detail, record_url("restriction", identity))
        for identity, restriction in ordered.items()
    ]
    return Reply(sentence, path, items[:MAX_ITEMS], len(items), [*_wide(scope), *notes], used, is_by_date=True)


def _wide(scope: ProjectScope) -> list[Note]:
    """Return a note saying that social media include messengers and YouTube, if the question is about social media."""
    if {*scope.lexicon.grammar.service_groups.get(_SOCIAL, ())}.isdisjoint(scope.question.service_groups):
        return []
    return [Note(scope.language.gettext("Messengers and YouTube count as social media here."))]


def notes_on_other_restrictions(scope: ProjectScope, codes: Sequence[str]) -> list[Note]:
    """Return a note on the other restrictions of the question's services, and one on those of other services.

    Both are about these countries. A note whose number would be 0 is left out.
    """
    if not codes:
        return []
    of_services = restrictions_of(scope, codes, scope.question.ids("service"), ())
    of_any = restrictions_of(scope.about_question(replace(scope.question, service_groups=[])), codes, (), ())
    texts, other_count = [], len(of_any.keys() - of_services.keys())
    if of_services:
        texts.append(
            scope.language.ngettext(
                "%(n)s restriction of such services of another kind is on record there.",
                "%(n)s restrictions of such services of other kinds are on record there.", len(of_services),
            )
        )  # fmt: skip
    if other_count:
        texts.append(
            scope.language.ngettext(
                "%(n)s restriction of other services is on record there.",
                "%(n)s restrictions of other services are on record there.", other_count,
            )
        )  # fmt: skip
    address = f"/country/{codes[0]}/restrictions" if len(codes) == 1 else "/blocked"
    return [Note(text, address) for text in texts]
