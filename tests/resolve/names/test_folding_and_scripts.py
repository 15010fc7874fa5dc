"""Folding and transliteration of names, and their pieces by script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH, fold, latin, runs, script_of, simplified


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ｈｕａｗｅｉ", "huawei"),
        ("Société Générale", "societe generale"),
        ("The People’s Bank", "peoples bank"),
        ("AT&T", "at and t"),
        ("Straße", "strasse"),
        ("㈜한화", "주 한화"),
        ("Hua\u200fwei \u202bTech\u202c", "huawei tech"),
        ("so\u00adlar", "solar"),
        ("🎉 Party 🎉", "party"),
        ("…!?", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_combining_marks_of_other_scripts_stay() -> None:
    assert fold("หัวเว่ย") != fold("หวเวย")
    assert fold("हुआवेई") != fold("हआवई")


def test_traditional_signs_become_simplified_ones() -> None:
    assert simplified("華為技術有限公司") == "华为技术有限公司"
    assert simplified("Huawei 華為") == "Huawei 华为"


@pytest.mark.parametrize(
    ("word", "letters"),
    [("газпром", "gazprom"), ("ελλας", "ellas"), ("łodz", "lodz"), ("ソニー", "soni"), ("გაზპრომი", "gazpromi")],
)
def test_transliteration(word: str, letters: str) -> None:
    assert latin(word) == letters


def test_runs_split_where_the_script_changes_and_keep_digits_with_the_piece_before() -> None:
    assert runs("tcl科技2") == [("latin", "tcl"), ("han", "科技2")]
    assert runs("360安全") == [("han", "360安全")]
    assert [script_of(character) for character in "aяا한か7"] == ["latin", "cyrillic", "arabic", "hangul", "kana", ""]


@pytest.mark.ci
@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_only_the_beginning_is_read() -> None:
    assert fold("a" * MAX_NAME_LENGTH + "b") == "a" * MAX_NAME_LENGTH


@given(st.text(max_size=40))
def test_transliteration_leaves_small_latin_letters_and_digits(text: str) -> None:
    assert all(latin(word).isalnum() or not latin(word) for word in fold(text).split() if not word.isascii())
