"""Keys find a word in spite of one typing error, in the complete word or its beginning. Short words are not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.index.search_typos import MIN_WORD_LENGTH, keys, query_keys, slip_distances

_WORDS = st.text("abcdefg", min_size=4, max_size=14)


@given(word=_WORDS, data=st.data())
def test_a_slip_in_a_word_or_its_beginning_has_a_key_in_common(word: str, data: st.DataObject) -> None:
    begun = word[: data.draw(st.integers(MIN_WORD_LENGTH, len(word)))]
    at = data.draw(st.integers(0, len(begun) - 1))
    other = data.draw(st.sampled_from("xyz"))
    typed = data.draw(
        st.sampled_from(
            [
                begun[:at] + begun[at + 1 :],
                begun[:at] + other + begun[at:],
                begun[:at] + other + begun[at + 1 :],
                begun[:at] + begun[at + 1 : at + 2] + begun[at : at + 1] + begun[at + 2 :],
            ]
        )
    )
    if len(typed) > MIN_WORD_LENGTH or (len(typed) == MIN_WORD_LENGTH and len(begun) == len(word)):
        assert slip_distances(typed, [word])[word] <= 3
        assert query_keys(typed) & keys(word)


@pytest.mark.parametrize(
    ("typed", "word", "far"),
    [
        ("huawie", "huawei", 2),
        ("huawi", "huawei", 2),
        ("huwaeit", "huaweitech", 3),
        ("hauw", "huawei", None),
        ("dahau", "dahua", 2),
        ("hikvsion", "hikvision", 2),
        ("telekomunkatoin", "telekomunikation", 4),
        ("nairobi", "nairobi", 0),
        ("nairo", "nairobi", 1),
        ("huawei", "nairobi", None),
    ],
)
def test_slips_are_counted(typed: str, word: str, far: int | None) -> None:
    assert slip_distances(typed, [word, "other"]).get(word) == far


def test_short_words_are_not_guessed() -> None:
    assert not query_keys("abc")
    assert query_keys("abcd")
    assert slip_distances("abcd", []) == {}
