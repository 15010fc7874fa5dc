"""Finds what “or” and “and” join in a question, because an answer to only one side would be wrong or incomplete."""

from collections.abc import Iterable
from itertools import pairwise

from overt.queries.database import Reader
from overt.queries.questions.names.short_derived_and_misspelled_names import entities_named
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import JOINS, WHO, are_listed, join, tokens
from overt.queries.questions.understood_question import Marker, Part, Question

_OR = frozenset({"or", "或"})
_BETWEEN = frozenset(
    {"in", "by", "from", "of", "the", "with", "on", "to", "for", "at", "a", "an", "either", "also"}
    | {"在", "由", "被", "从", "向", "者", "是", "的", "了"}
)
"""Words beside “or” that only introduce the next condition, and 者, the second character of 或者 (“or”)."""
_GROUPS = {
    "area": "place", "region": "place", "place": "place", "seat": "seat", "organization": "organization",
    "absent": "organization", "kind": "topic", "subject": "topic", "service": "topic", "restriction": "restriction",
    "project_name": "name", "status": "status",
}  # fmt: skip
"""What each type of part limits. Parts that limit the same thing can be alternatives: an answer uses both."""
_SLASH = "/"
_ONLY_SHOWN = frozenset({"suppliers", "places", "money"})
"""Intents whose words ask for details of records, and not for further records."""
_BLOCKED, _RESTRICTION = "blocked", "restriction"
_BOTH = "both"
_LAWS = (("法",), ("law",), ("act",))
"""Words that can follow the subject of a law: 法 (“law”) in 密码法和数据安全法 (“Cryptography Law and Data Security Law”)."""
_COMBINED = frozenset({"organization", "service", "kind", "seat"})
"""Types of parts of which a country can match several at once, such as two blocked services."""


def settle_alternatives(question: Question) -> None:
    """Read “blocked or throttled” as any restriction, and decline “or” between conditions of different types.

    “Trained in China or by Huawei” asks for what meets either condition; answers only contain what meets both.
    """
    _settle_restrictions(question)
    if not question.reason and mixed_alternatives(question):
        question.reason = "alternatives"


def settle_conjunctions(question: Question, lexicon: Lexicon) -> None:
    """Read “also” as “both” if the question asks for countries: “countries that block Signal also block Telegram”.

    A word such as “also” must be between the first and the last of several services, organisations, seats or kinds, or after
    the last.
    """
    spans = sorted({(part.start, part.end) for part in question.parts if part.type in _COMBINED})
    if question.has(_BOTH) or "places" not in question.ids("intent") or len(spans) < 2:
        return
    words, first, last = question.tokens, spans[0][1], spans[-1][1]
    for phrase in sorted(map(tokens, lexicon.answer_words.conjunctions), key=len, reverse=True):
        for at in range(first, last + 1):
            if words[at : at + len(phrase)] == phrase:
                question.markers.append(Marker(_BOTH, join(phrase), at, at + len(phrase)))
                return


def settle_joined_companies(reader: Reader, question: Question) -> None:
    """Read the name of a service as the company of the same name if it is listed beside an organisation, as in 阿里和百度
    (“Alibaba and Baidu”).

    In a question about official lists, which name companies, it needs no organisation beside it. In a question about blocking,
    it always remains a service.
    """
    intents = question.ids("intent")
    if _BLOCKED in intents or question.ids(_RESTRICTION):
        return
    for at, part in enumerate(question.parts):
        if part.type == "service" and ("lists" in intents or _is_beside_organization(question, part)):
            companies = [entry for entry in entities_named(reader, part.text) if entry.type == "organization"]
            if len(companies) == 1:
                label = companies[0].label or part.text
                question.parts[at] = part._replace(type="organization", id=companies[0].id, label=label, is_renamed=True)


def _is_beside_organization(question: Question, service: Part) -> bool:
    for other in question.parts:
        if other.type == "organization":
            first, second = sorted((service, other), key=lambda part: part.start)
            between = set(question.tokens[first.end : second.start])
            if between <= JOINS and (between or are_listed(question.text, first.text, second.text, _SLASH)):
                return True
    return False


def mixed_alternatives(question: Question) -> tuple[Part, Part] | None:
    """Return the first two parts joined by “or” that limit different things (see `_GROUPS`); None if there are none."""
    for first, second in pairwise(_spans(question)):
        between = question.tokens[first.end : second.start]
        groups = _GROUPS.get(first.type), _GROUPS.get(second.type)
        if _OR & set(between) and set(between) <= _OR | _BETWEEN and None not in groups and groups[0] != groups[1]:
            return first, second
    return None


def separate_questions(question: Question) -> tuple[str, str] | None:
    """Split a question into two at the “or” between `mixed_alternatives`. Each of the two has only one of the conditions.

    Return None if there are no such parts.
    """
    if (mixed := mixed_alternatives(question)) is None:
        return None
    first, second = mixed
    words = question.tokens
    at = next(at for at in range(first.end, second.start) if words[at] in _OR)
    start = first.start - 1 if first.start and words[first.start - 1] in _BETWEEN else first.start
    return join((*words[:at], *words[second.end :])), join((*words[:start], *words[at + 1 :]))


def unused_alternatives(question: Question, unused: Iterable[str], present: Iterable[str]) -> list[str]:
    """Return the words among `unused` that “and”, “or” or a comma joins to a part of the question.

    An answer that ignores these words lacks the records that are only about them. Words such as “how many” don't count.
    `present`: words for the present, such as “now”, which don't count either.
    """
    if question.intent == "agreements":  # “contracts or memoranda”, “projects and laws”: only laws and agreements are listed
        unused = [*unused, *(part.text for part in question.parts if (part.type, part.id) == ("intent", "projects"))]
    of_facts = {part.text for part in question.parts if part.type == "intent" and part.id in _ONLY_SHOWN}
    no_alternatives = {marker.text for marker in question.markers} | WHO | {*present} | of_facts
    return [word for word in unused if word not in no_alternatives and _is_joined(question, word)]


def _settle_restrictions(question: Question) -> None:
    """Drop kinds of restrictions that are joined to a word for any restriction: “block or take out of the app stores”."""
    spans = _spans(question)
    blocked = [part for part in spans if (part.type, part.id) == ("intent", _BLOCKED)]
    for part in spans:
        if part.type == _RESTRICTION and any(_are_in_list(question, spans, other, part) for other in blocked):
            question.parts = [other for other in question.parts if other.type != _RESTRICTION]
            return
    for first, second in pairwise(_spans(question)):
        ids = {first.id if first.type == "intent" else first.type, second.id if second.type == "intent" else second.type}
        between = set(question.tokens[first.end : second.start])
        if ids == {_BLOCKED, _RESTRICTION} and between & JOINS and between <= JOINS | _BETWEEN:
            question.parts = [
                part for part in question.parts if part.type != _RESTRICTION or part.start not in (first.start, second.start)
            ]
            return


def _are_in_list(question: Question, spans: list[Part], first: Part, second: Part) -> bool:
    """Return whether “or” or “and”, and no parts except kinds of restrictions, are between two parts."""
    first, second = sorted((first, second), key=lambda part: part.start)
    inside = [part for part in spans if first.start < part.start < second.start]
    joins = JOINS & set(question.tokens[first.end : second.start])
    return bool(joins) and all(part.type == _RESTRICTION or part.id == _BLOCKED for part in inside)


def _spans(question: Question) -> list[Part]:
    """Return the first part at each position of the question, in order, without years."""
    by_start: dict[int, Part] = {}
    for part in sorted(question.parts, key=lambda part: part.start):
        if part.type != "year":
            by_start.setdefault(part.start, part)
    return [*by_start.values()]


def _is_joined(question: Question, word: str) -> bool:
    """Return whether “and”, “or” or a comma joins a word to another part of the question."""
    phrase, words = tokens(word), question.tokens
    known = {at for part in question.parts if part.text != word for at in range(part.start, part.end)}
    for start in range(len(words) - len(phrase) + 1) if phrase else ():
        end = start + len(phrase)
        if words[start:end] != phrase:
            continue
        end += words[end : end + 1] in _LAWS
        before, after = _beyond_join(words, start - 1, -1), _beyond_join(words, end, 1)
        if {before, after} & known:
            return True
        is_listed = are_listed(question.text, "", word, _SLASH) or are_listed(question.text, word, "", _SLASH)
        if is_listed and {start - 1, end} & known and (JOINS & set(words) or "、" in question.text):
            return True
    return False


def _beyond_join(words: tuple[str, ...], at: int, step: int) -> int:
    """Skip joining words, and words such as “in”, from a position on, and return the position beyond them.

    Return -1 if there is no joining word, or if nothing comes beyond them.
    """
    has_join = False
    while 0 <= at < len(words) and words[at] in JOINS | _BETWEEN:
        has_join |= words[at] in JOINS
        at += step
    return at if has_join and 0 <= at < len(words) else -1
