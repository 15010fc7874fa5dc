"""Reply with records whose texts mention words of a question, or with everything on record about the few that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from overt.http.page_addresses import address, record_url
from overt.index.search_text import written
from overt.queries.database import json_array
from overt.queries.labels import record_labels
from overt.queries.questions.sought_words import SoughtWord, excerpt, forms_in
from overt.site.search.blocking.service_in_country import kinds_of
from overt.site.search.official_lists_reply import chosen_lists
from overt.site.search.projects.project_scope_notes import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item
from overt.site.search.texts.article_numbers import is_of_article
from overt.site.search.texts.project_facts_in_words import project_sheets
from overt.site.search.texts.record_candidates import is_about_restrictions, records_about
from overt.site.search.texts.searchable_texts import DatedFacts, Passage, list_entries_of, passages_of, restrictions_of
from overt.site.search.titled_record_reply import record_details

_MAX_DESCRIBED = 8
"""Maximum number of records that an answer describes with excerpts of their texts."""
_MAX_MENTIONING = 12
"""Maximum number of records that mention a word. A word that more records mention is too common."""
_MAX_SILENT, _MAX_ADDED = 8, 3
"""Maximum numbers of records that an answer names, and that it lists, although they mention fewer of the words than others."""
_MAX_DATED = 100
"""`_MAX_MENTIONING` for restrictions and entries of lists, whose texts are only dates, causes and names."""
_WEAK = 3
"""Records must mention at least one in this many of the words."""
_MAX_PASSAGES = 6
_MAX_FORMS = 4
"""Maximum number of forms of a word in a sentence."""


class _Texts(NamedTuple):
    """The records that may be in a reply: types and passages by id; restrictions, or entries of lists, by id."""

    types: Mapping[str, str]
    passages: Mapping[str, Sequence[Passage]]
    dated: Mapping[str, DatedFacts]
    dated_type: str


def reply_with_mentions(scope: ProjectScope, sought: Sequence[SoughtWord], *, of_any_kind: bool = False) -> Reply | None:
    """Return the records that match a question's parts and mention the highest number of the sought words.

    The records that match its parts but mention fewer words are counted and named, because sources may use another word; if they
    are few, they come after the others. Words that none of the records mention are named as unused. None if the highest number
    is less than a third of the words, or if there are too many records. `of_any_kind`: whether restrictions of other kinds than
    the question's count, too.
    """
    texts = _texts_of(scope, None, of_any_kind=of_any_kind)
    forms_of = {identity: word_forms(passages, sought) for identity, passages in texts.passages.items()}
    dated = {identity: [Passage(facts.searched, facts.searched, is_name=True)] for identity, facts in texts.dated.items()}
    forms_of |= {identity: word_forms(passages, sought) for identity, passages in dated.items()}
    most = max(map(len, forms_of.values()), default=0)
    most = most if most * _WEAK >= len(sought) else 0  # less than a third of the words is no answer
    listed = [identity for identity in _ids(texts) if most and len(forms_of.get(identity, ())) == most]
    if not 0 < len(listed) <= (_MAX_DATED if texts.dated else _MAX_MENTIONING):
        return None
    used = [word for word in sought if any(word in forms_of[identity] for identity in listed)]
    services = {part.text for part in scope.question.parts if part.type == "service"}
    if any(word.typed in services for word in sought if word not in used):
        return None  # a text that lacks the service’s name isn’t about it
    items = _items(scope, texts, listed, used)
    named = words_with_forms(scope, used, [forms_of[identity] for identity in listed])
    if len(used) == most:
        message = scope.language.ngettext(
            "%(n)s record mentions %(words)s in its name or texts: %(what)s.",
            "%(n)s records mention %(words)s in their names or texts: %(what)s.",
            len(listed), words=named, what=_what(scope),
        )  # fmt: skip
    else:
        message = scope.language.gettext(
            "%(n)s records mention some of these words in their names or texts: %(words)s. They are about: %(what)s.",
            n=len(listed), words=named, what=_what(scope),
        )  # fmt: skip
    if texts.dated:
        more = scope.language.ngettext(
            "This word was only looked for in names, dates and causes.",
            "These words were only looked for in names, dates and causes.", len(used),
        )  # fmt: skip
    else:
        more = scope.language.ngettext(
            "This word was only looked for in names, descriptions, statements and provisions.",
            "These words were only looked for in names, descriptions, statements and provisions.", len(used),
        )  # fmt: skip
    silent = [identity for identity in _ids(texts) if identity not in listed] if scope.question.parts else []
    added = silent if len(silent) <= _MAX_ADDED and (scope.organizations or scope.kinds) and not texts.dated else []
    items += _items(scope, texts, added, [])[: MAX_ITEMS - len(items)]
    sentence = scope.sentences(message, more, _about_silent(scope, texts, silent))
    reply = Reply(sentence, _address(scope, items), items, len(listed) + len(added), is_by_date=bool(texts.dated))
    reply.unused = [*(word.typed for word in sought if word not in used), *unused_costs(scope, listed)]
    return reply


def _about_silent(scope: ProjectScope, texts: _Texts, ids: Sequence[str]) -> str:
    """Return a sentence that counts the records that match a question apart from words in texts, and names them if they are few.

    Empty if there are none.
    """
    if not ids:
        return ""
    if len(ids) > _MAX_SILENT:
        return scope.language.gettext("%(n)s more records match the rest of the question.", n=len(ids))
    labels = record_labels(scope.reader, [identity for identity in ids if identity not in texts.dated])
    names = [texts.dated[identity].label if identity in texts.dated else scope.called(labels[identity]) for identity in ids]
    return scope.language.ngettext(
        "%(n)s more record matches the rest of the question: %(names)s.",
        "%(n)s more records match the rest of the question: %(names)s.",
        len(ids), names=scope.named(names, _MAX_SILENT),
    )  # fmt: skip


def reply_with_descriptions(scope: ProjectScope, message: str, most: int = _MAX_DESCRIBED) -> Reply | None:
    """Return what is on record about the few records that a question's parts are about, with their texts, and a message.

    None if there are none, or more than `most`.
    """
    texts = _texts_of(scope, None)
    listed = _ids(texts)
    if not 0 < len(listed) <= most:
        return None
    items = _items(scope, texts, listed, [])
    count = scope.language.ngettext(
        "%(n)s record is about this: %(what)s.", "%(n)s records are about this: %(what)s.", len(listed), what=_what(scope)
    )
    sentence = scope.sentences(count, message)
    return Reply(sentence, _address(scope, items), items, len(listed), is_by_date=bool(texts.dated))


def reply_about_ends(scope: ProjectScope) -> Reply | None:
    """Return those of the question's restrictions whose end is recorded, or else all of them; None if there are none."""
    texts = _texts_of(scope, None)
    ended = [identity for identity, facts in texts.dated.items() if facts.is_ended]
    if not texts.dated:
        return None
    items = _items(scope, texts, ended or [*texts.dated], [])
    what = _what(scope)
    if ended:
        message = scope.language.ngettext(
            "The end of %(n)s restriction is on record: %(what)s.", "The ends of %(n)s restrictions are on record: %(what)s.",
            len(ended), what=what,
        )  # fmt: skip
    else:
        message = scope.language.gettext("No end is on record for these restrictions: %(what)s.", what=what)
    more = len(texts.dated) - len(ended)
    rest = scope.language.ngettext("%(n)s more has no recorded end.", "%(n)s more have no recorded end.", more)
    sentence = scope.sentences(message, rest if ended and more else "")
    return Reply(sentence, _address(scope, items), items, len(ended or texts.dated))


def record_items(
    scope: ProjectScope, types: Mapping[str, str], sought: Sequence[SoughtWord]
) -> tuple[list[Item], list[Mapping[SoughtWord, Sequence[str]]]]:
    """Return the items of named records with their texts, and the forms in which each record has the sought words."""
    texts = _texts_of(scope, types)
    forms = [word_forms(passages, sought) for passages in texts.passages.values()]
    return _items(scope, texts, [*types], [word for word in sought if any(word in of_record for of_record in forms)]), [*forms]


def facts_of(scope: ProjectScope, types: Mapping[str, str]) -> dict[str, str]:
    """Return what is recorded about projects, laws, agreements and programmes, in words, by id."""
    projects = [identity for identity, kind in types.items() if kind == "project"]
    agreements = [identity for identity, kind in types.items() if kind != "project"]
    return {**project_sheets(scope, projects), **record_details(scope, agreements)}


def _texts_of(scope: ProjectScope, types: Mapping[str, str] | None, *, of_any_kind: bool = False) -> _Texts:
    dated: Mapping[str, DatedFacts] = {}
    if types is None and "lists" in scope.intents:
        dated = list_entries_of(scope)
    elif types is None and is_about_restrictions(scope):
        kinds = () if of_any_kind else kinds_of(scope)
        dated = restrictions_of(scope, scope.codes(), scope.question.ids("service"), kinds)
    chosen = types if types is not None else {} if dated else records_about(scope)
    dated_type = "listing" if "lists" in scope.intents else "restriction"
    return _Texts(chosen, passages_of(scope, [*chosen]), dated, dated_type)


def _ids(texts: _Texts) -> list[str]:
    return [*texts.types, *texts.dated]


def word_forms(passages: Sequence[Passage], sought: Sequence[SoughtWord]) -> dict[SoughtWord, list[str]]:
    """Return the forms in which passages contain the sought words, in the reader's language or else as in the release."""
    forms: dict[SoughtWord, list[str]] = {}
    for word in sought:
        for attribute in ("text", "original"):
            named = [
                form for passage in passages for form in forms_in(getattr(passage, attribute), word, is_name=passage.is_name)
            ]
            if named and word not in forms:
                forms[word] = list(dict.fromkeys(named))
    return forms


def words_with_forms(
    scope: ProjectScope, words: Sequence[SoughtWord], records: Sequence[Mapping[SoughtWord, Sequence[str]]]
) -> str:
    """Return sought words as a list, with the forms that texts have instead: “stops” (for “stopped”).

    `records`: the forms of the words in each record.
    """
    language = scope.language
    texts = []
    for word in words:
        forms = [of_record[word] for of_record in records if word in of_record]
        own = written(word.typed)
        typed = language.gettext("“%(name)s”", name=word.typed)
        if all(own in of_record for of_record in forms):
            texts.append(typed)
            continue
        every = [*dict.fromkeys(form for of_record in forms for form in of_record)]
        named = "/".join(language.gettext("“%(name)s”", name=form) for form in every[:_MAX_FORMS])
        named += "/…" if len(every) > _MAX_FORMS else ""
        texts.append(language.gettext("%(forms)s (for %(word)s)", forms=named, word=typed))
    return scope.listed(texts)


def _items(scope: ProjectScope, texts: _Texts, ids: Sequence[str], words: Sequence[SoughtWord]) -> list[Item]:
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
    """Return the first passages that mention the words, or else the first of all, shortened. Names don't count."""
    texts = [passage for passage in passages if not passage.is_name]
    mentioning = [passage for passage in texts if word_forms([passage], words)]
    return [excerpt(passage.text, words) for passage in (mentioning or texts)[:_MAX_PASSAGES]]


def unused_costs(scope: ProjectScope, ids: Sequence[str]) -> list[str]:
    """Return the words of a question that ask for money or for the cost of something, if none of these records has an amount.

    The names of lenders and donors also answer a question about money, but not one about a cost.
    """
    costs = [marker.text for marker in scope.question.markers if marker.id == "costliest"]
    money = [part.text for part in scope.question.parts if part.type == "intent" and part.id == "money"]
    if not (costs or money):
        return []
    mask = scope.reader.vectors.mask_of(ids)
    if scope.reader.rows("question_texts_and_facts.amounts", {"ids": json_array(ids)}) or scope.rows("contract_values", mask):
        return []
    return [*costs, *([] if scope.rows("operators", mask, roles=("financier",), seats=()) else money)]


def _what(scope: ProjectScope) -> str:
    """Return what the records are about, in words. With years, restrictions are those possibly in force then."""
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


def _address(scope: ProjectScope, items: Sequence[Item]) -> str:
    if len(items) == 1:
        return items[0].address
    if all(item.type == "restriction" for item in items):
        return f"/country/{scope.areas[0]}/restrictions" if len(scope.areas) == 1 else "/blocked"
    if all(item.type == "project" for item in items) and scope.question.parts:
        return scope.link(scope.filter(), scope.mask(scope.filter()))[0]
    return address("/search", [("q", scope.question.text)])
