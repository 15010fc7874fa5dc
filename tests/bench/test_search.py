"""The search benchmark runs at a tiny size with the queries it describes. No timing is asserted."""

import json

import pytest

from bench.site import search
from bench.site.generated_search_queries import NONSENSE, queries

THINGS = [
    (0, ["Bluestem Optics Ltd.", "蓝茎光学有限公司"]),
    (1, ["Quartz Signal Limited", "石英信号股份公司"]),
    (2, ["Cedar Telecom Company", "雪松电信集团"]),
]


@pytest.mark.slow
def test_known_names_rank_first_among_generated_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert search.main(["--quick", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert {rank for ranks in result["tried"].values() for rank in ranks.values()} == {1}
    for way in ("in_process", "over_http"):
        assert result[way]["queries"] == result["queries"]
        hits = result[way]["thing_in_first_eight"]
        assert sum(int(text.split(" of ")[0]) for text in hits.values()) >= 0.8 * 4 * len(hits)


def test_queries_are_reproducible_and_of_every_kind() -> None:
    typed = queries(THINGS, 2)
    assert typed == queries(THINGS, 2)
    kinds = {"letter by letter", "typing error", "pinyin", "pinyin in parts", "cyrillic", "han", "two words, turned", "no name"}
    assert {query.kind for query in typed} == kinds
    assert [query.text for query in typed if query.kind == "no name"] == list(NONSENSE)


def test_only_complete_queries_have_an_entity() -> None:
    letters = [query for query in queries(THINGS, 1) if query.kind == "letter by letter"]
    assert [len(query.text) for query in letters] == list(range(1, len(letters) + 1))
    assert [query.entity is None for query in letters] == [True] * (len(letters) - 1) + [False]
