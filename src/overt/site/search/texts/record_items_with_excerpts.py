"""The texts of records that a reply may list, and items with what is recorded and with excerpts of the texts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from overt.http.page_addresses import address, record_url
from overt.queries.labels import record_labels
from overt.queries.questions.words_sought_in_texts import SoughtWord, excerpt, forms_in
from overt.site.search.blocking.service_in_country import kinds_of
from overt.site.search.official_lists_reply import chosen_lists
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item
from overt.site.search.texts.article_numbers import is_of_article
from overt.site.search.texts.project_fact_lines import project_sheets
from overt.site.search.texts.records_matching_question_parts import is_about_restrictions, records_about
from overt.site.search.texts.searchable_texts import DatedFacts, Passage, list_entries_of, passages_of, restrictions_of
from overt.site.search.titled_record_reply import record_details

_MAX_PASSAGES = 6
"""Maximum number of passages of a record in an item."""


class RecordTexts(NamedTuple):
    """The records that may be in a reply, by id.

    `dated`: restrictions or list entries, which have no passages. `dated_type`: their type, `restriction` or `listing`.
    """

    types: Mapping[str, str]
    passages: Mapping[str, Sequence[Passage]]
    dated: Mapping[str, DatedFacts]
    dated_type: str

    @property
    def ids(self) -> list[str]:
        """The ids of all records. Restrictions and list entries come last."""
        return [*self.types, *self.dated]


def record_items(
    scope: ProjectScope, types: Mapping[str, str], sought: Sequence[SoughtWord]
) -> tuple[list[Item], list[Mapping[SoughtWord, Sequence[str]]]]:
    """Return items of named records with their texts, and for each record the forms in which it contains the sought words."""
    texts = texts_of(scope, types)
    forms = [word_forms(passages, sought) for passages in texts.passages.values()]
    used = [word for word in sought if any(word in of_record for of_record in forms)]
    return items_with_texts(scope, texts, [*types], used), [*forms]


def facts_of(scope: ProjectScope, types: Mapping[str, str]) -> dict[str, str]:
    """Return what is recorded about projects, laws, agreements and programmes, in words, by id."""
    projects = [identity for identity, kind in types.items() if kind == "project"]
    agreements = [identity for identity, kind in types.items() if kind != "project"]
    return {**project_sheets(scope, projects), **record_details(scope, agreements)}


def texts_of(scope: ProjectScope, types: Mapping[str, str] | None, *, of_any_kind: bool = False) -> RecordTexts:
    """Return the texts of these records or, if `types` is None, of all records that match the question's parts.

    For a question about official lists or restrictions, these are list entries or restrictions, if any match. `of_any_kind`:
    whether restrictions of other kinds than the question's count, too.
    """
    dated: Mapping[str, DatedFacts] = {}
    if types is None and "lists" in scope.intents:
        dated = list_entries_of(scope)
    elif types is None and is_about_restrictions(scope):
        kinds = () if of_any_kind else kinds_of(scope)
        dated = restrictions_of(scope, scope.codes(), scope.question.ids("service"), kinds)
    chosen = types if types is not None else {} if dated else records_about(scope)
    dated_type = "listing" if "lists" in scope.intents else "restriction"
    return RecordTexts(chosen, passages_of(scope, [*chosen]), dated, dated_type)


def word_forms(passages: Sequence[Passage], sought: Sequence[SoughtWord]) -> dict[SoughtWord, list[str]]:
    """Return the forms in which passages contain the sought words.

    If a word isn't in the texts in the reader's language, it is searched for in the original texts.
    """
    forms: dict[SoughtWord, list[str]] = {}
    for word in sought:
        for attribute in ("text", "original"):
            named = [
                form for passage in passages for form in forms_in(getattr(passage, attribute), word, is_name=passage.is_name)
            ]
            if named and word not in forms:
                forms[word] = list(dict.fromkeys(named))
    return forms


def items_with_texts(scope: ProjectScope, texts: RecordTexts, ids: Sequence[str], words: Sequence[SoughtWord]) -> list[Item]:
    """Return items for the first `MAX_ITEMS` records, with what is recorded about each and passages that mention the words."""
    listed = ids[:MAX_ITEMS]
    facts = facts_of(scope, {identity: texts.types[identity] for identity in listed if identity in texts.types})
    labels = record_labels(scope.reader, [*facts])
    items = []
    for identity in listed:
        if dated := texts.dated.get(identity):
            items.append(Item(texts.dated_type, identity, dated.label, dated.detail, record_url(texts.dated_type, identity)))
            continue
        kind, passages = texts.types[identity], texts.passages.get(identity, ())
        of_article = [passage for passage in passages if is_of_article(passage.article, scope.question.text)]
        cited = _cited(of_article or passages, words)
        detail = scope.language.gettext("; ").join([facts[identity], *cited])
        items.append(Item(kind, identity, scope.called(labels[identity]), detail, record_url(kind, identity)))
    return items


def _cited(passages: Sequence[Passage], words: Sequence[SoughtWord]) -> list[str]:
    """Return excerpts of the first passages that mention the words or, if none does, of the first passages, without names."""
    texts = [passage for passage in passages if not passage.is_name]
    mentioning = [passage for passage in texts if word_forms([passage], words)]
    return [excerpt(passage.text, words) for passage in (mentioning or texts)[:_MAX_PASSAGES]]


def subject_in_words(scope: ProjectScope) -> str:
    """Return what the records are about, in words. If the question has years, restrictions are “possibly in force then”."""
    if scope.question.years and is_about_restrictions(scope) and "lists" not in scope.intents:
        of_any_year = replace(scope.question, years=None, parts=[part for part in scope.question.parts if part.type != "year"])
        what = scope.about_question(of_any_year)
        in_force = scope.language.gettext("possibly in force then: %(years)s", years=scope.years())
        return scope.listed([*([what.about()] if what.question.parts else []), in_force])
    if "lists" in scope.intents:
        lists = [scope.words.term("lists", name) for name in chosen_lists(scope)]
        organizations = [scope.label("organization", identity, identity) for identity in scope.organizations]
        return scope.listed([*lists, *organizations, *([scope.years()] if scope.question.years else [])])
    return scope.about() if scope.question.parts else scope.language.gettext("all records")


def address_of_items(scope: ProjectScope, items: Sequence[Item]) -> str:
    """Return the address of the only item's page or, for several, of a list of restrictions or projects, or the search."""
    if len(items) == 1:
        return items[0].address
    if all(item.type == "restriction" for item in items):
        return f"/country/{scope.areas[0]}/restrictions" if len(scope.areas) == 1 else "/blocked"
    if all(item.type == "project" for item in items) and scope.question.parts:
        return scope.link(scope.filter(), scope.mask(scope.filter()))[0]
    return address("/search", [("q", scope.question.text)])
