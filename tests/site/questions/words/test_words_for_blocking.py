"""Words around “block” and “shut off” (content/questions/grammar-blocking.yml) decide what a question about blocking means."""

import pytest

from overt.model.questions.combined_grammar import combine_grammars
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.model.questions.question_word_groups import BlockingWords
from tests.site.conftest import Ask


@pytest.mark.parametrize(
    "question",
    ["Which countries use Sandvine to block websites?", "哪些国家用Sandvine屏蔽网站？", "哪些国家用Sandvine来屏蔽网站？"],
)
def test_what_blocks_websites_is_a_filtering_system(question: str, answer: Ask) -> None:
    data = answer(question)
    assert ("kind", "filtering") in {(part["type"], part["id"]) for part in data["parts"]}
    assert {"EG", "BY"} <= {item["id"] for item in data["items"]}


@pytest.mark.parametrize("question", ["Which websites are blocked in Egypt?", "Is Telegram blocked in Egypt?"])
def test_a_question_without_an_organisation_is_about_restrictions(question: str, answer_in_english: Ask) -> None:
    assert ("kind", "filtering") not in {(part["type"], part["id"]) for part in answer_in_english(question)["parts"]}


@pytest.mark.parametrize(
    ("question", "is_shutdown"), [("Did Gabon shut off WhatsApp?", False), ("Did Gabon shut off the internet?", True)]
)
def test_shutting_off_a_service_is_no_shutdown_of_a_network(question: str, is_shutdown: bool, answer_in_english: Ask) -> None:
    restrictions = [part["id"] for part in answer_in_english(question)["parts"] if part["type"] == "restriction"]
    assert ("shutdown" in restrictions) is is_shutdown


def test_an_atlas_adds_words_for_what_is_blocked() -> None:
    own = QuestionGrammar(blocking=BlockingWords(sites=["páginas"]), any_kind=["red"])
    combined = combine_grammars([("grammar.yml", QuestionGrammar(any_kind=["network"])), ("grammar-own.yml", own)], {})
    assert combined.blocking.sites == ["páginas"] and combined.any_kind == ["network", "red"]
