"""The parts of a name that match a query are marked, and the name stays complete."""

import pytest

from overt.queries.name_search.match_marks import mark_match
from overt.queries.name_search.name_fit import read_query


@pytest.mark.parametrize(
    ("line", "query", "pieces"),
    [
        ("Huawei Technologies", "hua", ["", "Hua", "wei Technologies"]),
        ("Huawei Technologies", "huawei tech", ["", "Huawei Tech", "nologies"]),
        ("Huawei Technologies", "tech huawei", ["", "Huawei", " ", "Tech", "nologies"]),
        ("Huawei Technologies", "хуавэй", ["", "Huawei", " Technologies"]),
        ("Société d’Électricité", "societe elec", ["", "Société", " d’", "Élec", "tricité"]),
        ("海康威视\thai kang vei shi", "haikang", ["", "海康", "威视"]),
        ("海康威视\thai kang vei shi", "威视", ["海康", "威视", ""]),
        ("华为技术\thua vei i shu", "華為", ["", "华为", "技术"]),
        ("ABC 海康\tabk hai kang", "haikang", ["ABC ", "海康", ""]),
        ("Zu\u0308rich", "zur", ["", "Zu\u0308r", "ich"]),
        ("Lloyd Lumar", "loid lu", ["", "Lloyd Lu", "mar"]),
        ("Nothing of it", "other", ["Nothing of it"]),
        ("<b>Bold</b> &amp;", "bold", ["<b>", "Bold", "</b> &amp;"]),
    ],
)
def test_marks(line: str, query: str, pieces: list[str]) -> None:
    parsed = read_query(query)
    assert parsed
    parts = mark_match(line, parsed)
    assert "".join(parts) == line.partition("\t")[0]
    assert parts == pieces


def test_the_word_near_to_a_typing_error_is_marked() -> None:
    query = read_query("huawie")
    assert query
    assert mark_match("Bank of Huawei", query, ["huavei"]) == ["Bank of ", "Huawei", ""]
