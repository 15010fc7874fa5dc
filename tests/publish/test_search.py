"""Names are found in any script, by their beginnings, without accents, and in pairs of Chinese signs."""

import pytest

from overt.publish.read import search
from overt.publish.read.database import Reader
from overt.publish.serve.search_text import fold, match, tokens


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("华为技术有限公司", "华为"),
        ("华为技术有限公司", "技术"),
        ("华为技术有限公司", "华"),
        ("华为技术有限公司", "司"),
        ("华为技术有限公司", "华为技术有限公司"),
        ("Huawei Technologies", "hua"),
        ("Huawei Technologies", "TECHNO huawei"),
        ("Zürich Überwachung", "zurich uberw"),
        ("Société Générale", "societe gene"),
        ("Ростелеком", "ростел"),
        ("شركة الاتصالات", "الاتص"),
        ("ソフトバンク", "バンク"),
        ("삼성전자", "전자"),
        ("การสื่อสาร", "สื่อ"),
        ("People's Republic", "peoples"),
        ("ＺＴＥ", "zte"),
        ("5G-Netz", "5g"),
    ],
)
def test_query_finds_name(name: str, query: str) -> None:
    assert _finds(query, name)


@pytest.mark.parametrize(("name", "query"), [("华为技术", "为华"), ("华海为通", "华为"), ("Huawei", "awei"), ("Huawei", "h")])
def test_query_does_not_find_what_is_not_there(name: str, query: str) -> None:
    assert not _finds(query, name)


def _finds(query: str, name: str) -> bool:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        options = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\""
        connection.execute(f"CREATE VIRTUAL TABLE search USING fts5(names, {options})")
        connection.execute("INSERT INTO search VALUES (?)", [tokens(name)])
        return bool(connection.execute("SELECT 1 FROM search WHERE search MATCH ?", [match(query)]).fetchall())
    finally:
        connection.close()


@pytest.mark.parametrize("query", ["", "   ", '"', "()*:^-", "\0", "'"])
def test_nothing_to_look_for(query: str) -> None:
    assert match(query) is None


@pytest.mark.parametrize("query", ['names:x OR "', "a NEAR b", "x AND NOT y", "*", '"" ""', "a" * 5000, "华" * 5000, "a " * 500])
def test_operators_are_only_words(reader: Reader, query: str) -> None:
    search.find(reader, query)


def test_search_finds_things_of_every_kind(reader: Reader) -> None:
    def first(query: str) -> tuple[str, str]:
        _, rows = search.find(reader, query)
        return rows[0]["type"], rows[0]["label"]

    assert first("华为")[0] == "organization"
    assert first("kenya") == ("country", "Kenya")
    assert first("肯尼亚") == ("country", "Kenya")
    assert first("smart or safe city") == ("kind", "Smart or safe city")
    assert first("海底电缆")[0] in ("kind", "figure")
    assert first("test sea") == ("project", "Test Sea Cable")
    assert first("karachi")[0] == "place"
    assert first("treaty on")[0] == "agreement"


def test_search_looks_at_names_alone(reader: Reader) -> None:
    labels = {row["label"] for row in search.find(reader, "huawei")[1]}
    assert "5G trial in Laos" not in labels, "a project is found by what it is called, not by who takes part"


def test_fold_keeps_marks_that_scripts_spell_with() -> None:
    assert fold("หน้า") != fold("หนา")
    assert fold("Ａé'x") == "aex"
