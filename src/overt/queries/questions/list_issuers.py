"""Distinguishes the issuer of an official list from the place of suppliers: “EU sanctions on Chinese companies”."""

from collections.abc import Sequence

from overt.queries.questions.question_focus import NO_LONGER, asks_for_removals
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Marker, Part, Question

_LISTS = ("sanction", "blacklist", "trade blacklist", "entity list", "制裁", "被制裁", "受制裁", "黑名单", "实体清单")
"""Beginnings of words for lists that a country or union issues."""
_PLACES = frozenset({"area", "region", "seat"})
_BEFORE_PLACES = frozenset({"in", "on", "from", "against", "to", "at", "在", "对"})
"""Words before a place that make it the place of the suppliers, or the target."""
_AFTER_LISTS = frozenset({"by", "of", "from", "the", "a", "s", "list", "lists", "names"})
"""Words between a list and its issuer. At least one of them must be in `_ISSUED`."""
_ISSUED = frozenset({"by", "of", "from"})
_BEFORE_LISTS = frozenset(
    {"s", "的", "trade", "government", "政", "府", "put", "puts", "has", "have", "had", "did", "does", "placed"}
    | {"impose", "imposes", "imposed", "under", "on", "any", "own", "official", "council", "commission"}
    | {"实", "施", "加", "了", "下", "被", "列", "入", "有", "没"}
)
"""Words between an issuer and its list: “the EU has put sanctions on”."""
_LIST_ENDINGS = (("list",), ("lists",))
_CHINESE_ENDINGS = (("名", "单"), ("清", "单"))
_ISSUER = "issuer"
"""The reason for refusing a question, and the id of the marker of the issuer's name."""


def settle_list_issuers(question: Question, lexicon: Lexicon) -> None:
    """Remove the issuer of the atlas's official lists from the question, and refuse a question about lists of other issuers.

    An issuer is a country or region after words such as “sanctioned by” or “sanctions of”, or before a word such as “sanctions”:
    “EU sanctions”, “the EU has put sanctions on”. After “in” or “on”, it is an issuer only as part of a list's name: “on the EU
    sanctions list”.
    """
    _settle_restricting_lists(question, lexicon)
    _settle_not_listed(question)
    lists = [part for part in question.parts if part.type == "intent" and part.id == "lists" and part.text.startswith(_LISTS)]
    for part in [part for part in question.parts if part.type in _PLACES]:
        if not any(_issues(question, part, named) for named in lists):
            continue
        if part.id in lexicon.list_issuers:
            question.parts.remove(part)
        else:
            question.reason = _ISSUER
            question.markers.append(Marker(_ISSUER, part.text, part.start, part.end))


def _settle_restricting_lists(question: Question, lexicon: Lexicon) -> None:
    """Read “which lists restrict Hikvision in the US” as asking for the lists that name Hikvision.

    The country that issues the atlas's lists then no longer limits the answer. Questions about removals, as in “removed from
    the list”, are not changed.
    """
    intents = question.ids("intent")
    if "lists" not in intents or not question.ids("organization") or asks_for_removals(question):
        return
    question.parts = [
        part
        for part in question.parts
        if not ((part.type, part.id) == ("intent", "blocked") or (part.type in _PLACES and part.id in lexicon.list_issuers))
    ]


def _settle_not_listed(question: Question) -> None:
    """Read “not on the list” and “no longer on the list” beside organisations as asking which of them are on it.

    “No longer on the list” without an organisation asks which entries were removed.
    """
    if "lists" not in question.ids("intent"):
        return
    question.unweighed = [word for word in question.unweighed if word not in NO_LONGER]
    if question.ids("organization"):
        question.markers = [marker for marker in question.markers if marker.id != "absence"]
        return
    words = question.tokens
    for phrase in map(tokens, sorted(NO_LONGER)):
        for start in range(len(words)):
            if words[start : start + len(phrase)] == phrase:
                question.ask_for("blocked", "removed", start, start + len(phrase))


def _issues(question: Question, part: Part, named: Part) -> bool:
    words = question.tokens
    if part.end == named.start and _is_named_list(words, part.start, named.end):
        return True
    before = words[part.start - 1] if part.start else ""
    if before == "the":
        before = words[part.start - 2] if part.start > 1 else ""
    if part.end <= named.start:
        return before not in _BEFORE_PLACES and set(words[part.end : named.start]) <= _BEFORE_LISTS
    between = set(words[named.end : part.start])
    return bool(between & _ISSUED) and between <= _AFTER_LISTS


def _is_named_list(words: Sequence[str], start: int, end: int) -> bool:
    """Return whether a place and a word such as “sanctions” name a list, as in “on the EU sanctions list” and 在欧盟制裁名单上.

    `start` and `end`: the positions of the first of these words and of the word after them.
    """
    is_list = words[end - 1 : end] in _LIST_ENDINGS or words[end : end + 1] in _LIST_ENDINGS
    is_chinese = words[end - 2 : end] in _CHINESE_ENDINGS or words[end : end + 2] in _CHINESE_ENDINGS
    return is_chinese or (is_list and "the" in words[start - 1 : start + 1])
