"""The search finds entries by their names in any script, best first, and accepts any input."""

import unicodedata

import pytest

from overt.queries.database import Reader
from overt.queries.name_search import name_lookup
from overt.queries.name_search.name_fit import Fit


def _labels(reader: Reader, query: str, size: int = 10) -> list[str]:
    return [match.entry.label for match in name_lookup.find(reader, query, size=size)[1]]


def _first(reader: Reader, query: str) -> tuple[str, str, Fit]:
    match = name_lookup.find(reader, query)[1][0]
    return match.entry.type, match.entry.label, match.fit


@pytest.mark.parametrize(
    ("query", "fit"),
    [
        ("huawei", Fit.EQUALS),
        ("HUAWEI", Fit.EQUALS),
        ("hua wei", Fit.EQUALS),
        ("h u a w e i", Fit.EQUALS),
        ("huaw", Fit.BEGINS),
        ("хуавэй", Fit.EQUALS),
        ("хуавэ", Fit.BEGINS),
        ("huawey", Fit.BEGINS),
        ("华为", Fit.BEGINS),
        ("華為", Fit.BEGINS),
        ("华为技术有限公司", Fit.EQUALS),
        ("术有限", Fit.CONTAINS),
        ("huaweijishu", Fit.BEGINS),
        ("hua wei ji shu", Fit.BEGINS),
        ("huaweijishuyouxiangongsi", Fit.EQUALS),
        ("youxiangongsi", Fit.CONTAINS),
        ("ltd huawei", Fit.WORDS),
        ("huaweitech", Fit.EQUALS),
        ("huawei tekh", Fit.SOUNDS_WHOLE),
        ("huawie", Fit.SLIP),
        ("hauwei", Fit.SLIP),
        ("huwei", Fit.SLIP),
        ("huaweii", Fit.BEGINS),
        ("hawei tech", Fit.SLIP),
        ("هواوي", Fit.SLIP),
        ("Q160120", Fit.CONTAINS),
        ("\u200fHua\u200ewei\u202c", Fit.EQUALS),
    ],
)
def test_huawei_is_found(reader: Reader, query: str, fit: Fit) -> None:
    assert _first(reader, query) == ("organization", "Huawei Technologies", fit)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kenya", ("country", "Kenya")),
        ("肯尼亚", ("country", "Kenya")),
        ("кения", ("country", "Kenya")),
        ("KEN", ("country", "Kenya")),
        ("smart or safe city", ("kind", "Smart or safe city")),
        ("surveil", ("layer", "Surveillance")),
        ("海底电缆", ("kind", "Submarine cable")),
        ("haididianlan", ("kind", "Submarine cable")),
        ("test sea", ("project", "Test Sea Cable")),
        ("sea test", ("project", "Test Sea Cable")),
        ("submarine cables", ("kind", "Submarine cable")),
        ("smart or safe cities", ("kind", "Smart or safe city")),
        ("karachi", ("place", "Karachi, Pakistan")),
        ("karaci", ("place", "Karachi, Pakistan")),
        ("treaty on", ("agreement", "Treaty on content")),
        ("nairobi", ("place", "Nairobi")),
        ("yinhang", ("organization", "Export Bank of Ruritania")),
    ],
)
def test_things_of_every_kind_are_found(reader: Reader, query: str, first: tuple[str, str]) -> None:
    kind, label, _ = _first(reader, query)
    assert (kind, label[: len(first[1])]) == first


def test_complete_names_come_before_prefixes_and_prefixes_before_words(reader: Reader) -> None:
    _, matches = name_lookup.find(reader, "huawei")
    assert [match.fit for match in matches] == sorted(match.fit for match in matches)
    assert [match.entry.label for match in matches][:2] == ["Huawei Technologies", "Huawei Marine"]


def test_documents_come_after_records_with_the_same_name(reader: Reader) -> None:
    matches = name_lookup.find(reader, "a", size=200)[1]
    at = next(at for at, match in enumerate(matches) if match.entry.type == "document")
    assert matches[at].fit is Fit.BEGINS
    assert {match.fit for match in matches[:at]} >= {Fit.BEGINS, Fit.CONTAINS}


def test_more_projects_come_first_among_equals(reader: Reader) -> None:
    entries = [match.entry for match in name_lookup.find(reader, "p", size=50)[1] if match.fit == Fit.BEGINS]
    projects = [entry.projects for entry in entries if entry.type == "country"]
    assert len(projects) > 1
    assert projects == sorted(projects, reverse=True)


def test_one_thing_is_one_result(reader: Reader) -> None:
    ids = [match.entry.id for match in name_lookup.find(reader, "huawei")[1]]
    assert len(ids) == len(set(ids))


def test_projects_match_only_by_their_own_names(reader: Reader) -> None:
    assert "5G trial in Laos" not in _labels(reader, "huawei")


def test_one_sign_that_is_read_so_comes_after_what_is_spelled_so(reader: Reader) -> None:
    def fit(query: str) -> Fit:
        return next(match.fit for match in name_lookup.find(reader, query, size=50)[1] if match.entry.label == "Submarine cable")

    assert fit("hai") is Fit.SOUNDS_BEGIN, "海底电缆"
    assert fit("haid") is Fit.BEGINS
    assert fit("海") is Fit.BEGINS


def test_a_word_that_names_have_is_not_a_slip(reader: Reader) -> None:
    fits = {match.fit for match in name_lookup.find(reader, "nairobi")[1]}
    assert Fit.SLIP not in fits


@pytest.mark.parametrize("query", ["为华", "awei", "zzzzqqqq", "cv"])
def test_absent_names_do_not_match(reader: Reader, query: str) -> None:
    assert "Huawei" not in _labels(reader, query)


@pytest.mark.parametrize("query", ["", "   ", '"', "()*:^-", "\0", "'", "🙂🙂", "\u202e\u200f", "\ud800", "…—·", "\ue000"])
def test_nothing_to_look_for(reader: Reader, query: str) -> None:
    assert name_lookup.find(reader, query) == (0, [])


@pytest.mark.parametrize(
    "query",
    [
        'names:x OR "',
        "a NEAR b",
        "NEAR(huawei marine, 2)",
        "x AND NOT y",
        "*",
        '"" ""',
        "a" * 10_000,
        "华" * 10_000,
        "华为" * 5_000,
        "a " * 5_000,
        "huawei " * 2_000,
        "ab" * 5_000,
        "\u0301" * 10_000,
        "ﷺ" * 3_000,
        "\ud83d" + "huawei",
        "'; DROP TABLE entries; --",
        "%_%",
        "{{ 7 * 7 }}",
        "".join(chr(code) for code in range(0x20, 0x3000, 7)),
        unicodedata.normalize("NFD", "Ünïcödé sürvéillance"),
    ],
)
def test_anything_may_be_typed(reader: Reader, query: str) -> None:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    reader._connection.set_progress_handler(count, 10_000)
    try:
        total, matches = name_lookup.find(reader, query)
    finally:
        reader._connection.set_progress_handler(None, 0)
    assert 0 <= len(matches) <= total <= name_lookup.MAX_RESULTS
    assert steps < 500, "five million steps of SQLite's machine would be a long answer from so small an atlas"


def test_operators_are_only_words(reader: Reader) -> None:
    assert _labels(reader, "huawei marine") == ["Huawei Marine"]
    assert not _labels(reader, "huawei NOT marine")
    assert not _labels(reader, "huawei OR nairobi")


def test_pages_follow_each_other(reader: Reader) -> None:
    total, first = name_lookup.find(reader, "a", size=5)
    assert total > 10
    second = name_lookup.find(reader, "a", size=5, number=2)[1]
    both = name_lookup.find(reader, "a", size=10)[1]
    assert [match.entry.n for match in [*first, *second]] == [match.entry.n for match in both]
    assert name_lookup.find(reader, "a", size=50, number=100) == (0, [])


@pytest.mark.parametrize("query", ["aaaaaaaaaaaaaaaaaaaaa", "hhhhhhhhh", "kkkkkkk hhhhhhh", "huuuuuuuuuuuuuuuu"])
def test_one_letter_over_and_over_is_not_every_name_with_that_letter(reader: Reader, query: str) -> None:
    assert name_lookup.find(reader, query) == (0, [])
    assert name_lookup.first(reader, query, 10) == []


@pytest.mark.parametrize("query", ["Huuawei", "huaaaweii", "h u a w e i"])
def test_a_doubled_letter_still_matches(reader: Reader, query: str) -> None:
    assert _first(reader, query)[1] == "Huawei Technologies"
