"""The fields of an answer, which docs/api.md describes: what was understood of a question, and the reply."""

from collections.abc import Iterator, Sequence
from typing import Any

from overt.language.language import Language
from overt.queries.database import Reader
from overt.queries.labels import Words, record_labels
from overt.queries.questions.and_or_words import unused_alternatives
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.closest_answers.similar_names import similar_names
from overt.site.search.declined.explanations import reason_text
from overt.site.search.limits.ignored_conditions import limits_left_out, present_words_left_out, sentence_about_limits
from overt.site.search.limits.questions_that_need_all_limits import is_left_open
from overt.site.search.question_part_labels import label_of
from overt.site.search.reply import Reply


def understood_fields(reader: Reader, words: Words, language: Language, lexicon: Lexicon, question: Question) -> dict[str, Any]:
    """Return an answer's fields with what was understood of a question. The fields of the reply are still empty."""
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

    return {
        "question": question.text,
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


def reply_fields(
    words: Words, language: Language, lexicon: Lexicon, read: Question, question: Question, reply: Reply
) -> dict[str, Any]:
    """Return the fields of a reply, including the words of the question that it leaves out. `read`: the question as read."""
    unused = [word for word in dict.fromkeys([*question.unweighed, *reply.unused]) if word not in reply.applied]
    missing = unused_alternatives(question, unused, lexicon.present_words)
    left_out = [word for word in unused if word not in missing]
    limits = [*question.dropped, *limits_left_out(language, lexicon, read, left_out)]
    limits += present_words_left_out(lexicon, question, left_out)
    limits = [] if reply.is_denied else [*dict.fromkeys(limits)]
    about_limits = sentence_about_limits(language, limits, is_decisive=is_left_open(read, question.intent))
    sentences = (about_limits, *_missing(language, missing), *_wider_kinds(words, language, question), reply.sentence)
    return {
        "unweighed": left_out,
        "limits_left_out": limits,
        "sentence": language.gap.join(filter(None, sentences)),
        "address": reply.address,
        "total": reply.total,
        "items": [item._asdict() for item in reply.items],
        "notes": [
            {"text": note.text, "address": note.address or None, "record": note.record or None, "is_denial": note.is_denial}
            for note in reply.notes
        ],
    }


def _missing(language: Language, words: Sequence[str]) -> Iterator[str]:
    """Yield a sentence naming the alternatives in the question that the answer doesn't include; nothing if there are none."""
    if words:
        named = language.comma.join(f"“{word}”" for word in words)
        yield language.gettext("The answer doesn’t include %(words)s, so records that are meant may be missing.", words=named)


def _wider_kinds(words: Words, language: Language, question: Question) -> Iterator[str]:
    """Yield a sentence for each word that the answer interprets as a wider kind, or as all official lists."""
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


def _organizations(question: Question) -> list[str]:
    named = [part for part in (*question.parts, *question.excluded) if part.type == "organization"]
    return [identity for part in named for identity in (part.id, *(other for other, _ in part.alternatives))]
