"""Notes about when names were used, and legal forms, abbreviations and letters that keys of names leave out."""

import pytest

from overt.resolve.names import NameKeys
from overt.resolve.names.consonant_comparison import is_respelled
from overt.resolve.names.cross_script.cross_script_comparison import cross_score
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.former_and_registered_notes import (
    former_names_in,
    is_about_present,
    is_about_sort,
    is_about_time,
    without_formerly,
)
from overt.resolve.names.notes_in_brackets import is_former_by_note
from overt.resolve.names.scripts.non_latin_name_parser import spells_whole

KEYS = NameKeys()


@pytest.mark.parametrize(
    ("name", "former"),
    [
        ("ex-Quill", "Quill"),
        ("Ex Libris", ""),
        ("бывшее ОАО Квилл", "ОАО Квилл"),
        ("ehemals Quill AG", "Quill AG"),
        ("Quill (旧称)", "Quill"),
        ("Quill （former）", "Quill"),
        ("شركة الريشة سابقا", "شركة الريشة"),
        ("구 한국퀼", "한국퀼"),
        ("旧金山大学计算机系", ""),
        ("Fosta Ltd", ""),
    ],
)
def test_notes_of_former_names_are_read_in_many_languages(name: str, former: str) -> None:
    assert without_formerly(name) == former


@pytest.mark.parametrize(
    "note", ["2017년까지", "до 2019 г.", "until March 2017", "2018年まで", "hasta 2015", "حتى 2020", "ex-Quill"]
)
def test_notes_about_the_past_are_no_part_of_a_name(note: str) -> None:
    assert is_about_time(note)
    assert is_former_by_note(f"Quill ({note})")
    assert KEYS.key(f"Quill ({note})") == "quill"


def test_a_note_about_the_present_says_that_the_name_is_none_of_the_past() -> None:
    assert is_about_present("since 2019")
    assert not is_former_by_note("Quill (since 2019)")
    assert not is_about_time("Quillwater 2020")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("CAMTEL - CAMEROON TELECOMMUNICATIONS, SOCIÉTÉ À CAPITAL PUBLIC", "cameroon telecommunications"),
        ("QUILL - CAMEROON TELECOMMUNICATIONS", "quill cameroon telecommunications"),
        ("АК «Квилтелеком»", "квилтелеком"),
        ("O‘zquill aksiyadorlik jamiyati", "ozquill"),
        ("Quill (SOC) Ltd", "quill"),
        ("СООО «Квилл»", "квилл"),
    ],
)
def test_keys_leave_out_abbreviations_and_legal_forms(name: str, key: str) -> None:
    assert KEYS.key(name) == key


@pytest.mark.parametrize("name", ["Oʻzquill", "O‘zquill", "O`zquill", "O'zquill"])
def test_the_mark_of_uzbek_letters_is_dropped(name: str) -> None:
    assert fold(name) == "ozquill"


def test_a_quotation_mark_between_words_still_separates_them() -> None:
    assert fold("Quill ‘Fern’") == "quill fern"


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        ("ozbektelekom", "uzbektelecom", True),
        ("systematik", "systematic", True),
        ("netcom", "nedkom", False),
        ("transtelecom", "transenergo", False),
    ],
)
def test_respelled_brands_have_the_same_consonants(left: str, right: str, is_one: bool) -> None:
    assert is_respelled(left, right) is is_one


def test_kana_spell_latin_names() -> None:
    assert spells_whole("Chennai", "チェンナイ")
    assert not spells_whole("Chennai", "コチ")
    assert not spells_whole("Kochi", "コチ")  # The name is too short.
    assert cross_score("Mombasa", "モンバサ") > 0.7
    assert cross_score("Jakarta", "ジャカルタ") > 0.7


@pytest.mark.parametrize("note", ["kuni 2017", "līdz 2019", "hadi 2014", "2019 წლამდე", "2016 तक"])
def test_notes_with_until_are_read_in_further_languages(note: str) -> None:
    assert is_about_time(note)


@pytest.mark.parametrize(
    "note", ["2023年更名前", "更名前", "before renaming in 2019", "2019년 사명 변경 전", "avant le changement de nom"]
)
def test_notes_of_a_time_before_a_renaming_are_about_time(note: str) -> None:
    assert is_about_time(note)


def test_a_comma_after_a_legal_form_precedes_a_place() -> None:
    assert former_names_in("formerly Quill, Haripur", has_form=True) == ("Quill, Haripur",)


@pytest.mark.parametrize(
    ("note", "of_time", "of_sort", "is_present"),
    [
        ("nom commercial depuis 2018", True, False, True),
        ("brand until 2018", True, False, False),
        ("marca", False, True, False),
        ("2018年から", True, False, True),
        ("Quill depuis longtemps", False, False, False),
    ],
)
def test_a_note_may_say_the_sort_and_the_time_of_a_name(note: str, of_time: bool, of_sort: bool, is_present: bool) -> None:
    assert (is_about_time(note), is_about_sort(note), is_about_present(note)) == (of_time, of_sort, is_present)
