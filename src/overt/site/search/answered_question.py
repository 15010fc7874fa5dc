"""Answer a question: what was understood, the reply, and names similar to words that were not understood."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from overt.http.served_release import Served
from overt.index.search_text import IS_HAN
from overt.language.language import Language
from overt.queries.database import Reader
from overt.queries.labels import Words, record_labels
from overt.queries.questions.and_or_words import unused_alternatives
from overt.queries.questions.question_intent import NAME_INTENTS
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.question_tokens import join
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.capitals_as_governments import (
    Capital,
    capitals_to_widen,
    has_records_in_town,
    sentence_about_capitals,
    with_countries,
    with_town_first,
)
from overt.site.search.declined.explanations import reason_text
from overt.site.search.declined.reply_outside_the_atlas import FEW, OUTSIDE, about_motives, about_outside, without_answer
from overt.site.search.declined.unrecorded_topic_recognition import COURTS, asks_for_motives, topic_outside
from overt.site.search.limits.limits_left_out import limits_left_out, sentence_about_limits
from overt.site.search.limits.questions_needing_all_limits import is_left_open
from overt.site.search.near.final_answer_choice import settled_answer
from overt.site.search.near.question_halves import answered_in_halves, asks_about_there, leaves_out
from overt.site.search.near.similar_names import similar_names
from overt.site.search.part_labels import label_of
from overt.site.search.projects.donation_counts import with_donation_counts
from overt.site.search.projects.product_questions import about_product, with_product
from overt.site.search.projects.project_scope_notes import ProjectScope
from overt.site.search.projects.projects_before_and_after import reply_in_order
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.replies_by_intent import reply_to
from overt.site.search.texts.single_record_answers import RecordAnswers

_SEVERAL = 3
"""A text with at least this many unknown words is taken for a question, not for a misspelled name."""
_MAX_LEFT_OUT = 3
"""A question with at most this many unknown words is also answered without them."""
_DECISIVE = ("most", "comparison", "costliest", "earliest", "latest", "exclusion", "count", "dates")
"""Markers that an unknown word may belong to, as in “the most ethical”."""


def ask(reader: Reader, words: Words, language: Language, lexicon: Lexicon, text: str) -> dict[str, Any]:
    """Return what was understood of a question, and the reply. docs/api.md describes the fields.

    If the answer leaves something out, the halves of the question are answered one by one.
    """
    answer = partial(_ask, reader, words, language, lexicon)
    as_one = answer(text)
    if not leaves_out(lexicon, as_one) and not asks_about_there(lexicon, text):
        return as_one
    return answered_in_halves(reader, lexicon, language, text, answer) or as_one


def _ask(reader: Reader, words: Words, language: Language, lexicon: Lexicon, text: str) -> dict[str, Any]:
    """Return what was understood of a question that is read as one, and the reply."""
    read = read_question(reader, lexicon, text)
    question = read = about_product(RelatedProjects(reader, words, language, read, lexicon))
    outside, reply = topic_outside(reader, lexicon, read), None
    is_outside = outside is not None and outside.kind != COURTS
    in_order = None if is_outside else reply_in_order(
        RelatedProjects(reader, words, language, read, lexicon),
        lambda changed: reply_to(reader, words, language, lexicon, changed),
    )  # fmt: skip
    if is_outside:
        question = without_answer(read)
    elif in_order:
        read, reply = in_order
        question = read
    else:
        records = RecordAnswers(reader, words, language, lexicon, question)
        question, reply = records.better() or (question, None)
    if question.understood and reply is None:
        reply = reply_to(reader, words, language, lexicon, question)
        question, reply = records.beside(reply) or (question, reply)
    capitals = [] if outside else capitals_to_widen(lexicon, read, question, reply)
    of_read = ProjectScope(reader, words, language, read, lexicon)
    if capitals and not (reply is None and has_records_in_town(of_read, capitals)):
        wider = _ask(reader, words, language, lexicon, with_countries(words, read, capitals))
        if wider["intent"] not in NAME_INTENTS and (wider["understood"] or wider["reason"] != "words"):
            return wider | _about_capitals(words, language, text, read, capitals, wider)
    question, reply = settled_answer(ProjectScope(reader, words, language, question, lexicon), read, reply)
    if reply is not None:
        reply = with_product(RelatedProjects(reader, words, language, question, lexicon), reply)
        reply = with_donation_counts(RelatedProjects(reader, words, language, question, lexicon), reply)
    names = record_labels(reader, [*_organizations(question), *question.ids("record")])

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
        "explanation": reason_text(language, question) or None,
        "parts": [described(part) for part in question.parts if part.text],
        "excluded": [described(part) for part in question.excluded],
        "years": list(question.years) if question.years else None,
        "readings": [
            {"typed": typed, "read": label_of(words, language, names, kind, identity, read) if identity else read}
            for typed, read, kind, identity in dict.fromkeys(question.readings)
        ],
        "unweighed": list(dict.fromkeys(question.unweighed)),
        "limits_left_out": [],
        "unknown": [
            {"word": word, "near": list(similar_names(reader, lexicon, word))} for word in dict.fromkeys(question.unknown)
        ],
        "known": "",
        "known_sentence": None,
        "sentence": None,
        "address": None,
        "total": 0,
        "items": [],
        "notes": [],
    }
    if question.understood and reply:
        items = [item._asdict() for item in reply.items]
        notes = [
            {"text": note.text, "address": note.address or None, "record": note.record or None, "is_denial": note.is_denial}
            for note in reply.notes
        ]
        sentence = language.gap.join(filter(None, (*_wider_kinds(words, language, question), reply.sentence)))
        unused = list(dict.fromkeys([*question.unweighed, *reply.unused]))
        missing = unused_alternatives(question, unused, lexicon.present_words)
        left_out = [word for word in unused if word not in missing]
        limits = [] if reply.is_denied else [*question.dropped, *limits_left_out(language, lexicon, read, left_out)]
        about_limits = sentence_about_limits(language, limits, is_decisive=is_left_open(read, question.intent))
        data["unweighed"], data["limits_left_out"] = left_out, limits
        sentence = language.gap.join(filter(None, [about_limits, *_missing(language, missing), sentence]))
        data |= {"sentence": sentence, "address": reply.address, "total": reply.total, "items": items, "notes": notes}
    elif (
        question.reason == "words"
        and len(question.unknown) <= _MAX_LEFT_OUT
        and not question.is_refused
        and not _breaks_words(question)
    ):
        known = read_question(reader, lexicon, question.known())
        parts = [part for part in known.parts if part.type not in ("intent", "year")]
        is_question = known.understood and known.intent not in NAME_INTENTS
        if is_question and not any(map(known.has, _DECISIVE)):
            answer = _ask(reader, words, language, lexicon, question.known())
            # Without a record there is no answer, because the unknown word may be a name or a title that has records.
            if answer["total"]:
                data |= {"known": question.known(), "known_sentence": answer["sentence"] if len(parts) > 1 else None}
    is_answered = question.understood and reply is not None and 0 < reply.total <= FEW
    if outside and not (outside.kind == COURTS and is_answered):
        data |= about_outside(reader, language, lexicon, read, outside, partial(_ask, reader, words, language, lexicon))
    elif asks_for_motives(lexicon, read):
        key = "sentence" if data["understood"] else "explanation"
        data[key] = about_motives(language, str(data[key] or ""))
    return data


def _about_capitals(
    words: Words, language: Language, text: str, read: Question, capitals: Sequence[Capital], wider: dict[str, Any]
) -> dict[str, Any]:
    """Return the fields of an answer which say that capitals were read as their countries.

    `wider`: the answer about the countries.
    """
    typed = [
        {"typed": join(read.tokens[capital.start : capital.end]), "read": words.area(capital.country)} for capital in capitals
    ]
    corrected = [{"typed": reading.typed, "read": reading.read} for reading in read.readings if not reading.id]
    items = with_town_first(wider["items"], capitals)
    about = sentence_about_capitals(words, language, capitals, items)
    sentence = language.gap.join([about, wider["sentence"]]) if wider["sentence"] else None
    return {"question": text, "readings": [*corrected, *typed, *wider["readings"]], "sentence": sentence, "items": items}


def _missing(language: Language, words: Sequence[str]) -> Iterator[str]:
    """Yield a sentence that says which alternatives in the question the answer lacks, if any."""
    if words:
        named = language.comma.join(f"“{word}”" for word in words)
        yield language.gettext("The answer doesn’t include %(words)s, so records that are meant may be missing.", words=named)


def _breaks_words(question: Question) -> bool:
    """Return whether single Chinese characters between others are unknown, so that what is left of the text isn't readable."""
    known = set(range(len(question.tokens))) - question.unknown_at

    def is_han(at: int) -> bool:
        return at in known and bool(IS_HAN.match(question.tokens[at]))

    singles = (word for word in question.unknown_at if not {word - 1, word + 1} & question.unknown_at)
    return any(IS_HAN.match(question.tokens[at]) and is_han(at + 1) for at in singles)


def _wider_kinds(words: Words, language: Language, question: Question) -> Iterator[str]:
    """Yield a sentence for each word that the answer takes for a wider kind, or for all official lists."""
    for text in dict.fromkeys(part.text for part in question.parts if part.is_wider and part.type == "intent"):
        known = language.comma.join(words.term("lists", name) for name in words.terms.get("lists", {}))
        yield language.gettext(
            "“%(word)s” may mean several lists; the answer is about all lists that Overt has: %(lists)s.", word=text, lists=known
        )
    for text, kind in dict.fromkeys((part.text, part.id) for part in question.parts if part.is_wider and part.type == "kind"):
        label = label_of(words, language, {}, "kind", kind)
        yield language.gettext(
            "“%(word)s” has no kind of its own; the answer is about the wider “%(kind)s”.", word=text, kind=label
        )


def question_data(site: Served, reader: Reader, text: str) -> dict[str, Any]:
    """Return the result of `ask` for a site, with addresses in the site's language."""
    data = ask(reader, site.words, site.language, site.lexicon, text)
    if data["address"]:
        data["address"] = site.with_known(site.url(data["address"]))
    for item in (*data["items"], *data["notes"]):
        if item["address"]:
            item["address"] = site.with_known(site.url(item["address"]))
    return data


def is_question(data: dict[str, Any]) -> bool:
    """Return whether a page should answer the text as a question: it is understood, and is more than a name.

    A name with a word that the answer leaves out is more than a name: “Clearview AI police”.
    """
    return bool(data["understood"]) and (data["intent"] not in NAME_INTENTS or bool(data["unweighed"]))


def is_misunderstood(data: dict[str, Any], matches: int, *, are_near: bool) -> bool:
    """Return whether a page should say that the text was not understood.

    This is so if the text looks like a question but can't be answered, or if no name matches it, unless it is a single unknown
    word. `matches`: number of names that match. `are_near`: whether they only resemble the text, in which case several unknown
    words aren't a name.
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


def _organizations(question: Question) -> list[str]:
    named = [part for part in (*question.parts, *question.excluded) if part.type == "organization"]
    return [identity for part in named for identity in (part.id, *(other for other, _ in part.alternatives))]
