"""Grammars of questions: the codes that groups of countries and debated members may have, and words that an atlas adds."""

from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.questions.combined_grammar import combine_grammars
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.model.questions.question_word_groups import CreditorWords, PeopleWords


def test_groups_and_debated_members_have_known_codes() -> None:
    known = {"kinds": ["cable"], "seats": ["ET", "SO"], "regions": ["horn"], "debated_members": ["horn"]}
    good = QuestionGrammar(country_groups={"horn": ["ET", "SO"], "coast": ["horn"]}, debated_members={"horn": ["SO"]})
    assert combine_grammars([("grammar.yml", good)], known).country_groups == good.country_groups
    for wrong in (QuestionGrammar(country_groups={"horn": ["XX"]}), QuestionGrammar(debated_members={"horn": ["XX"]})):
        with pytest.raises(ContentError, match="'XX' is not a known code"):
            combine_grammars([("grammar.yml", wrong)], known)


def test_an_atlas_adds_words_for_lenders_and_people() -> None:
    own = QuestionGrammar(creditors=CreditorWords(owing=["debe"]), people=PeopleWords(no_people=["人偶"]), contracts=["contrato"])
    packaged = QuestionGrammar(creditors=CreditorWords(owing=["owes"], gave=["lent"]), contracts=["contract"])
    combined = combine_grammars([("grammar.yml", packaged), ("grammar-own.yml", own)], {})
    assert combined.creditors == CreditorWords(owing=["owes", "debe"], gave=["lent"])
    assert combined.people.no_people == ["人偶"] and combined.contracts == ["contract", "contrato"]


def test_words_of_an_atlas_replace_packaged_ones(tmp_path: Path) -> None:
    assert Catalogue().question_grammar.rewordings["自愿"] == "voluntary"
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "grammar-mine.yml").write_text("rewordings: {自愿: optional}\n", encoding="utf-8")
    assert Catalogue(tmp_path).question_grammar.rewordings["自愿"] == "optional"


@pytest.mark.parametrize(
    ("own", "field"),
    [
        (QuestionGrammar(outside={"help": ["…"]}), "outside: '…'"),
        (QuestionGrammar(fillers=[""]), "fillers: ''"),
        (QuestionGrammar(text_words=[["camera", "?!"]]), r"text_words: '\?!'"),
        (QuestionGrammar(rewordings={"huawei": ""}), "rewordings: ''"),
        (QuestionGrammar(creditors=CreditorWords(owing=["。"])), "creditors: '。'"),
    ],
)
def test_a_phrase_without_a_word_is_refused(own: QuestionGrammar, field: str) -> None:
    with pytest.raises(ContentError, match=rf"^grammar-own\.yml: {field} has no letter or digit"):
        combine_grammars([("grammar.yml", QuestionGrammar()), ("grammar-own.yml", own)], {})
