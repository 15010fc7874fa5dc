"""Reply to questions about something that the atlas doesn't record: say so, and add what is on record about names in them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from overt.index.search_text import IS_HAN
from overt.language.language import N_, Language
from overt.queries.database import Reader
from overt.queries.questions.names.non_name_words import is_function_word
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Question
from overt.queries.questions.words_sought_in_texts import sought_word
from overt.site.search.blocking.restrictions_in_month import month_of
from overt.site.search.declined.unrecorded_topic_recognition import FORECASTS, LAWS, NETWORKS, Topic, topic_outside
from overt.site.search.texts.records_by_name import records_with_words

OUTSIDE = "outside"
MAX_NAMED_RECORDS = 3
"""Maximum number of records in an answer about courts. Up to this number, a declined reply names the records that it counts."""
_NAMES = frozenset({"organization", "area", "region", "place", "kind", "service", "restriction", "project_name", "year"})
"""Types of parts that are kept when the question is asked again without the words for what isn't recorded."""
_MAX_TITLE = 5
"""Maximum number of consecutive words of a question to look for in the names of records."""
_LIMITS = _NAMES - {"year"}
_BLOCKED = frozenset({"service", "area", "region", "restriction", "year"})
"""Types of parts that are kept instead of `_NAMES` if the question is about a network that the atlas doesn't know."""
_EXPLANATIONS: Mapping[str, str] = {
    "help": N_(
        "Not answered: Overt can’t check, clean or protect a device. Helplines for digital security, such as Access Now’s, help "
        "journalists, activists and associations; Overt only records which systems were supplied to whom."
    ),
    "advice": N_(
        "Not answered: Overt gives no advice, such as which tool to use or how to get around a block. It records what is "
        "restricted, by which laws, and who supplied the systems."
    ),
    "contacts": N_(
        "Not answered: Overt has no persons, posts, pay or contact details. It records organisations and their projects."
    ),
    "losses": N_(
        "Not answered: Overt doesn’t record incomes, profits or losses, and so neither what a firm earned nor what a restriction "
        "cost. It records systems and restrictions, and the prices and loans that sources give."
    ),
    "arrests": N_(
        "Not answered: Overt doesn’t count arrests, trials or solved crimes. It records systems, their suppliers and customers."
    ),
    "victims": N_(
        "Not answered: Overt has no list or number of the people who were watched. It records which systems were supplied to "
        "whom."
    ),
    "courts": N_(
        "Not answered: Overt has no register of court cases. Only some descriptions and statements on its records mention them."
    ),
    "units": N_(
        "Not answered: Overt doesn’t record the price of one unit, such as a camera, a phone or a licence. It records the sums "
        "of projects where sources give them."
    ),
    "papers": N_(
        "Not answered: Overt has no internal messages or papers and no texts of contracts. It records what public sources say, "
        "with quotes, and provisions of laws."
    ),
    "networks": N_(
        "Not answered: Overt doesn’t know where you are, nor what is blocked in your network. It records projects and "
        "restrictions by country; ask for a service and a country, or for projects in a country."
    ),
    "forecasts": N_("Not answered: Overt makes no forecasts. It records what has happened, and plans that sources report."),
    "quality": N_(
        "Not answered: Overt doesn’t rate how good, accurate or secure systems and companies are. It records who supplied "
        "what to whom."
    ),
    "people": N_(
        "Not answered: Overt records organisations, not the persons in them. It has suppliers, customers, lenders and statements."
    ),
    LAWS: N_("Not answered: no law or agreement on record here has the name “%(name)s”, so nothing can be said of its text."),
}


_NO_MOTIVES = N_("Overt doesn’t record why somebody did something; only descriptions and causes of restrictions may say so.")


def about_motives(language: Language, sentence: str) -> str:
    """Return an answer's sentence, preceded by a sentence saying that motives aren't recorded."""
    return language.gap.join(filter(None, [language.gettext(_NO_MOTIVES), sentence]))


def without_answer(question: Question) -> Question:
    """Return a copy of a question that is marked as declined."""
    return replace(question, intent="", reason=OUTSIDE, unknown_at=set(), unweighed=[])


def about_outside(
    reader: Reader,
    language: Language,
    lexicon: Lexicon,
    question: Question,
    topic: Topic,
    answer: Callable[[str], Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the fields of an answer that declines a question, with the reason and what is on record about its names.

    The names are those of the question's parts or, if it has none, words of a record's title. If a question about these would
    be declined, too, nothing is added. If there are only a few records, they are named. `answer`: returns the fields of the
    answer to another question.
    """
    known = "" if topic.kind == LAWS else _known(lexicon, question, topic.kind) or _title_words(reader, lexicon, question)
    if known and topic_outside(reader, lexicon, read_question(reader, lexicon, known)):
        known = ""  # An atlas can define a phrase that consists only of names.
    sentence = _on_record(language, answer(known)) if known else None
    return {
        "understood": False,
        "intent": None,
        "reason": OUTSIDE,
        "explanation": language.gettext(_EXPLANATIONS[topic.kind], name=topic.law),
        "unweighed": [],
        "limits_left_out": [],
        "unknown": [],
        "known": known if sentence else "",
        "known_sentence": sentence,
        "sentence": None,
        "address": None,
        "total": 0,
        "items": [],
        "notes": [],
    }


def _on_record(language: Language, answer: Mapping[str, Any]) -> str | None:
    """Return the sentence of an answer, with the names of its items if they are few; None if nothing is on record."""
    sentence, items = answer["sentence"], answer["items"]
    if not (answer["understood"] and answer["total"] and sentence):
        return None
    more = [item["label"] for item in items if item["label"] not in sentence] if len(items) <= MAX_NAMED_RECORDS else []
    return language.gap.join([sentence, language.comma.join(more) + language.gettext(".")] if more else [sentence])


def _known(lexicon: Lexicon, question: Question, topic: str) -> str:
    """Return a question that consists of a question's names and month, in their order; empty if it has no names.

    Years alone aren't enough. If the question asks what is blocked in a network, only services, places, years and words for
    blocking are kept; if it asks for a forecast, years are left out.
    """
    types = {NETWORKS: _BLOCKED, FORECASTS: _LIMITS}.get(topic, _NAMES)
    parts = [part for part in question.parts if part.type in types or (types is _BLOCKED and part.id == "blocked")]
    texts = {part.start: part.text for part in parts}
    if "year" in types and question.years and (month := month_of(lexicon, question)):
        texts[month.start] = join(question.tokens[month.start : month.end])
    is_named = any(part.type in _LIMITS & types for part in question.parts)
    return join(tokens(" ".join(texts[start] for start in sorted(texts)))) if is_named else ""


def _title_words(reader: Reader, lexicon: Lexicon, question: Question) -> str:
    """Return the longest sequence of a question's words that the names of a few records contain; empty if there is none."""
    words = question.tokens
    for size in range(min(_MAX_TITLE, len(words)), 1, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if not any(is_function_word(lexicon, word) or lexicon.senses((word,)) for word in (run[0], run[-1])):
                text = join(run)
                sought = [sought_word(word, lexicon.text_words) for word in run]
                if not IS_HAN.search(text) and records_with_words(reader, lexicon, sought, ()):
                    return text
    return ""
