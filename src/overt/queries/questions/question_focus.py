"""Decides from question words and verbs what a question is about."""

from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import TO, WHO
from overt.queries.questions.understood_question import PLACES, Marker, Part, Question

_WHOSE = frozenset({"whose"})
_HAN_WHOSE = ("谁", "的")
_REMOVED = ("remov", "taken off", "took off", "delist", "drop", "移", "被移", "剔除", "清除")
_NATIONAL = ("公司", "企业", "厂商", "nationality", "国籍")
_NOT_SUBJECTS = frozenset({"agreements", "blocked"})
_NAMED = frozenset({"organization", "kind", "project_name", "absent"})
_BEFORE_PLACES = frozenset(
    {"in", "to", "at", "of", "for", "into", "from", "across", "within", "inside", "on", "by", "the", "and", "or"}
    | {"在", "给", "向", "对", "往", "为", "与", "和", "及", "或", "、"}
)
NO_LONGER = frozenset({"no longer", "不再"})
"""Words of `QuestionGrammar.unweighed` for what has ended."""


def settle_focus(question: Question, lexicon: Lexicon) -> None:
    """Read the question words that say what kind of answer a question asks for, and leave out subjects that it isn't about."""
    _settle_origin(question)
    _settle_whose(question)
    _settle_who(question, lexicon)
    _settle_subjects(question)


def asks_for_removals(question: Question) -> bool:
    """Return whether a question asks which entries of an official list were removed: “taken off the 1260H list”."""
    lists = "lists" in question.ids("intent")
    return lists and any(part.id == "blocked" and part.text.startswith(_REMOVED) for part in question.parts)


def is_about_a_selling_state(question: Question) -> bool:
    """Return whether a place is the subject of a seller's verb: “does Israel sell spyware”, but not “spyware sold to Mexico”.

    A question with such a verb and without any place counts, too.
    """
    if not question.verbs:
        return False
    first = min(start for start, _ in question.verbs)
    places = [part for part in question.parts if part.type in PLACES]
    return any(part.end <= first and _is_bare(question, part) for part in places) or not places


def _settle_origin(question: Question) -> None:
    """Read “from where” as asking for suppliers and their seats, or for lenders and their seats if the question is about money.

    A question that ends in “from”, such as “which countries does Kenya get cameras from”, is read in the same way.
    """
    _settle_nationality(question)
    if not question.has("origin"):
        ends = question.tokens[-1:] == ("from",) and "places" in question.ids("intent")
        if not ends:
            return
        question.markers.append(Marker("origin", "from", len(question.tokens) - 1, len(question.tokens)))
    question.parts = [part for part in question.parts if not (part.type == "intent" and part.id == "places")]
    if not {"money", "suppliers"} & set(question.ids("intent")):
        origin = next(marker for marker in question.markers if marker.id == "origin")
        question.ask_for("suppliers", origin.text, origin.start, origin.end)


def _settle_nationality(question: Question) -> None:
    """Read 是哪国公司 (“which country's company is it”) as asking for suppliers and their seats if the question names a kind or a
    project, but no organisation.
    """
    if question.ids("organization") or not {"kind", "project_name"} & {part.type for part in question.parts}:
        return
    for at, marker in enumerate(question.markers):
        if marker.id == "headquarters" and marker.text.endswith(_NATIONAL):
            question.markers[at] = marker._replace(id="origin")


def _settle_whose(question: Question) -> None:
    """Read “whose cameras” as asking for suppliers."""
    words = question.tokens
    starts = [at for at, word in enumerate(words) if word in _WHOSE or words[at : at + 2] == _HAN_WHOSE]
    used = {at for part in question.parts for at in range(part.start, part.end)}
    if starts and starts[0] not in used and not set(question.ids("intent")) and not question.ids("organization"):
        question.ask_for("suppliers", words[starts[0]], starts[0], starts[0] + 1)


def _settle_who(question: Question, lexicon: Lexicon) -> None:
    """Read “who did Huawei sell to” and “who in Kenya uses Huawei” as asking for customers."""
    words = question.tokens
    who = next((at for at, word in enumerate(words) if word in WHO), None)
    if who is None or question.ids("intent") or question.has("customers") or question.has("owners"):
        return
    ends_in_to = words[-1] in TO or (who and words[who - 1] in TO)
    buys = any(words[at : at + size] in lexicon.purchases for at in range(who + 1, len(words)) for size in (1, 2))
    sells = question.has_verb and ends_in_to and bool(question.ids("organization"))
    if sells or (buys and not question.has_verb):
        question.markers.append(Marker("customers", words[who], who, who + 1))


def _settle_subjects(question: Question) -> None:
    """Report subjects of laws as left out if the question is about projects: “Pegasus used against journalists”."""
    intents, types = set(question.ids("intent")), {part.type for part in question.parts}
    if not types & _NAMED or intents & _NOT_SUBJECTS or question.agreement_kinds:
        return
    subjects = [part for part in question.parts if part.type == "subject"]
    question.unweighed += [part.text for part in subjects]
    question.parts = [part for part in question.parts if part.type != "subject"]


def _is_bare(question: Question, part: Part) -> bool:
    """Return whether a place can be a subject: no word such as “in” or “and” comes before it, and no possessive after it."""
    before = question.tokens[part.start - 1] if part.start else ""
    return before not in _BEFORE_PLACES and question.tokens[part.end : part.end + 1] not in (("s",), ("的",))
