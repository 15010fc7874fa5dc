"""Asks a question: what was understood of it, the reply, and what is near to words that were not understood."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any

from overt.http.served_release import Served
from overt.language.language import Language
from overt.queries import answers
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.name_search import search
from overt.queries.questions.parsed_question import read_question
from overt.queries.questions.question import Part, Question
from overt.queries.questions.question_words import Lexicon
from overt.site.search.question_reply import reply_to
from overt.site.search.reply_words import label_of

SINGLE = ("organization", "country", "region", "kind")
"""Intents of questions that are only one name, which the search by names answers."""
_NAMED = ("organization", "country", "region", "kind", "place")
"""Types of entries whose names questions can have."""
_NEAR = 3
"""Maximum number of names that are near to a word."""


def ask(reader: Reader, words: Words, language: Language, lexicon: Lexicon, text: str) -> dict[str, Any]:
    """Return what was understood of a question, and the reply. docs/api.md describes the fields."""
    question = read_question(reader, lexicon, text)
    names = answers.named(reader, _organizations(question))

    def described(part: Part) -> dict[str, Any]:
        other_meanings = [
            (identity, label_of(words, language, names, part.type, identity, label)) for identity, label in part.alternatives
        ]
        return {
            "type": part.type,
            "id": part.id,
            "text": part.text,
            "label": label_of(words, language, names, part.type, part.id, part.label),
            "without": question.without(part),
            "alternatives": [
                {"id": identity, "label": label, "question": question.without(part, label)} for identity, label in other_meanings
            ],
        }

    data = {
        "question": text,
        "understood": question.understood,
        "intent": question.intent or None,
        "reason": question.reason or None,
        "parts": [described(part) for part in question.parts],
        "years": list(question.years) if question.years else None,
        "readings": [reading._asdict() for reading in question.readings],
        "unweighed": list(dict.fromkeys(question.unweighed)),
        "unknown": [{"word": word, "near": list(_near(reader, lexicon, word))} for word in dict.fromkeys(question.unknown)],
        "known": question.known(),
        "sentence": None,
        "address": None,
        "total": 0,
        "items": [],
        "notes": [],
    }
    if question.understood:
        reply = reply_to(reader, words, language, lexicon, question)
        items = [item._asdict() for item in reply.items]
        notes = [{"text": note.text, "address": note.address or None} for note in reply.notes]
        data |= {"sentence": reply.sentence, "address": reply.address, "total": reply.total, "items": items, "notes": notes}
    return data


def question_data(site: Served, reader: Reader, text: str) -> dict[str, Any]:
    """Return what was understood of a question on a site, with addresses in the site's language."""
    data = ask(reader, site.words, site.language, site.lexicon, text)
    if data["address"]:
        data["address"] = site.url(data["address"])
    data["items"] = [{**item, "address": site.url(item["address"])} for item in data["items"]]
    data["notes"] = [{**note, "address": site.url(note["address"]) if note["address"] else None} for note in data["notes"]]
    return data


def is_question(data: dict[str, Any]) -> bool:
    """Return whether a page should answer it as a question: it is understood, and more than a name."""
    return bool(data["understood"]) and data["intent"] not in SINGLE


def is_misunderstood(data: dict[str, Any]) -> bool:
    """Return whether a page should say that it is not understood: it looks like a question, but is none that can be answered."""
    if data["understood"] or not data["parts"]:
        return False
    known = len(data["parts"]) + sum(part["type"] == "intent" for part in data["parts"])
    return bool(data["reason"] == "ambiguous") or known > 1 or str(data["question"]).rstrip().endswith(("?", "？"))


def reason_text(site: Served, data: dict[str, Any]) -> str:
    """Return why a question is not understood, in a sentence."""
    if data["reason"] == "words":
        unknown = site.language.comma.join(f"“{row['word']}”" for row in data["unknown"])
        return site.gettext("Not understood as a question, because of %(words)s.", words=unknown)
    if data["reason"] == "ambiguous":
        return site.gettext("Not understood as a question: a name in it could mean several things. Choose one.")
    return site.gettext("Not understood as a question: its parts don’t fit together here.")


def _organizations(question: Question) -> list[str]:
    named = [part for part in question.parts if part.type == "organization"]
    return [identity for part in named for identity in (part.id, *(other for other, _ in part.alternatives))]


def _near(reader: Reader, lexicon: Lexicon, word: str) -> Iterator[dict[str, str]]:
    """Yield names and words that are near to a word."""
    for phrase in get_close_matches(word, lexicon.phrases(), _NEAR, 0.8):
        yield {"type": "word", "id": phrase, "label": phrase}
    named = (match.entry for match in search.first(reader, word, 4 * _NEAR) if match.entry.type in _NAMED)
    for entry in islice(named, _NEAR):
        yield {"type": entry.type, "id": entry.id, "label": entry.label or entry.id}
