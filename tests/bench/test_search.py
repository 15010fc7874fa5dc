"""That the benchmark of the search works at a tiny size, and asks what it says; no timing is asserted here."""

import json

import pytest

from bench.site import search
from bench.site.search_queries import NONSENSE, queries

THINGS = [
    (0, ["Bluestem Optics Ltd.", "蓝茎光学有限公司"]),
    (1, ["Quartz Signal Limited", "石英信号股份公司"]),
    (2, ["Cedar Telecom Company", "雪松电信集团"]),
]


def test_things_are_found_among_generated_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert search.main(["--quick", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert {place for held in result["tried"].values() for place in held.values()} == {1}
    for way in ("in_process", "over_http"):
        assert result[way]["queries"] == result["queries"]
        found = result[way]["thing_in_first_eight"]
        assert sum(int(told.split(" of ")[0]) for told in found.values()) >= 0.8 * 4 * len(found)


def test_queries_are_the_same_every_time_and_of_every_kind() -> None:
    asked = queries(THINGS, 2)
    assert asked == queries(THINGS, 2)
    kinds = {"letter by letter", "typing error", "pinyin", "pinyin in parts", "cyrillic", "han", "two words, turned", "no name"}
    assert {one.kind for one in asked} == kinds
    assert [one.text for one in asked if one.kind == "no name"] == list(NONSENSE)


def test_what_is_looked_for_is_known_only_when_it_is_typed_to_its_end() -> None:
    letters = [one for one in queries(THINGS, 1) if one.kind == "letter by letter"]
    assert [len(one.text) for one in letters] == list(range(1, len(letters) + 1))
    assert [one.thing is None for one in letters] == [True] * (len(letters) - 1) + [False]
