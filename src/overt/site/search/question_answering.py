"""Answer a question: what was understood, the reply, and names similar to words that were not understood."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from overt.http.served_release import Served
from overt.index.search_text import IS_HAN
from overt.language.language import Language
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.questions.question_intent import NAME_INTENTS
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.question_tokens import join
from overt.queries.questions.understood_question import Question
from overt.site.search.answer_fields import reply_fields, understood_fields
from overt.site.search.answers_part_by_part.pairs_of_names_and_places import answered_by_pair
from overt.site.search.answers_part_by_part.question_halves import answered_in_halves, asks_about_there, leaves_out
from overt.site.search.capitals_as_governments import (
    Capital,
    capitals_to_widen,
    has_records_in_town,
    sentence_about_capitals,
    with_countries,
    with_town_first,
)
from overt.site.search.closest_answers.answers_with_group_companies import name_group_companies, with_group_companies
from overt.site.search.closest_answers.final_answer_choice import settled_answer
from overt.site.search.declined.reply_outside_the_atlas import (
    MAX_NAMED_RECORDS,
    OUTSIDE,
    about_motives,
    about_outside,
    without_answer,
)
from overt.site.search.declined.unrecorded_topic_recognition import COURTS, Topic, asks_for_motives, topic_outside
from overt.site.search.projects.donation_count_sentence import with_donation_counts
from overt.site.search.projects.product_questions import about_product, with_product
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.projects.projects_before_or_after_supplier import reply_in_order
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.replies_by_intent import reply_to
from overt.site.search.reply import Reply
from overt.site.search.suppliers.supplier_and_country_lists import ListedReplies
from overt.site.search.texts.individual_record_answers import RecordAnswers

_SEVERAL = 3
"""A text that only resembles names isn't taken for a misspelled name if it has at least this many unknown words."""
_MAX_LEFT_OUT = 3
"""A question with at most this many unknown words is also answered without them."""
_DECISIVE = ("most", "comparison", "costliest", "earliest", "latest", "exclusion", "count", "dates")
"""Markers that need all words of their question, because an unknown word may belong to them: “the most ethical”."""


def ask(reader: Reader, words: Words, language: Language, lexicon: Lexicon, text: str) -> dict[str, Any]:
    """Return what was understood of a question, and the reply. docs/api.md describes the fields.

    A question about several pairs of names and places is answered pair by pair. A question of two halves is answered half by
    half if a single answer would leave something out, or if the second half is about “there”.
    """
    answer = partial(_ask, reader, words, language, lexicon)
    as_one = answer(text)
    if by_pair := answered_by_pair(reader, lexicon, language, as_one, answer):
        return by_pair
    if not leaves_out(lexicon, as_one) and not asks_about_there(lexicon, text):
        return as_one
    return answered_in_halves(reader, lexicon, language, text, answer) or as_one


def _ask(reader: Reader, words: Words, language: Language, lexicon: Lexicon, text: str) -> dict[str, Any]:
    """Return what was understood of a question, and the reply, without splitting the question into pairs or halves."""
    read = _read(reader, words, language, lexicon, text)
    topic = topic_outside(reader, lexicon, read)
    read, question, reply = _replied(reader, words, language, lexicon, read, topic)
    capitals = [] if topic else capitals_to_widen(lexicon, read, question, reply)
    of_read = ProjectScope(reader, words, language, read, lexicon)
    if capitals and not (reply is None and has_records_in_town(of_read, capitals)):
        wider = _ask(reader, words, language, lexicon, with_countries(words, read, capitals))
        if wider["intent"] not in NAME_INTENTS and (wider["understood"] or wider["reason"] != "words"):
            return wider | _about_capitals(words, language, text, read, capitals, wider)
    question, reply = settled_answer(ProjectScope(reader, words, language, question, lexicon), read, reply)
    if reply is not None:
        reply = with_product(RelatedProjects(reader, words, language, question, lexicon), reply)
        reply = name_group_companies(ListedReplies(reader, words, language, question, lexicon), reply)
        reply = with_donation_counts(RelatedProjects(reader, words, language, question, lexicon), reply)
    answer = partial(_ask, reader, words, language, lexicon)
    data = understood_fields(reader, words, language, lexicon, question) | {"question": text}
    if question.understood and reply:
        data |= reply_fields(words, language, lexicon, read, question, reply)
    elif known := _without_unknown_words(reader, lexicon, question, answer):
        data |= known
    is_answered = question.understood and reply is not None and 0 < reply.total <= MAX_NAMED_RECORDS
    if topic and not (topic.kind == COURTS and is_answered):
        data |= about_outside(reader, language, lexicon, read, topic, answer)
    elif asks_for_motives(lexicon, read):
        key = "sentence" if data["understood"] else "explanation"
        data[key] = about_motives(language, str(data[key] or ""))
    return data


def _read(reader: Reader, words: Words, language: Language, lexicon: Lexicon, text: str) -> Question:
    """Return the question that a text asks. If it names a product or a company's group, the question is about its projects."""
    read = about_product(RelatedProjects(reader, words, language, read_question(reader, lexicon, text), lexicon))
    return with_group_companies(ListedReplies(reader, words, language, read, lexicon))


def _replied(
    reader: Reader, words: Words, language: Language, lexicon: Lexicon, read: Question, topic: Topic | None
) -> tuple[Question, Question, Reply | None]:
    """Return the question as it was read, the question that is answered, and the reply to the latter.

    The reply is None if the question isn't understood, or if the atlas doesn't have its topic, unless the topic is courts. A
    question about the order of projects (“before Huawei”) or about single records has a special reply. Any other question has
    the ordinary one. `topic`: what the question asks that the atlas doesn't have.
    """
    if topic is not None and topic.kind != COURTS:
        return read, without_answer(read), None

    def ordinary(question: Question) -> Reply:
        return reply_to(reader, words, language, lexicon, question)

    if in_order := reply_in_order(RelatedProjects(reader, words, language, read, lexicon), ordinary):
        return in_order[0], *in_order
    records = RecordAnswers(reader, words, language, lexicon, read)
    question, reply = records.better() or (read, None)
    if question.understood and reply is None:
        reply = ordinary(question)
        question, reply = records.beside(reply) or (question, reply)
    return read, question, reply


def _without_unknown_words(
    reader: Reader, lexicon: Lexicon, question: Question, answer: Callable[[str], dict[str, Any]]
) -> dict[str, Any] | None:
    """Return the fields on what a question asks without its few unknown words.

    None if the rest is no question, or has no record: “no record” would be misleading, because the unknown word may be a name
    or a title that has records. `answer`: returns the fields of the answer to another text.
    """
    if question.reason != "words" or len(question.unknown) > _MAX_LEFT_OUT or question.is_refused or _breaks_words(question):
        return None
    known = read_question(reader, lexicon, question.known())
    is_question = known.understood and known.intent not in NAME_INTENTS
    if not is_question or any(map(known.has, _DECISIVE)) or not (answered := answer(question.known()))["total"]:
        return None
    is_limited = sum(part.type not in ("intent", "year") for part in known.parts) > 1
    return {"known": question.known(), "known_sentence": answered["sentence"] if is_limited else None}


def _about_capitals(
    words: Words, language: Language, text: str, read: Question, capitals: Sequence[Capital], wider: dict[str, Any]
) -> dict[str, Any]:
    """Return the fields of an answer that differ because capitals were read as their countries.

    The sentence and the readings then say so. `wider`: the fields of the answer about the countries.
    """
    typed = [
        {"typed": join(read.tokens[capital.start : capital.end]), "read": words.area(capital.country)} for capital in capitals
    ]
    corrected = [{"typed": reading.typed, "read": reading.read} for reading in read.readings if not reading.id]
    items = with_town_first(wider["items"], capitals)
    about = sentence_about_capitals(words, language, capitals, items)
    sentence = language.gap.join([about, wider["sentence"]]) if wider["sentence"] else None
    return {"question": text, "readings": [*corrected, *typed, *wider["readings"]], "sentence": sentence, "items": items}


def _breaks_words(question: Question) -> bool:
    """Return whether a single unknown Chinese character precedes a known one, so that the text isn't readable without it."""
    known = set(range(len(question.tokens))) - question.unknown_at

    def is_han(at: int) -> bool:
        return at in known and bool(IS_HAN.match(question.tokens[at]))

    singles = (word for word in question.unknown_at if not {word - 1, word + 1} & question.unknown_at)
    return any(IS_HAN.match(question.tokens[at]) and is_han(at + 1) for at in singles)


def question_data(site: Served, reader: Reader, text: str) -> dict[str, Any]:
    """Return the result of `ask` for a site. The addresses are those of pages in the site's language."""
    data = ask(reader, site.words, site.language, site.lexicon, text)
    if data["address"]:
        data["address"] = site.with_known(site.url(data["address"]))
    for item in (*data["items"], *data["notes"]):
        if item["address"]:
            item["address"] = site.with_known(site.url(item["address"]))
    return data


def is_question(data: dict[str, Any]) -> bool:
    """Return whether a page should answer a text as a question: the text is understood, and is more than a name.

    A name with a word that the answer ignores is more than a name: “Clearview AI police”.
    """
    return bool(data["understood"]) and (data["intent"] not in NAME_INTENTS or bool(data["unweighed"]))


def is_misunderstood(data: dict[str, Any], matches: int, *, are_near: bool) -> bool:
    """Return whether a page should say that the text was not understood.

    It should if the text looks like a question that can't be answered, or if no name matches it. A single unknown word is never
    reported. `matches`: the number of names that match. `are_near`: whether they only resemble the text; a text with several
    unknown words is then no name.
    """
    if data["reason"] == OUTSIDE:
        return True
    is_unknown_word = not (matches or data["parts"] or data["readings"] or " " in data["question"])
    if data["understood"] or is_unknown_word:
        return False
    is_no_name = not matches or (are_near and len(data["unknown"]) >= _SEVERAL)
    if is_no_name and data["explanation"]:
        return True
    if not data["parts"]:
        return False
    known = len(data["parts"]) + sum(part["type"] == "intent" for part in data["parts"])
    return bool(data["reason"] == "ambiguous") or known > 1 or str(data["question"]).rstrip().endswith(("?", "？"))
