"""Bayesian model averaging over decomposable graphs, beside what the R package dga prints."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from overt.estimation.bayesian.decomposable_graphs import decomposable_graphs
from overt.estimation.bayesian.graph_averaging import decomposable, grid, posterior
from overt.estimation.estimates import REFUSED
from overt.estimation.overlap_tables.csv_tables import read_lists
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError

TABLES = Path(__file__).parent / "tables"
SPINA_BIFIDA = Lists.of(
    ["one", "two", "three"],
    [(0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)],
    [60, 49, 4, 247, 112, 142, 12],
)
"""Madigan and York (1997), in the order in which dga's arrays are written."""


@pytest.mark.parametrize(("lists", "count"), [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18154)])
def test_as_many_graphs_as_there_are_labelled_chordal_ones(lists: int, count: int) -> None:  # OEIS A058862
    assert len(decomposable_graphs(lists).signs) == count


def test_every_set_of_lists_is_told_once_in_a_likelihood() -> None:
    """Cliques less separators count each list once, and each edge of the graph once."""
    graphs = decomposable_graphs(5)
    for at in range(5):
        held = [code for code in range(32) if code >> at & 1]
        assert (graphs.signs[:, held].sum(axis=1) == 1).all()
    for one, other in combinations(range(5), 2):
        both = [code for code in range(32) if code >> one & 1 and code >> other & 1]
        assert (graphs.signs[:, both].sum(axis=1) == (graphs.adjacent[:, one] >> other & 1)).all()


def test_a_graph_is_named_by_its_cliques() -> None:
    graphs = decomposable_graphs(4)
    names = [graphs.name(at) for at in range(len(graphs.signs))]
    assert len(set(names)) == 61
    assert {"[1,2,3,4]", "[123,134]", "[12,23,34]", "[1234]"} <= set(names)
    assert "[12,14,23,34]" not in names, "a ring of four is not decomposable"


def test_kosovo_as_dga_has_it() -> None:
    """dga with δ = 2⁻⁴, its prior 1/N and Nmissing = seq(1, 44000, by = 5)."""
    found = decomposable(read_lists(TABLES / "Kosovo.csv"))
    assert (found.low, found.estimate, found.high) == (9826, 12596, 16546)
    assert found.detail["models"][0]["model"] == "[123,134]"  # type: ignore[index]


def test_three_lists_of_madigan_and_york() -> None:
    found = decomposable(SPINA_BIFIDA, delta=1, prior=(13.14, 55.17))
    first = found.detail["models"][0]  # type: ignore[index]
    assert (first["model"], round(first["weight"], 2), first["estimate"]) == ("[23,1]", 0.37, 731)


def test_a_likelihood_is_that_of_the_table_itself() -> None:
    """Of the graph with all edges: a Dirichlet over cells; of none: a product over lists. Worked out by hand."""
    from scipy.special import gammaln

    missing, share = np.arange(0, 300), np.ones(300)
    likely, shares = posterior(SPINA_BIFIDA, missing, share, delta=1.0)
    graphs = decomposable_graphs(3)
    names = [graphs.name(graph) for graph in likely.tolist()]
    number = 626 + missing
    full = gammaln(missing + 1) - gammaln(number + 8) + gammaln(number + 1) - gammaln(missing + 1) - np.log(number)
    mine = np.log(shares[names.index("[123]")])
    assert np.allclose(mine - mine[0], full - full[0])


@pytest.mark.parametrize("people", [2_000, 20_000, 200_000, 2_000_000])
def test_a_narrow_peak_is_found(people: int) -> None:
    """Independent lists with chances of 0.8, 0.9 and 0.85, beside the sum over every number of people around the truth."""
    from scipy.special import gammaln

    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in range(7, 0, -1)]
    chances = np.where(patterns, [0.8, 0.9, 0.85], [0.2, 0.1, 0.15]).prod(axis=1)
    counts = np.rint(people * chances).astype(int)
    found = decomposable(Lists.of("ABC", patterns, counts.tolist()))
    number = np.arange(max(counts.sum(), people - 2_000), people + 2_000)
    # Of independent lists: a product of beta functions; other graphs have 3 % together and hardly move the ends.
    each = [gammaln(on + 0.5) + gammaln(number - on + 0.5) - gammaln(number + 1) for on in (counts @ patterns).tolist()]
    density = sum(each) + gammaln(number + 1) - gammaln(number - counts.sum() + 1) - np.log(number)
    share = np.exp(density - density.max())
    low, middle, high = number[np.searchsorted(np.cumsum(share) / share.sum(), [0.025, 0.5, 0.975])]
    narrow = 0.05 * (high - low) + 1
    for mine, exact in ((found.low, low), (found.estimate, middle), (found.high, high)):
        assert mine == pytest.approx(exact, abs=narrow)
    first = found.detail["models"][0]  # type: ignore[index]
    assert first["model"] == "[1,2,3]"
    assert first["weight"] > 0.8


def test_a_trillion_people() -> None:
    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in range(7, 0, -1)]
    chances = np.where(patterns, [0.8, 0.9, 0.85], [0.2, 0.1, 0.15]).prod(axis=1)
    found = decomposable(Lists.of("ABC", patterns, np.rint(1e12 * chances).astype(int).tolist()))
    assert found.estimate == pytest.approx(1e12, abs=1e5)
    assert found.low is not None
    assert found.high is not None
    assert 1e5 < found.high - found.low < 1e6


def test_where_all_lists_depend_on_one_another_the_prior_speaks() -> None:
    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in (7, 6, 5, 4, 3, 2, 1)]
    found = decomposable(Lists.of("ABC", patterns, [42, 328, 78, 252, 78, 252, 502]))
    assert found.verdict == "comparison only"
    assert "the prior alone says" in found.reason
    assert decomposable(read_lists(TABLES / "Kosovo.csv")).verdict == "estimate"


def test_equal_weights_of_a_coarse_and_a_fine_grid() -> None:
    lists = read_lists(TABLES / "Kosovo.csv")
    means = []
    for step in (5, 20):
        missing, share = grid(40_000, step)
        _, shares = posterior(lists, missing, share, delta=0.0625)
        means.append(float(shares.sum(axis=0) @ (4400 + missing)))
    assert means[0] == pytest.approx(means[1], rel=1e-4)


def test_a_list_without_overlap_is_refused() -> None:
    found = decomposable(read_lists(TABLES / "Artificial_3.csv"))
    assert (found.verdict, found.estimate, found.code) == (REFUSED, None, 2)
    assert "nobody on C" in found.reason


@pytest.mark.parametrize(("delta", "prior"), [(0, None), (float("inf"), None), (1, (1, 0)), (-1, None)])
def test_a_prior_that_is_none(delta: float, prior: tuple[float, float] | None) -> None:
    with pytest.raises(UsageError, match="greater than 0"):
        decomposable(SPINA_BIFIDA, delta=delta, prior=prior)


def test_two_lists_and_seven_are_refused() -> None:
    few = decomposable(Lists.of(["a", "b"], [(1, 0), (0, 1), (1, 1)], [5, 5, 5]))
    many = decomposable(Lists.of("abcdefg", [[1] * 7, *np.eye(7, dtype=int).tolist()], [5] * 8))
    assert {few.verdict, many.verdict} == {REFUSED}
    assert "three lists or more" in few.reason and "up to 6 lists" in many.reason
