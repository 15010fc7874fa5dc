"""Every single slip is found by a key, in whole words and in the beginnings of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.publish.serve.search_typos import SHORTEST, asked, keys, slips

_WORDS = st.text("abcdefg", min_size=4, max_size=14)


@given(word=_WORDS, data=st.data())
def test_a_slip_in_a_word_or_its_beginning_has_a_key_in_common(word: str, data: st.DataObject) -> None:
    begun = word[: data.draw(st.integers(SHORTEST, len(word)))]
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
    if len(typed) > SHORTEST or (len(typed) == SHORTEST and len(begun) == len(word)):
        assert slips(typed, word) in (0, 1)
        assert asked(typed) & keys(word)


@pytest.mark.parametrize(
    ("typed", "word", "apart"),
    [
        ("huawie", "huawei", 1),
        ("huawi", "huawei", 1),
        ("hauw", "huawei", None),
        ("zte", "ztee", None),
        ("dahau", "dahua", 1),
        ("hikvsion", "hikvision", 1),
        ("telekomunkatoin", "telekomunikation", 2),
        ("nairobi", "nairobi", 0),
    ],
)
def test_slips_are_counted(typed: str, word: str, apart: int | None) -> None:
    assert (slips(typed, word) if asked(typed) else None) == apart


def test_short_words_are_not_guessed() -> None:
    assert not asked("abc")
