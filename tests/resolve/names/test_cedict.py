"""The index of CC-CEDICT: meanings and their stems, simplified characters, and readings."""

import pytest

from overt.resolve.names.han.cedict import Sense, dictionary, english_words, is_connective, stem


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("communications", "communication"),
        ("electronics", "electronic"),
        ("technologies", "technology"),
        ("industries", "industry"),
        ("manufacturing", "manufacturer"),
        ("nations", "national"),
    ],
)
def test_relatives_share_a_stem(left: str, right: str) -> None:
    assert stem(left) == stem(right)


@pytest.mark.parametrize(("left", "right"), [("mission", "miss"), ("nation", "native"), ("bus", "business")])
def test_unrelated_words_do_not_share_a_stem(left: str, right: str) -> None:
    assert stem(left) != stem(right)


def test_a_headword_has_the_stems_of_each_of_its_meanings() -> None:
    assert Sense(frozenset({stem("satellite")})) in dictionary().senses("卫星")
    assert Sense(frozenset({stem("rare"), stem("earth")})) in dictionary().senses("稀土")


def test_words_after_a_comma_are_not_part_of_a_meaning() -> None:
    assert Sense(frozenset({stem("sumitomo")})) in dictionary().senses("住友")


def test_a_pointer_to_another_headword_is_followed() -> None:
    assert any({stem("academy"), stem("science")} <= sense.stems for sense in dictionary().senses("中科院"))


def test_an_unknown_word_has_no_meaning() -> None:
    assert dictionary().senses("囗囗囗") == ()
    assert dictionary().headwords("qwertyuiop") == ()
    assert "囗囗囗" not in dictionary()


def test_headwords_have_only_the_meaning_of_the_english_word() -> None:
    headwords = dictionary().headwords(stem("satellite"))
    assert "卫星" in headwords
    assert "卫星云图" not in headwords


def test_traditional_and_japanese_characters_are_simplified() -> None:
    assert dictionary().simplify("華為技術有限公司") == "华为技术有限公司"
    assert dictionary().simplify("広島電気") == "广岛电气"
    assert dictionary().simplify("Leidos 123") == "Leidos 123"


def test_readings_are_pinyin_without_tones() -> None:
    assert dictionary().readings("波") == ["bo"]
    assert set(dictionary().readings("行")) >= {"xing", "hang"}
    assert dictionary().readings("!") == []


def test_words_are_in_lower_case_and_in_order() -> None:
    assert english_words("Rare-Earth & Metals 55") == ["rare", "earth", "metals", "55"]
    assert is_connective("of")
    assert not is_connective("office")
