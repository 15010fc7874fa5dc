"""The mixture of latent classes: its estimates, its draws, and when it refuses an estimate."""

import numpy as np
import pytest

from overt.estimation.bayesian.latent_class import _draw_stick, _initial_state, _swap_classes, latent_class
from overt.estimation.estimate_result_and_verdicts import COMPARISON, ESTIMATE, REFUSED, Code
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from tests.estimation.tables_folder import TABLES

INDEPENDENT = OverlapTable.from_rows(
    ["a", "b", "c"],
    [(0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)],
    [84, 56, 56, 36, 36, 24, 24],
)
"""400 people on three independent lists, with probabilities 0.3, 0.4 and 0.5; 84 of them are on no list."""


@pytest.mark.slow
def test_kosovo_equals_lcmcr() -> None:
    estimate = latent_class(read_overlap_table(TABLES / "Kosovo.csv"))
    assert estimate.verdict == ESTIMATE
    assert estimate.estimate == pytest.approx(10_381, rel=0.05)
    assert estimate.detail["split_rhat"] <= 1.05  # type: ignore[operator]


@pytest.mark.ci
def test_independent_lists_recover_the_true_number() -> None:
    estimate = latent_class(INDEPENDENT, chains=4, max_iterations=5_000)
    assert estimate.estimate == pytest.approx(400, rel=0.03)
    assert estimate.low is not None and estimate.high is not None and estimate.low < 400 < estimate.high


def test_equal_seeds_give_equal_draws() -> None:
    runs = [latent_class(INDEPENDENT, seed=seed, chains=2, max_iterations=1_000).as_dict() for seed in (3, 3, 4)]
    assert runs[0] == runs[1] != runs[2]


def test_chains_that_do_not_agree_are_refused() -> None:
    estimate = latent_class(read_overlap_table(TABLES / "UKdat.csv"), chains=4, max_iterations=1_000)
    assert (estimate.verdict, estimate.estimate) == (REFUSED, None)
    assert "chains do not agree (R-hat" in estimate.reason


def test_draws_far_above_the_people_observed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.estimation.bayesian.latent_class._RUNAWAY", 1)
    estimate = latent_class(INDEPENDENT, chains=2, max_iterations=500)
    assert (estimate.verdict, estimate.estimate, estimate.code) == (REFUSED, None, Code.UNBOUNDED)
    assert estimate.reason.startswith("the draws run away")


@pytest.mark.slow
def test_interval_ends_worth_few_draws_are_unsettled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.estimation.bayesian.latent_class.MIN_INTERVAL_DRAWS", 50)
    settled = latent_class(INDEPENDENT, chains=4, max_iterations=5_000)
    assert settled.verdict == ESTIMATE and settled.detail["settled"] is True
    assert min(settled.detail["effective_draws"], settled.detail["effective_draws_of_ends"]) >= 50  # type: ignore[type-var]
    monkeypatch.setattr("overt.estimation.bayesian.latent_class.MIN_INTERVAL_DRAWS", 10**6)
    estimate = latent_class(INDEPENDENT, chains=4, max_iterations=5_000)
    assert estimate.verdict == COMPARISON and estimate.detail["settled"] is False
    assert estimate.reason.startswith("unsettled: after 5,000 iterations the middle is worth")
    assert (estimate.low, estimate.estimate, estimate.high) == (settled.low, settled.estimate, settled.high)


def test_chains_that_stay_apart_end_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.estimation.bayesian.latent_class.STUCK", (500, 1.01))
    monkeypatch.setattr("overt.estimation.bayesian.latent_class.ROUND", 500)
    estimate = latent_class(read_overlap_table(TABLES / "UKdat.csv"), chains=4)
    assert (estimate.verdict, estimate.detail["iterations"]) == (REFUSED, 500)


def test_isolated_lists_and_two_lists_are_refused() -> None:
    isolated = latent_class(read_overlap_table(TABLES / "Artificial_3.csv"))
    assert (isolated.reason, isolated.code) == ("nobody on C is on another list", Code.ISOLATED_LIST)
    assert "three lists or more" in latent_class(OverlapTable.from_rows(["a", "b"], [(1, 0), (0, 1), (1, 1)], [5, 5, 5])).reason


def test_stick_weights_follow_their_distribution_and_stay_finite() -> None:
    """Each share of the remainder has a beta distribution. With a small concentration, the last share underflows."""
    random = np.random.default_rng(1)
    sizes = np.tile(np.array([30, 10, 0]), (20_000, 1))
    weights = np.exp(_draw_stick(random, sizes, np.full(20_000, 2.0)))
    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights[:, 0].mean() == pytest.approx(31 / 43, abs=0.005)
    assert (weights[:, 1] / (1 - weights[:, 0])).mean() == pytest.approx(11 / 13, abs=0.005)
    assert np.isfinite(_draw_stick(random, np.zeros((50, 10), dtype=np.int64), np.full(50, 1e-3))).all()


def test_swapping_classes_keeps_the_prior_of_weights() -> None:
    """After many swaps, weights drawn from their prior have the same means as before."""
    chains = 20_000
    state = _initial_state(INDEPENDENT, 4, chains, 1)
    state.concentration = np.full(chains, 1.5)
    state.log_weights = _draw_stick(state.random, np.zeros((chains, 4), dtype=np.int64), state.concentration)
    for _ in range(30):
        _swap_classes(state)
    expected = [0.4, 0.6 * 0.4, 0.36 * 0.4, 0.6**3]
    assert np.exp(state.log_weights).mean(axis=0) == pytest.approx(expected, abs=0.01)
