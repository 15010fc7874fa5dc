"""Notes about the time of names, legal forms, abbreviations and letters that keys of names leave out."""

import pytest

from overt.resolve.names import NameKeys, fold
from overt.resolve.names.former_and_registered_notes import is_about_present, is_about_time, without_formerly
from overt.resolve.names.han.cross_script_comparison import cross_score
from overt.resolve.names.notes_in_brackets import is_former_by_note
from overt.resolve.names.scripts.non_latin_name_parser import spells_whole
from overt.resolve.names.word_sounds import is_respelled

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
    assert not spells_whole("Kochi", "コチ")  # too short
    assert cross_score("Mombasa", "モンバサ") > 0.7
    assert cross_score("Jakarta", "ジャカルタ") > 0.7


@pytest.mark.parametrize("note", ["kuni 2017", "līdz 2019", "hadi 2014", "2019 წლამდე", "2016 तक"])
def test_notes_with_until_are_read_in_further_languages(note: str) -> None:
    assert is_about_time(note)
