"""Answer a question with two halves, the second of which is about an organisation in the place of the first.

“Who supplied the cameras in Bishkek, and did Huawei build anything there?” would otherwise be about both at once.
"""

import re
from collections.abc import Mapping
from typing import Any

from overt.language.language import Language
from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Question
from overt.site.search.reply import MAX_ITEMS

_HALVES = re.compile(
    r"(.+?)(?:,? and (?=(?:did|does|do|has|have|had|is|was|what)\b)|[?？;；。]\s*|[，,]\s*(?=.*(?:那里|那儿|当地)))(.+)", re.I
)
_THERE = re.compile(r"\bthere\b|在那里|在那儿|那里|那儿|在当地|当地", re.I)
_PLACES = frozenset({"place", "area", "region"})


def question_halves(reader: Reader, lexicon: Lexicon, text: str) -> tuple[str, str] | None:
    """Return both halves of a question, with the place of the first in place of “there”; None for any other question.

    The first half must have a place and no organisation, and the second an organisation and “there”.
    """
    match = _HALVES.fullmatch(text.strip().rstrip("?？ "))
    if match is None or not _THERE.search(match[2]):
        return None
    first, second = read_question(reader, lexicon, match[1]), read_question(reader, lexicon, _THERE.sub(" ", match[2]))
    place = next((part.text for part in first.parts if part.type in _PLACES), "")
    if not place or _has_organization(first) or not _has_organization(second):
        return None
    inside = f" in {place} " if place.isascii() else f"在{place}"
    return match[1], _THERE.sub(inside, match[2]).strip()


def joined_answers(language: Language, text: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return one answer to a question from those to its halves; None unless both are understood.

    `first`, `second`: the fields of the answers. Items and notes of the second follow those of the first.
    """
    if not (first["understood"] and second["understood"]):
        return None
    items = [*first["items"], *(item for item in second["items"] if item not in first["items"])]
    lists = ("readings", "unweighed", "limits_left_out", "excluded")
    joined = {name: [*first[name], *(entry for entry in second[name] if entry not in first[name])] for name in lists}
    notes = {note["text"]: note for note in (*first["notes"], *second["notes"])}
    known = {(part["type"], part["id"]) for part in first["parts"]}
    return {
        **first,
        **joined,
        "question": text,
        "parts": [*first["parts"], *(part for part in second["parts"] if (part["type"], part["id"]) not in known)],
        "sentence": language.gap.join(filter(None, [first["sentence"], second["sentence"]])),
        "items": items[:MAX_ITEMS],
        "total": first["total"] + second["total"] - (len(first["items"]) + len(second["items"]) - len(items)),
        "notes": [*notes.values()],
    }


def _has_organization(question: Question) -> bool:
    return any(part.type == "organization" for part in question.parts)
