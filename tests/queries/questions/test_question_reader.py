"""Questions: no word is dropped silently, corrections are shown, and nearly all labelled questions are read correctly."""

from pathlib import Path

import pytest

from bench.question_reading_quality import FIFTH_LABELS, FOURTH_LABELS, THIRD_LABELS, read_labels, read_labels_in_words
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.questions.combined_grammar import combine_grammars
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.model.record_ids import canonical_id
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.question_tokens import are_listed, join, tokens
from overt.queries.translations.chinese_by_english_text import chinese_phrases

HUAWEI = canonical_id("secret_map:huawei")


def test_labelled_questions_are_read_right_or_declined(shipped_reader: Reader, content: Catalogue) -> None:
    words = load_words(shipped_reader, content.areas.names)
    lexicon = Lexicon(content.question_grammar, words, chinese_phrases(content))
    readings = read_labels(shipped_reader, lexicon)
    assert len(readings) == 100
    assert [reading for reading in readings if reading.verdict == "wrong"] == []
    assert sum(reading.verdict == "right" for reading in readings) >= 99
    readings = read_labels_in_words(shipped_reader, lexicon)
    assert len(readings) == 100
    assert [reading for reading in readings if reading.verdict == "wrong"] == []
    assert sum(reading.verdict == "right" for reading in readings) >= 95
    readings = read_labels_in_words(shipped_reader, lexicon, THIRD_LABELS)
    assert sum(reading.verdict == "right" for reading in readings) >= 85
    for labels in (FOURTH_LABELS, FIFTH_LABELS):
        readings = read_labels_in_words(shipped_reader, lexicon, labels)
        assert [reading for reading in readings if reading.verdict == "wrong"] == []
        assert sum(reading.verdict == "right" for reading in readings) >= 98


def test_tokens() -> None:
    assert tokens("Who supplied Kenya’s cameras?") == ("who", "supplied", "kenya", "s", "cameras")
    assert tokens("华为在Kenya 2019年") == ("华", "为", "在", "kenya", "2019", "年")
    assert join(tokens("华为在肯尼亚")) == "华为在肯尼亚"


@pytest.mark.parametrize(
    ("text", "intent", "years"),
    [
        ("projects in kenya", "projects", None),
        ("projects in kenya 2019", "projects", (2019, 2019)),
        ("projects in kenya since 2015", "projects", (2015, None)),
        ("projects in kenya after 2015", "projects", (2016, None)),
        ("projects in kenya before 2015", "projects", (None, 2014)),
        ("projects in kenya between 2015 and 2019", "projects", (2015, 2019)),
        ("2015年至2019年肯尼亚的项目", "projects", (2015, 2019)),
        ("kenya", "country", None),
        ("loans to kenya", "money", None),
        ("who supplied cameras to kenya", "suppliers", None),
        ("where is facial recognition", "places", None),
        ("is youtube blocked in kenya", "blocked", None),
        ("was youtube blocked in kenya in 2021", "blocked", (2021, 2021)),
        ("internet shutdowns in kenya since 2019", "blocked", (2019, None)),
        ("laws on cameras in kenya", "agreements", None),
        ("cybercrime law kenya", "agreements", None),
        ("training by china for african officials", "agreements", None),
        ("who paid for cameras in nairobi", "money", None),
        ("world bank loans to kenya", "absent", None),
    ],
)
def test_intents_and_years(reader: Reader, lexicon: Lexicon, text: str, intent: str, years: object) -> None:
    question = read_question(reader, lexicon, text)
    assert (question.intent, question.years) == (intent, years), question


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("countries without facial recognition", "absence"),
        ("cheapest cameras in kenya", "words"),
        ("how many cameras in kenya", "units"),
        ("does kenya sell spyware", "seller"),
        ("which countries export spyware", "seller"),
        ("kenya or china cameras cheaper", "words"),
        ("denied laws of kenya", "combination"),
        ("cameras kenya china", "ambiguous"),
        ("congolese cameras", "ambiguous"),
        ("cameras in kenya not used by huawei", "absence"),
        ("loans to kenya not by huawei", "exclusion"),
        ("more cameras in kenya", "words"),
        ("projects in kenya with more than 5", "words"),
        ("nto huawei", "words"),
        ("kenya 2011 2013 2015", "years"),
        ("congo", "ambiguous"),
        ("who", "nothing"),
        ("", "nothing"),
        ("?!", "nothing"),
        ("kenya " * 33, "nothing"),
    ],
)
def test_what_is_not_understood_is_not_answered(reader: Reader, lexicon: Lexicon, text: str, reason: str) -> None:
    question = read_question(reader, lexicon, text)
    assert (question.intent, question.reason) == ("", reason), question


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kenyan safe city", {"area KE", "kind smart-city"}),
        ("Kenyan and Ugandan cameras", {"area KE", "area UG", "kind video-surveillance"}),
        ("Chinese cameras", {"seat CN", "kind video-surveillance"}),
        ("Chinese police cameras", {"area CN", "kind video-surveillance"}),
        ("Kenyan companies in Uganda", {"seat KE", "area UG"}),
        ("Kenyan cameras in Uganda", {"seat KE", "area UG", "kind video-surveillance"}),
        ("cameras from China in Kenya", {"seat CN", "area KE", "kind video-surveillance"}),
        ("cameras from Chinese or Russian firms in Kenya", {"seat CN", "seat RU", "area KE", "kind video-surveillance"}),
        ("肯尼亚公司 乌干达 摄像头", {"seat KE", "area UG", "kind video-surveillance"}),
        ("what did China lend to Kenya", {"seat CN", "area KE"}),
        ("loans to China and Kenya", {"area CN", "area KE"}),
        ("Kenya's cameras", {"area KE", "kind video-surveillance"}),
        ("African governments cameras", {"region africa", "kind video-surveillance"}),
    ],
)
def test_countries_and_seats(reader: Reader, lexicon: Lexicon, text: str, parts: set[str]) -> None:
    question = read_question(reader, lexicon, text)
    assert {f"{part.type} {part.id}" for part in question.parts if part.type != "intent"} == parts
    assert question.understood, question


@pytest.mark.parametrize(
    ("text", "typed", "read", "part"),
    [
        ("Hauwei Kenya", "hauwei", "Huawei", HUAWEI),
        ("huawei keniya", "keniya", "Kenya", "KE"),
        ("huawei saudi arbia", "saudi arbia", "Saudi Arabia", "SA"),
        ("surveilance in kenya", "surveilance", "surveillance", "surveillance"),
    ],
)
def test_misspellings_are_corrected_and_shown(
    reader: Reader, lexicon: Lexicon, text: str, typed: str, read: str, part: str
) -> None:
    question = read_question(reader, lexicon, text)
    assert question.understood and [(reading.typed, reading.read) for reading in question.readings] == [(typed, read)]
    assert part in {part.id for part in question.parts}


@pytest.mark.parametrize(
    ("text", "typed", "read"),
    [("kenya withuot huawei", "withuot", "without"), ("kenya governmentx", "governmentx", "government")],
)
def test_common_words_are_corrected_and_shown(reader: Reader, lexicon: Lexicon, text: str, typed: str, read: str) -> None:
    question = read_question(reader, lexicon, text)
    assert read in question.tokens and [(reading.typed, reading.read) for reading in question.readings] == [(typed, read)]


@pytest.mark.parametrize("text", ["nto kenya", "xhina cameras", "huawei kenyaaaa"])
def test_other_words_are_no_misspellings(reader: Reader, lexicon: Lexicon, text: str) -> None:
    question = read_question(reader, lexicon, text)
    assert question.reason == "words" and not question.readings, question


def test_a_short_name_means_the_organisation_of_the_release(reader: Reader) -> None:
    words = {"Huawei": ["hw", "mate"], "Unrecorded Works": ["uw"]}
    lexicon = Lexicon(QuestionGrammar(names=words, fillers=["in"]), load_words(reader, Catalogue().areas.names))
    question = read_question(reader, lexicon, "Mate in Kenya")
    assert (question.intent, question.ids("organization"), question.readings[0].typed) == ("answer", [HUAWEI], "mate")
    question = read_question(reader, lexicon, "UW in Kenya")
    assert (question.intent, question.ids("absent"), question.readings) == ("absent", ["Unrecorded Works"], [])


def test_words_that_are_not_weighed_are_reported(reader: Reader, lexicon: Lexicon) -> None:
    question = read_question(reader, lexicon, "huawei cameras for the Kenyan police")
    assert question.understood and question.unweighed == ["police"]


def test_unknown_chinese_characters_are_one_word(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "kenya 创始人是谁").unknown == ["创始人"]


def test_each_part_can_be_removed(reader: Reader, lexicon: Lexicon) -> None:
    question = read_question(reader, lexicon, "Who supplied cameras to Kenya?")
    assert [question.without(part) for part in question.parts] == [
        "cameras to kenya",
        "who supplied to kenya",
        "who supplied cameras to",
    ]


def test_fillers_are_no_names_of_countries(lexicon: Lexicon, content: Catalogue) -> None:
    for filler in (*content.question_grammar.fillers, *content.question_grammar.verbs):
        assert {sense.type for sense in lexicon.senses(tokens(filler))} <= {"filler", "verb", "years", "intent"}, filler


def test_an_atlas_adds_words(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "grammar-own.yml").write_text("kinds:\n  spyware: [brother]\n", encoding="utf-8")
    grammar = Catalogue(tmp_path).question_grammar
    assert "brother" in grammar.kinds["spyware"] and "spyware" in grammar.kinds["spyware"]


def test_a_word_for_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ContentError, match=r"own\.yml: kinds: 'telepathy' is not in the vocabulary"):
        combine_grammars([("own.yml", QuestionGrammar(kinds={"telepathy": ["minds"]}))], {"kinds": {"spyware"}})
    wider = QuestionGrammar(wider_subjects={"sim": "telepathy"})
    with pytest.raises(ContentError, match=r"own\.yml: wider_subjects: 'telepathy' is not in the vocabulary"):
        combine_grammars([("own.yml", wider)], {"wider_subjects": {"encryption"}})
    near = QuestionGrammar(near_kinds={"spyware": ["telepathy"]})
    with pytest.raises(ContentError, match=r"own\.yml: near_kinds: spyware: 'telepathy' is not a kind of project"):
        combine_grammars([("own.yml", near)], {"kinds": {"spyware"}, "near_kinds": {"spyware"}})


@pytest.mark.parametrize(
    ("text", "first", "second", "marks", "expected"),
    [
        ("Kenya, Egypt", "kenya", "egypt", "", True),
        ("肯尼亚、埃及", "肯尼亚", "埃及", "", True),
        ("Kenya/Egypt", "kenya", "egypt", "", False),
        ("Kenya/Egypt", "kenya", "egypt", "/", True),
        ("Kenya Egypt, Uganda", "kenya", "egypt", "", False),
        ("Uganda, Kenya", "", "kenya", "", True),
        ("Uganda, Kenya", "kenya", "", "", False),
    ],
)
def test_names_with_a_mark_of_lists_between_them_are_listed(
    text: str, first: str, second: str, marks: str, expected: bool
) -> None:
    assert are_listed(text, first, second, marks) is expected
