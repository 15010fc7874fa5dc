"""Bayesian model averaging over decomposable graphs, compared with the output of the R package dga."""

from itertools import combinations

import numpy as np
import pytest

from overt.estimation.bayesian.decomposable_graphs import decomposable_graphs
from overt.estimation.bayesian.graph_averaging import average_over_graphs, missing_grid
from overt.estimation.bayesian.graph_posterior import GraphPosterior
from overt.estimation.estimate_result_and_verdicts import REFUSED, Code
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError
from tests.estimation.tables_folder import TABLES

SPINA_BIFIDA = OverlapTable.from_rows(
    ["one", "two", "three"],
    [(0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)],
    [60, 49, 4, 247, 112, 142, 12],
)
"""The three lists of Madigan and York (1997), in the order of dga's arrays."""


@pytest.mark.parametrize(("lists", "count"), [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18154)])
def test_number_of_decomposable_graphs(lists: int, count: int) -> None:  # OEIS A058862
    assert len(decomposable_graphs(lists).exponents) == count


def test_signs_count_each_list_and_each_edge_once() -> None:
    """Cliques minus separators count each list once, and each edge of the graph once."""
    graphs = decomposable_graphs(5)
    for at in range(5):
        members = [code for code in range(32) if code >> at & 1]
        assert (graphs.exponents[:, members].sum(axis=1) == 1).all()
    for left, right in combinations(range(5), 2):
        both = [code for code in range(32) if code >> left & 1 and code >> right & 1]
        assert (graphs.exponents[:, both].sum(axis=1) == (graphs.adjacent[:, left] >> right & 1)).all()


def test_graph_labels_are_their_cliques() -> None:
    graphs = decomposable_graphs(4)
    names = [graphs.label(at) for at in range(len(graphs.exponents))]
    assert len(set(names)) == 61
    assert {"[1,2,3,4]", "[123,134]", "[12,23,34]", "[1234]"} <= set(names)
    assert "[12,14,23,34]" not in names, "a ring of four is not decomposable"


def test_kosovo_equals_dga() -> None:
    """The expected numbers are from dga with δ = 2⁻⁴, its prior 1/N and Nmissing = seq(1, 44000, by = 5)."""
    estimate = average_over_graphs(read_overlap_table(TABLES / "Kosovo.csv"))
    assert (estimate.low, estimate.estimate, estimate.high) == (9826, 12596, 16546)
    assert estimate.detail["models"][0]["model"] == "[123,134]"  # type: ignore[index]


def test_three_lists_equal_madigan_and_york() -> None:
    estimate = average_over_graphs(SPINA_BIFIDA, delta=1, prior=(13.14, 55.17))
    first = estimate.detail["models"][0]  # type: ignore[index]
    assert (first["model"], round(first["weight"], 2), first["estimate"]) == ("[23,1]", 0.37, 731)


def test_probabilities_equal_those_worked_out_by_hand() -> None:
    """For the graph with all edges, the probabilities of the cells have a Dirichlet distribution."""
    from scipy.special import gammaln

    missing = np.arange(0, 300)
    graphs = decomposable_graphs(3)
    every = np.arange(len(graphs.exponents))
    names = [graphs.label(graph) for graph in every.tolist()]
    number = 626 + missing
    full = gammaln(missing + 1) - gammaln(number + 8) + gammaln(number + 1) - gammaln(missing + 1) - np.log(number)
    logs = GraphPosterior(SPINA_BIFIDA, graphs, 1.0, None).log_density(every, missing)[names.index("[123]")]
    assert np.allclose(logs - logs[0], full - full[0])


@pytest.mark.parametrize("people", [2_000, 20_000, 200_000, 2_000_000])
def test_a_narrow_peak_is_resolved(people: int) -> None:
    """Compare the estimate for lists of probability 0.8, 0.9 and 0.85 with a sum over all numbers near the truth."""
    from scipy.special import gammaln

    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in range(7, 0, -1)]
    chances = np.where(patterns, [0.8, 0.9, 0.85], [0.2, 0.1, 0.15]).prod(axis=1)
    counts = np.rint(people * chances).astype(int)
    estimate = average_over_graphs(OverlapTable.from_rows("ABC", patterns, counts.tolist()))
    number = np.arange(max(counts.sum(), people - 2_000), people + 2_000)
    # Independent lists give a product of beta functions. Other graphs have little probability and hardly move the ends.
    each = [gammaln(on + 0.5) + gammaln(number - on + 0.5) - gammaln(number + 1) for on in (counts @ patterns).tolist()]
    density = sum(each) + gammaln(number + 1) - gammaln(number - counts.sum() + 1) - np.log(number)
    share = np.exp(density - density.max())
    low, middle, high = number[np.searchsorted(np.cumsum(share) / share.sum(), [0.025, 0.5, 0.975])]
    narrow = 0.05 * (high - low) + 1
    for end, exact in ((estimate.low, low), (estimate.estimate, middle), (estimate.high, high)):
        assert end == pytest.approx(exact, abs=narrow)
    first = estimate.detail["models"][0]  # type: ignore[index]
    assert first["model"] == "[1,2,3]"
    assert first["weight"] > 0.8


def test_a_trillion_people_give_a_narrow_interval() -> None:
    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in range(7, 0, -1)]
    chances = np.where(patterns, [0.8, 0.9, 0.85], [0.2, 0.1, 0.15]).prod(axis=1)
    estimate = average_over_graphs(OverlapTable.from_rows("ABC", patterns, np.rint(1e12 * chances).astype(int).tolist()))
    assert estimate.estimate == pytest.approx(1e12, abs=1e5)
    assert estimate.low is not None
    assert estimate.high is not None
    assert 1e5 < estimate.high - estimate.low < 1e6


def test_the_complete_graph_makes_the_estimate_a_comparison() -> None:
    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in (7, 6, 5, 4, 3, 2, 1)]
    estimate = average_over_graphs(OverlapTable.from_rows("ABC", patterns, [42, 328, 78, 252, 78, 252, 502]))
    assert estimate.verdict == "comparison only"
    assert "the prior alone says" in estimate.reason
    assert average_over_graphs(read_overlap_table(TABLES / "Kosovo.csv")).verdict == "estimate"


def test_a_coarse_and_a_fine_grid_have_the_same_mean() -> None:
    table = read_overlap_table(TABLES / "Kosovo.csv")
    means = []
    for step in (5, 20):
        missing, width = missing_grid(40_000, step)
        graphs = decomposable_graphs(len(table.names))
        posterior = GraphPosterior(table, graphs, 0.0625, None)
        scores = posterior.log_density(np.arange(len(graphs.exponents)), missing) + np.log(width)
        shares = np.exp(scores - scores.max()).sum(axis=0)
        means.append(float(shares @ (4400 + missing) / shares.sum()))
    assert means[0] == pytest.approx(means[1], rel=1e-4)


def test_a_list_without_overlap_is_refused() -> None:
    estimate = average_over_graphs(read_overlap_table(TABLES / "Artificial_3.csv"))
    assert (estimate.verdict, estimate.estimate, estimate.code) == (REFUSED, None, Code.ISOLATED_LIST)
    assert "nobody on C" in estimate.reason


def test_a_table_that_sets_no_upper_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.estimation.bayesian.graph_averaging._FURTHEST_REACH", 10)
    monkeypatch.setattr("overt.estimation.bayesian.graph_averaging._NEGLIGIBLE", 0)
    estimate = average_over_graphs(SPINA_BIFIDA)
    assert (estimate.verdict, estimate.estimate, estimate.code) == (REFUSED, None, Code.UNBOUNDED)
    assert "the prior alone bounds the number" in estimate.reason


@pytest.mark.parametrize(("delta", "prior"), [(0, None), (float("inf"), None), (1, (1, 0)), (-1, None)])
def test_an_invalid_prior_raises(delta: float, prior: tuple[float, float] | None) -> None:
    with pytest.raises(UsageError, match="greater than 0"):
        average_over_graphs(SPINA_BIFIDA, delta=delta, prior=prior)


def test_two_lists_and_seven_are_refused() -> None:
    few = average_over_graphs(OverlapTable.from_rows(["a", "b"], [(1, 0), (0, 1), (1, 1)], [5, 5, 5]))
    many = average_over_graphs(OverlapTable.from_rows("abcdefg", [[1] * 7, *np.eye(7, dtype=int).tolist()], [5] * 8))
    assert {few.verdict, many.verdict} == {REFUSED}
    assert "three lists or more" in few.reason and "up to 6 lists" in many.reason
