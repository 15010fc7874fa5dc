"""Names and queries are folded, split and spelled as they sound, in the same way in every script."""

import sqlite3

import pytest

from overt.index.search_index import spelled
from overt.index.search_pinyin import read_aloud
from overt.index.search_text import FIRST, fold, match, sound, squeeze, vowelled


def _finds(query: str, name: str) -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        options = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\", detail=none"
        connection.execute(f"CREATE VIRTUAL TABLE search USING fts5(terms, {options})")
        connection.execute("INSERT INTO search VALUES (?)", [" ".join(spelled(name).terms)])
        return bool(connection.execute("SELECT 1 FROM search WHERE search MATCH ?", [match(query)]).fetchall())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("华为技术有限公司", "华为"),
        ("华为技术有限公司", "技术"),
        ("华为技术有限公司", "华"),
        ("华为技术有限公司", "司"),
        ("华为技术有限公司", "華為技術有限公司"),
        ("华为技术有限公司", "huawei"),
        ("重庆银行", "chongqing"),
        ("重庆银行", "yinhang"),
        ("Huawei Technologies", "hua"),
        ("Huawei Technologies", "h"),
        ("Huawei Technologies", "TECHNO huawei"),
        ("Zürich Überwachung", "zurich uberw"),
        ("Société Générale", "societe gene"),
        ("Ростелеком", "ростел"),
        ("Ростелеком", "rostel"),
        ("Rostelecom", "ростелеком"),
        ("Ηλεκτρονική", "ilektron"),
        ("شركة الاتصالات", "الاتص"),
        ("مُؤَسَّسة", "موسسه"),
        ("ソフトバンク", "バンク"),
        ("ソフトバンク", "sofu"),
        ("삼성전자", "전자"),
        ("การสื่อสาร", "สื่อ"),
        ("People's Republic", "peoples"),
        ("ＺＴＥ", "zte"),
        ("5G-Netz", "5g"),
        ("𝓗uawei", "huawei"),
    ],
)
def test_query_finds_name(name: str, query: str) -> None:
    assert _finds(query, name)


@pytest.mark.parametrize(
    ("name", "query"), [("华为技术", "为华"), ("华海为通", "华为"), ("Huawei", "awei"), ("重庆", "zhongqing")]
)
def test_query_does_not_find_what_is_not_there(name: str, query: str) -> None:
    assert not _finds(query, name)


@pytest.mark.parametrize("query", ["", "   ", '"', "()*:^-", "\0", "'", "🙂"])
def test_nothing_to_look_for(query: str) -> None:
    assert match(query) is None


@pytest.mark.parametrize(
    "name", ["Huawei Technologies", "Хуавэй", "Lvmeng Network", "Philips Khalid xx", "Škoda & Čapek", "ZZ Top"]
)
def test_a_prefix_of_a_name_is_a_prefix_of_its_sound(name: str) -> None:
    for end in range(1, len(name) + 1):
        assert squeeze(sound(name)).startswith(squeeze(sound(name[:end])))


def test_equal_sounds_are_spelled_the_same() -> None:
    assert sound("Хуавэй") == sound("Huawei") == sound("huawey")
    assert squeeze(sound("hua wei")) == squeeze(sound("Huawei"))
    assert sound("lvmeng") == " ".join(sound("lümeng").split())


def test_readings_are_those_of_words() -> None:
    assert "".join(read_aloud("重庆银行")) == squeeze(sound("chong qing yin hang"))
    assert read_aloud("绿盟") == ["lu", "meng"]
    assert read_aloud("การ") == []


@pytest.mark.parametrize(
    ("word", "near"), [("هواوي", "huavi"), ("داهوا", "dahua"), ("نوكيا", "nukia"), ("huavei", "huavei"), ("华为", "华为")]
)
def test_written_vowels_of_arabic_are_read(word: str, near: str) -> None:
    assert vowelled(sound(word)) == near


def test_the_first_word_is_marked() -> None:
    terms = spelled("海康 Digital").terms
    assert {FIRST + "海康", FIRST + "haikang"} <= terms
    assert FIRST + "digital" not in terms


def test_fold_keeps_marks_that_scripts_spell_with() -> None:
    assert fold("หน้า") != fold("หนา")
    assert fold("Ａé'x") == "aex"
    assert fold("Hua\u200fwei\u00ad Tech") == "huawei tech"
