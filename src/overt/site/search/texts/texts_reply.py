"""Reply with records whose texts mention words of a question, or with everything on record about the few that it is about."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overt.http.page_addresses import address, record_url
from overt.queries.labels import record_labels
from overt.queries.questions.sought_words import SoughtWord, excerpt, mentions
from overt.site.search.lists_reply import chosen_lists
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.record_reply import record_details
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item
from overt.site.search.texts.project_sheets import project_sheets
from overt.site.search.texts.record_candidates import is_about_restrictions, records_about
from overt.site.search.texts.record_passages import DatedFacts, Passage, list_entries_of, passages_of, restrictions_of

_MAX_DESCRIBED = 8
"""Maximum number of records whose texts an answer has in full."""
_MAX_MENTIONING = 12
"""Maximum number of records that mention a word. A word that more records mention is too common."""
_MAX_DATED = 100
"""The same for restrictions and entries of lists, whose texts are only dates, causes and names."""
_WEAK = 3
"""Records must mention at least one in this many of the words."""
_MAX_PASSAGES = 6


class _Texts(NamedTuple):
    """The records that may be in a reply: types and passages by id; restrictions, or entries of lists, by id."""

    types: Mapping[str, str]
    passages: Mapping[str, Sequence[Passage]]
    dated: Mapping[str, DatedFacts]
    dated_type: str


def reply_with_mentions(scope: ProjectScope, sought: Sequence[SoughtWord], *, of_any_kind: bool = False) -> Reply | None:
    """Return the records that match a question's parts and mention the highest number of the sought words.

    Words that none of these records mentions are named as unused. None if that number is less than a third of the words, or if
    there are too many such records.
    `of_any_kind`: whether restrictions of other kinds than the question's count, too.
    """
    texts = _texts_of(scope, None, of_any_kind=of_any_kind)
    words_of = {identity: _mentioned(passages, sought) for identity, passages in texts.passages.items()}
    words_of |= {identity: {word for word in sought if mentions(facts.searched, word)} for identity, facts in texts.dated.items()}
    most = max(map(len, words_of.values()), default=0)
    most = most if most * _WEAK >= len(sought) else 0  # less than a third of the words is no answer
    listed = [identity for identity in _ids(texts) if most and len(words_of.get(identity, ())) == most]
    if not 0 < len(listed) <= (_MAX_DATED if texts.dated else _MAX_MENTIONING):
        return None
    used = set().union(*(words_of[identity] for identity in listed))
    items = _items(scope, texts, listed, [word for word in sought if word in used])
    named = scope.listed(scope.language.gettext("“%(name)s”", name=word.typed) for word in sought if word in used)
    message = scope.language.ngettext(
        "%(n)s record mentions %(words)s in its name or texts: %(what)s.",
        "%(n)s records mention %(words)s in their names or texts: %(what)s.",
        len(listed), words=named, what=_what(scope),
    )  # fmt: skip
    more = scope.language.ngettext(
        "This word was only looked for in names, descriptions, statements and provisions.",
        "These words were only looked for in names, descriptions, statements and provisions.", len(used),
    )  # fmt: skip
    reply = Reply(scope.sentences(message, more), _address(scope, items), items, len(listed))
    reply.unused = [word.typed for word in sought if word not in used]
    return reply


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
    return Reply(scope.sentences(count, message), _address(scope, items), items, len(listed))


def reply_about_ends(scope: ProjectScope) -> Reply | None:
    """Return the restrictions that a question is about whose end is recorded, or else all of them; None if there are none."""
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


def record_items(scope: ProjectScope, types: Mapping[str, str], sought: Sequence[SoughtWord]) -> tuple[list[Item], list[str]]:
    """Return the items of named records with their texts, and the sought words that none of them mentions."""
    texts = _texts_of(scope, types)
    used = set().union(*(_mentioned(passages, sought) for passages in texts.passages.values()))
    return _items(scope, texts, [*types], [word for word in sought if word in used]), [
        word.typed for word in sought if word not in used
    ]


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
        kinds = () if of_any_kind else scope.question.ids("restriction")
        dated = restrictions_of(scope, scope.codes(), scope.question.ids("service"), kinds)
    chosen = types if types is not None else {} if dated else records_about(scope)
    dated_type = "listing" if "lists" in scope.intents else "restriction"
    return _Texts(chosen, passages_of(scope, [*chosen]), dated, dated_type)


def _ids(texts: _Texts) -> list[str]:
    return [*texts.types, *texts.dated]


def _mentioned(passages: Sequence[Passage], sought: Sequence[SoughtWord]) -> set[SoughtWord]:
    return {
        word for word in sought if any(mentions(text, word) for passage in passages for text in {passage.text, passage.original})
    }


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
        cited = _cited(passages, words)
        detail = scope.language.gettext("; ").join([facts[identity], *cited])
        items.append(Item(kind, identity, scope.called(labels[identity]), detail, record_url(kind, identity)))
    return items


def _cited(passages: Sequence[Passage], words: Sequence[SoughtWord]) -> list[str]:
    """Return the passages that mention the words, or else all, without names, shortened."""
    texts = [passage for passage in passages if not passage.is_name]
    mentioning = [passage for passage in texts if _mentioned([passage], words)]
    return [excerpt(passage.text, words) for passage in (mentioning or texts)[:_MAX_PASSAGES]]


def _what(scope: ProjectScope) -> str:
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
