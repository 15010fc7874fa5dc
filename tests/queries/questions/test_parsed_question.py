"""Questions: every word counts, nothing is guessed, and the labelled questions are read right."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.questions import read_labels
from overt.cli.pipeline.current_index import open_reader
from overt.model.catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.questions.grammar import QuestionGrammar, combine_grammars
from overt.model.workspace import Workspace
from overt.queries.database import Reader
from overt.queries.labels import load_words
from overt.queries.questions.parsed_question import read_question
from overt.queries.questions.question_words import Lexicon, join, tokens
from overt.site.site import Site
from tests.support.shipped_edition import ShippedEdition


@pytest.fixture(scope="session")
def lexicon(site: Site) -> Lexicon:
    return site.lexicon


@pytest.fixture(scope="module")
def shipped_reader(shipped_edition: ShippedEdition) -> Iterator[Reader]:
    [release] = [path.parent.name for path in (shipped_edition.root / "releases").glob("*/tables")]
    reader = open_reader(Workspace.open(shipped_edition.root), release)
    yield reader
    reader.close()


def test_labelled_questions_are_read_right_or_declined(shipped_reader: Reader, content: Catalogue) -> None:
    lexicon = Lexicon(content.question_grammar, load_words(shipped_reader, content.areas.names))
    readings = read_labels(shipped_reader, lexicon)
    assert len(readings) == 100
    assert [reading for reading in readings if reading.verdict == "wrong"] == []
    assert sum(reading.verdict == "right" for reading in readings) >= 95


def test_tokens() -> None:
    assert tokens("Who supplied Kenya’s cameras?")[:3] == ("who", "supplied", "kenyas")
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
    ],
)
def test_intents_and_years(reader: Reader, lexicon: Lexicon, text: str, intent: str, years: object) -> None:
    question = read_question(reader, lexicon, text)
    assert (question.intent, question.years) == (intent, years), question


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("countries without facial recognition", "words"),
        ("cheapest cameras in kenya", "words"),
        ("how many cameras in kenya", "words"),
        ("does kenya sell spyware", "combination"),
        ("which countries export spyware", "combination"),
        ("laws on cameras in kenya", "combination"),
        ("kenya 2011 2013 2015", "combination"),
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
