"""Every condition of a question changes the answer, or is named as left out of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from overt.language.language import ENGLISH
from overt.model.content_catalogue import Catalogue
from overt.queries.database import Reader
from overt.queries.labels import Words, load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Question
from overt.queries.translations.localized_vocabulary import words_in
from overt.site.search.conditions_by_reply import USED
from overt.site.search.replies_by_intent import reply_to

_NO_CONDITIONS = ("intent", "origin", "year", "absent")
EXAMPLES = {
    "answer": ["huawei in kenya and egypt"],
    "projects": ["cancelled huawei projects in africa", "denied spyware projects in africa"],
    "places": ["which african countries other than egypt have more than 2 huawei projects"],
    "suppliers": [
        "chinese suppliers of video surveillance in africa since 2015 other than huawei",
        "foreign suppliers of surveillance in africa",
    ],
    "dates": ["when were huawei smart cities in africa built"],
    "amounts": [
        "chinese loans over $1 million to kenya",
        "japanese loans over $10 million to mauritius",
        "loans over $100 million to africa since 2015",
    ],
    "money": ["chinese loans to africa since 2015", "who financed huawei projects in africa"],
    "owners": ["who owned huawei in 2015", "who owned hmn technologies in 2010", "who owns huawei projects in kenya"],
    "absent": ["huawei and world bank projects in kenya", "chinese world bank projects in kenya"],
    "listed": [f"which sanctioned {seat} companies supply surveillance in asia" for seat in ("chinese", "russian")],
    "lists": ["which lists name huawei or zte"],
    "blocked": ["is facebook blocked in china", "is telegram blocked in iran", "where was youtube throttled"],
    "record": ["golden shield project and sharp eyes project"],
    "scores": ["freedom on the net and v dem index of venezuela and hungary"],
    "agreements": ["laws on data protection in asia since 2015"],
}


@pytest.fixture(scope="module")
def words(shipped_reader: Reader, content: Catalogue) -> Words:
    return words_in(load_words(shipped_reader, content.areas.names), ENGLISH)


@pytest.fixture(scope="module")
def lexicon(words: Words, content: Catalogue) -> Lexicon:
    return Lexicon(content.question_grammar, words)


def _without_each(question: Question) -> Iterator[tuple[str, str, Question]]:
    """Yield the type of each condition, its words, and the question without it."""
    conditions = [part for part in question.parts if part.type not in _NO_CONDITIONS]
    for part in conditions if len(question.parts) > 1 else ():
        rest = [other for other in question.parts if (other.text, other.type) != (part.text, part.type)]
        if any(other.type not in ("intent", "year") for other in rest):
            yield part.type, part.text, replace(question, parts=rest)
    for part in question.excluded:
        yield f"not {part.type}", part.text, replace(question, excluded=[other for other in question.excluded if other != part])
    for side in ("abroad", "domestic", "both"):
        if question.has(side):
            [word] = [marker.text for marker in question.markers if marker.id == side]
            yield side, word, replace(question, markers=[marker for marker in question.markers if marker.id != side])
    if question.threshold:
        yield "number", question.threshold.text, replace(question, threshold=None)
    if question.years:
        yield "years", str(question.years[0]), replace(question, years=None)


@pytest.mark.ci
@pytest.mark.parametrize("intent", EXAMPLES)
def test_a_condition_changes_an_answer_or_is_named(shipped_reader: Reader, words: Words, lexicon: Lexicon, intent: str) -> None:
    def answered(question: Question) -> tuple[Any, ...]:
        reply = reply_to(shipped_reader, words, ENGLISH, lexicon, question)
        return reply.total, [(item.type, item.id) for item in reply.items]

    changes: dict[tuple[str, bool], list[bool]] = {}
    for text in EXAMPLES[intent]:
        question = read_question(shipped_reader, lexicon, text)
        assert question.intent == intent, question
        unused = reply_to(shipped_reader, words, ENGLISH, lexicon, question).unused
        for kind, spelled, changed in _without_each(question):
            changes.setdefault((kind, spelled in unused), []).append(answered(changed) != answered(question))
    assert changes
    for (kind, is_unused), changed_answers in changes.items():
        assert any(changed_answers) != is_unused, (kind, is_unused)


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("compare loans to kenya and angola", []),
        ("loans to cities in kenya", ["cities"]),
        ("which companies did huawei work with in zambia", ["which companies"]),
        ("the company huawei in kenya", []),
        ("huawei projects signed in 2017", []),
        ("huawei projects signed in kenya", []),
        ("when was ecu 911 signed", []),
        ("ended huawei projects in kenya", ["ended"]),
        ("who built the data center in senegal and who financed it", ["who built"]),
        ("countries that restrict chinese vendors in 5g", ["chinese"]),
        ("which companies in both kenya and uganda supply surveillance", []),
        ("both kenya and uganda huawei", ["both"]),
        ("what did huawei export to kenya", []),
        ("is there a law on facial recognition in use in europe", []),
        ("who is the biggest lender to africa", []),
        ("which country borrowed the most from china", []),
    ],
)
def test_words_without_a_use_are_named(
    shipped_reader: Reader, words: Words, lexicon: Lexicon, text: str, unused: list[str]
) -> None:
    question = read_question(shipped_reader, lexicon, text)
    assert question.understood, question
    assert reply_to(shipped_reader, words, ENGLISH, lexicon, question).unused == unused


def test_each_intent_has_its_conditions() -> None:
    assert EXAMPLES.keys() | {"organization", "country", "region", "kind", "texts"} == USED.keys()
