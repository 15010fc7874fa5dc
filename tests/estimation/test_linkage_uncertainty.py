"""Estimates with uncertain record linkage."""

import math

import numpy as np
import pytest

from overt.estimation.estimate_result_and_verdicts import COMPARISON, ESTIMATE, REFUSED
from overt.estimation.linkage_uncertainty import Links, estimate_over_draws
from overt.estimation.methods import find_method
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError


def counted(table: OverlapTable) -> dict[str, int]:
    rows = table.patterns.tolist()
    return {
        "".join(name for name, on in zip(table.names, row, strict=True) if on): count
        for row, count in zip(rows, table.counts.tolist(), strict=True)
    }


def draws_of(links: Links, number: int = 200) -> list[dict[str, int]]:
    random = np.random.default_rng(1)
    return [counted(links.draw(random)) for _ in range(number)]


PEOPLE = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "c1": "c"}


def test_a_likely_pair_matches_as_often_as_its_probability() -> None:
    draws = draws_of(Links(PEOPLE, likely=[("a1", "b1", 0.3)]), 2_000)
    joined = sum(draw.get("ab", 0) for draw in draws)
    assert joined / 2_000 == pytest.approx(0.3, abs=0.04)
    assert all(sum(draw.values()) == 5 - draw.get("ab", 0) for draw in draws)


def test_certain_pairs_match_in_every_draw_and_join_through_others() -> None:
    draws = draws_of(Links(PEOPLE, certain=[("a1", "b1")], likely=[("b1", "c1", 1.0)]), 20)
    assert draws == [{"abc": 1, "a": 1, "b": 1}] * 20


def test_pairs_judged_distinct_are_never_joined_through_others() -> None:
    links = Links(PEOPLE, likely=[("a1", "b1", 1.0), ("b1", "c1", 0.999)], distinct=[("a1", "c1")])
    assert draws_of(links, 20) == [{"ab": 1, "a": 1, "b": 1, "c": 1}] * 20


def test_a_deduplicated_list_has_one_record_in_a_cluster() -> None:
    pairs = [("a1", "b1", 1.0), ("b1", "a2", 0.99)]
    assert all("ab" in draw and draw["a"] == 1 for draw in draws_of(Links(PEOPLE, likely=pairs, deduplicated=["a"]), 20))
    assert all("a" not in draw for draw in draws_of(Links(PEOPLE, likely=pairs), 20)[:1])


def certain_table(shared: int = 40) -> Links:
    """Return 100 records on each of two lists, with `shared` certain matches between them."""
    lists = {f"{name}{at}": name for name in "ab" for at in range(100)}
    return Links(lists, certain=[(f"a{at}", f"b{at}") for at in range(shared)])


def test_equal_draws_give_the_estimate_of_one_table() -> None:
    links = certain_table()
    plain = find_method("chapman")(links.draw(np.random.default_rng(0)), level=0.95, seed=0)
    estimate = estimate_over_draws(links.draw, "chapman")
    assert estimate.estimate == pytest.approx(plain.estimate)
    assert estimate.detail["tables"] == 1 and estimate.detail["share_of_linkage"] == 0
    assert estimate.verdict == plain.verdict == COMPARISON
    assert plain.low and plain.high and estimate.low and estimate.high
    assert math.log(estimate.high / estimate.low) == pytest.approx(math.log(plain.high / plain.low)), "as wide as before"


def test_unsure_pairs_widen_the_interval() -> None:
    sure = certain_table()
    likely = [(f"a{at}", f"b{at}", 0.5) for at in range(40, 80)]
    estimate = estimate_over_draws(Links(sure.lists, sure.certain, likely).draw, "chapman", draws=40)
    middle = estimate_over_draws(certain_table(60).draw, "chapman")
    assert estimate.estimate == pytest.approx(middle.estimate, rel=0.03)
    assert estimate.low and estimate.high and middle.low and middle.high
    assert math.log(estimate.high / estimate.low) > 1.05 * math.log(middle.high / middle.low)
    assert 0.05 < estimate.detail["share_of_linkage"] < 0.95  # type: ignore[operator]
    assert estimate_over_draws(Links(sure.lists, sure.certain, likely).draw, "chapman", draws=40) == estimate, "equal seeds"


def test_draws_without_a_number_are_refused() -> None:
    estimate = estimate_over_draws(certain_table(0).draw, "chao")
    assert (estimate.verdict, estimate.estimate) == (REFUSED, None)
    assert "20 of 20 draws give no number, such as: nobody is on exactly two lists" in estimate.reason


def test_one_draw_raises() -> None:
    with pytest.raises(UsageError, match="needs two or more"):
        estimate_over_draws(certain_table().draw, "chapman", draws=1)


def three_lists(shared: int) -> Links:
    """Return three lists of 60 records each.

    Any two share `shared` entities (at most 20). One more pair is a match with probability 0.5.
    """
    lists = {f"{name}{at}": name for name in "abc" for at in range(60)}
    pairs = [(f"a{at}", f"b{at}") for at in range(shared)]
    pairs += [(f"b{20 + at}", f"c{at}") for at in range(shared)] + [(f"a{20 + at}", f"c{20 + at}") for at in range(shared)]
    return Links(lists, certain=pairs, likely=[("a50", "b50", 0.5)])


def test_each_draw_passes_the_gate() -> None:
    few, many = (estimate_over_draws(three_lists(shared).draw, "bic", draws=5) for shared in (2, 12))
    assert few.verdict == COMPARISON and "from fewer than 10 one cannot tell" in few.reason
    assert many.verdict == ESTIMATE and "models fit about as well as the best" in many.reason
    span = many.detail["over_models"]
    assert span["low"] <= many.estimate <= span["high"]  # type: ignore[index, operator]
