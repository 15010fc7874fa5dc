"""Reads questions about what was denied, and by whom: “which reports has Huawei denied”, “denials by NSO Group”."""

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question

DENIED = "denied"
_REJECT = ("reject", "dismiss", "拒绝", "驳")
_BY = frozenset({"by", "from", "of", "the", "由", "被"})
_BEFORE_DENIED = frozenset(
    {"has", "have", "had", "ever", "s", "itself", "publicly", "also", "already", "的", "已", "已经", "曾", "都"}
)
"""Words between an organisation and what it denied."""


def settle_denials(question: Question, lexicon: Lexicon) -> None:
    """Leave words for what is denied, such as “reports”, without a meaning, and note which organisations deny it.

    “Rejected” is a denial, too, if such a word is in the question and an organisation right before it. An answer has the number
    of denials, so “how many” needs no other word.
    """
    things = _things(question, lexicon)
    if things and DENIED not in question.ids("status"):
        _read_rejection(question)
    denied = [part for part in question.parts if part.type == "status" and part.id == DENIED]
    if not denied:
        return
    question.unknown_at -= {at for start, end in things for at in range(start, end)}
    question.unweighed = [word for word in question.unweighed if not _ends_in_thing(word, lexicon)]
    question.markers = [marker for marker in question.markers if marker.id != "count"]
    named = [part for part in question.parts if part.type == "organization"]
    question.denied_by = list(dict.fromkeys(part.id for part in named if any(_denies(question, part, word) for word in denied)))


def _things(question: Question, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return where words for what is denied are: the index of the first token, and of the token after each."""
    words = question.tokens
    return [
        (start, start + len(phrase))
        for phrase in lexicon.denied_things
        for start in range(len(words))
        if words[start : start + len(phrase)] == phrase
    ]


def _ends_in_thing(word: str, lexicon: Lexicon) -> bool:
    phrase = tokens(word)
    return any(phrase[-len(thing) :] == thing for thing in lexicon.denied_things)


def _read_rejection(question: Question) -> None:
    """Read “rejected” right after an organisation as a denial."""
    for at, part in enumerate(question.parts):
        is_rejection = (part.type, part.id) == ("intent", "blocked") and part.text.startswith(_REJECT)
        if is_rejection and any(other.type == "organization" and _is_before(question, other, part) for other in question.parts):
            question.parts[at] = part._replace(type="status", id=DENIED, label="")


def _denies(question: Question, organization: Part, denied: Part) -> bool:
    """Return whether an organisation denies something: it is right before the word, or after “by” behind it."""
    if question.tokens[denied.end : denied.end + 1] in (("by",), ("from",)):
        between = question.tokens[denied.end : organization.start]
        return organization.start >= denied.end and bool(between) and set(between) <= _BY
    return _is_before(question, organization, denied) or question.tokens[denied.end : organization.start] == ("of",)


def _is_before(question: Question, organization: Part, word: Part) -> bool:
    return organization.end <= word.start and set(question.tokens[organization.end : word.start]) <= _BEFORE_DENIED
