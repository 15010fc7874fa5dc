"""Empty, strange and very long names: no crash, and a sensible score."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH
from overt.resolve.names.name_comparison import compare_names, explain_names
from overt.resolve.names.name_parser import MAX_WORDS, parse_name

CHARACTERS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aeiou bcdhw.&-'()1234ⅤⅥ“”"),
        st.sampled_from("华为技术有限公司集团株式会社（）"),
        st.sampled_from("ОАогазпрмшщё"),
        st.sampled_from("شركةمه\u200f\u202b\u202e"),
        st.sampled_from("한국전자주식회사ソニー"),
        st.sampled_from("😀🏴\u200d☠️́\ufdfa\u0000"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.ci
@settings(deadline=None, max_examples=200)
@given(CHARACTERS, CHARACTERS)
def test_any_text_has_a_probability_and_its_parts(left: str, right: str) -> None:
    score = float(compare_names([left], [right])[0])
    assert 0 <= score <= 1
    assert score == pytest.approx(float(compare_names([right], [left])[0]), abs=1e-12)
    explain_names(left, right)


@settings(deadline=None, max_examples=200)
@given(CHARACTERS)
def test_parsing_is_deterministic(name: str) -> None:
    parsed = parse_name(name)
    parse_name.cache_clear()
    assert parsed == parse_name(name)
    assert len(parsed.words) <= MAX_WORDS
    assert all(word.meaning and word.written for word in parsed.words)


@settings(deadline=None, max_examples=100)
@given(CHARACTERS)
def test_no_name_is_less_like_itself_than_like_another(name: str) -> None:
    itself, other = compare_names([name, name], [name, "Zzyzx Qwrtp Holdings 77"]).tolist()
    assert itself >= other or not parse_name(name).words


@pytest.mark.parametrize("character", ["a", "华", "a ", "ﷺ", "e\u0301", "1 ", "😀", "\u200f", "(", "co ltd "])
def test_a_hundred_thousand_signs(character: str) -> None:
    name = (character * 100_000)[:100_000]
    scores = compare_names([name, name, "Huawei"], [name, "Huawei", name])
    assert np.all((scores >= 0) & (scores <= 1))
    assert scores[1] < 0.5
    assert scores[1] == pytest.approx(scores[2])


def test_a_run_of_han_has_no_more_words_than_other_names() -> None:
    assert len(parse_name("技术银行" * 90).words) == MAX_WORDS


def test_only_the_beginning_of_a_very_long_name_counts() -> None:
    name = "Huawei Technologies " * 6_000
    assert compare_names([name], [name[: MAX_NAME_LENGTH + 50]])[0] > 0.5


def test_ten_thousand_identical_names() -> None:
    scores = compare_names(["Huawei Technologies Co., Ltd."] * 10_000, ["HUAWEI TECHNOLOGIES"] * 10_000)
    assert len(set(scores.tolist())) == 1
    assert scores[0] > 0.5


@pytest.mark.parametrize("name", ["", " ", "...", "🎉🎉", "\u200f\u200f", "()", "\u0301"])
def test_a_name_without_letters_matches_nothing(name: str) -> None:
    assert compare_names([name, name], [name, "Huawei"]).max() < 0.5


def test_direction_marks_and_emoji_do_not_change_a_name() -> None:
    assert compare_names(["\u202bHuawei\u200f Technologies\u202c 🎉"], ["Huawei Technologies"])[0] > 0.9


@pytest.mark.parametrize("word", ["\U00011301", "\u0d00\u0d00", "\U000105c0\U000105c1", "\ud800", "\u1e030"])
def test_words_without_a_transliteration_are_compared(word: str) -> None:
    scores = compare_names([f"{word} Optics", word], [f"{word} Optics", "Optics"])
    assert scores[0] > scores[1]


def test_scripts_mixed_in_one_name() -> None:
    scores = compare_names(["TCL科技集团", "TCL科技集团"], ["TCL科技集团股份有限公司", "Газпром"])
    assert scores[0] > 0.5 > scores[1]
