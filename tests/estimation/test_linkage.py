"""What is unsure of who is who, carried into an estimate."""

import math

import numpy as np
import pytest

from overt.estimation.estimates import COMPARISON, ESTIMATE, REFUSED
from overt.estimation.linkage_uncertainty import Links, over_draws
from overt.estimation.methods import find_method
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError


def counted(table: Lists) -> dict[str, int]:
    rows = table.patterns.tolist()
    return {
        "".join(name for name, on in zip(table.names, row, strict=True) if on): count
        for row, count in zip(rows, table.counts.tolist(), strict=True)
    }


def draws_of(links: Links, number: int = 200) -> list[dict[str, int]]:
    random = np.random.default_rng(1)
    return [counted(links.draw(random)) for _ in range(number)]


PEOPLE = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "c1": "c"}


def test_a_pair_is_one_as_often_as_is_likely() -> None:
    found = draws_of(Links(PEOPLE, likely=[("a1", "b1", 0.3)]), 2_000)
    joined = sum(one.get("ab", 0) for one in found)
    assert joined / 2_000 == pytest.approx(0.3, abs=0.04)
    assert all(sum(one.values()) == 5 - one.get("ab", 0) for one in found)


def test_what_is_certain_is_in_every_draw_and_joins_by_way_of_others() -> None:
    found = draws_of(Links(PEOPLE, certain=[("a1", "b1")], likely=[("b1", "c1", 1.0)]), 20)
    assert found == [{"abc": 1, "a": 1, "b": 1}] * 20


def test_people_who_hold_two_for_two_are_heeded_by_whatever_way() -> None:
    links = Links(PEOPLE, likely=[("a1", "b1", 1.0), ("b1", "c1", 0.999)], apart=[("a1", "c1")])
    assert draws_of(links, 20) == [{"ab": 1, "a": 1, "b": 1, "c": 1}] * 20


def test_a_list_without_duplicates_has_one_record_of_a_thing() -> None:
    pairs = [("a1", "b1", 1.0), ("b1", "a2", 0.99)]
    assert all("ab" in one and one["a"] == 1 for one in draws_of(Links(PEOPLE, likely=pairs, alone=["a"]), 20))
    assert all("a" not in one for one in draws_of(Links(PEOPLE, likely=pairs), 20)[:1])


def certain_table(shared: int = 40) -> Links:
    """100 records on each of two lists, `shared` of them the same."""
    lists = {f"{name}{at}": name for name in "ab" for at in range(100)}
    return Links(lists, certain=[(f"a{at}", f"b{at}") for at in range(shared)])


def test_draws_that_are_all_alike_are_the_method_itself() -> None:
    links = certain_table()
    alone = find_method("chapman")(links.draw(np.random.default_rng(0)), level=0.95, seed=0)
    found = over_draws(links.draw, "chapman")
    assert found.estimate == pytest.approx(alone.estimate)
    assert found.detail["tables"] == 1 and found.detail["share_of_linkage"] == 0
    assert found.verdict == alone.verdict == COMPARISON
    assert alone.low and alone.high and found.low and found.high
    assert math.log(found.high / found.low) == pytest.approx(math.log(alone.high / alone.low)), "as wide as before"


def test_what_is_unsure_makes_an_interval_wider() -> None:
    sure = certain_table()
    likely = [(f"a{at}", f"b{at}", 0.5) for at in range(40, 80)]
    found = over_draws(Links(sure.lists, sure.certain, likely).draw, "chapman", draws=40)
    middle = over_draws(certain_table(60).draw, "chapman")
    assert found.estimate == pytest.approx(middle.estimate, rel=0.03)
    assert found.low and found.high and middle.low and middle.high
    assert math.log(found.high / found.low) > 1.05 * math.log(middle.high / middle.low)
    assert 0.05 < found.detail["share_of_linkage"] < 0.95  # type: ignore[operator]
    assert over_draws(Links(sure.lists, sure.certain, likely).draw, "chapman", draws=40) == found, "equal seeds"


def test_draws_without_a_number_are_told() -> None:
    found = over_draws(certain_table(0).draw, "chao")
    assert (found.verdict, found.estimate) == (REFUSED, None)
    assert "20 of 20 draws give no number, such as: nobody stands on exactly two lists" in found.reason


def test_one_draw_shows_nothing() -> None:
    with pytest.raises(UsageError, match="from two on"):
        over_draws(certain_table().draw, "chapman", draws=1)


def three_lists(shared: int) -> Links:
    """Lists of 60 records each, of which `shared` of each pair of lists are one thing."""
    lists = {f"{name}{at}": name for name in "abc" for at in range(60)}
    pairs = [(f"a{at}", f"b{at}") for at in range(shared)]
    pairs += [(f"b{20 + at}", f"c{at}") for at in range(shared)] + [(f"a{20 + at}", f"c{20 + at}") for at in range(shared)]
    return Links(lists, certain=pairs, likely=[("a50", "b50", 0.5)])


def test_each_draw_goes_through_the_gate() -> None:
    few, many = (over_draws(three_lists(shared).draw, "bic", draws=5) for shared in (2, 12))
    assert few.verdict == COMPARISON and "from fewer than 10 nothing shows" in few.reason
    assert many.verdict == ESTIMATE and "models fit about as well as the best" in many.reason
    span = many.detail["over_models"]
    assert span["low"] <= many.estimate <= span["high"]  # type: ignore[index, operator]
