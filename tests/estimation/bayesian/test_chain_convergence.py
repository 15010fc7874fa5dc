"""Diagnostics of chains that agree, that disagree, and that allow no conclusion."""

import numpy as np
import pytest

from overt.estimation.bayesian.chain_convergence import convergence


def test_independent_chains_agree() -> None:
    free = np.random.default_rng(2).standard_normal((4, 1_000))
    diagnosed = convergence(free, 0.9)
    assert diagnosed.rhat < 1.01
    assert diagnosed.bulk_size == pytest.approx(4_000, rel=0.15)
    assert diagnosed.tail_size == pytest.approx(4_000, rel=0.2)


def test_slow_chains_are_worth_few_draws() -> None:
    random = np.random.default_rng(2)
    slow = np.zeros((4, 5_000))
    for at in range(1, 5_000):  # neighbouring draws have a correlation of 0.9, so 19 draws are worth one independent draw
        slow[:, at] = 0.9 * slow[:, at - 1] + random.standard_normal(4)
    assert convergence(slow, 0.95).bulk_size == pytest.approx(20_000 / 19, rel=0.3)


def test_chains_that_differ_in_place_or_spread_do_not_agree() -> None:
    free = np.random.default_rng(2).standard_normal((4, 1_000))
    assert convergence(free + np.arange(4)[:, None], 0.95).rhat > 1.3
    assert convergence(free * np.array([1, 1, 1, 5])[:, None], 0.95).rhat > 1.1


def test_an_end_is_worth_less_than_the_middle_where_one_chain_stays_beyond_it() -> None:
    draws = np.random.default_rng(5).standard_normal((4, 2_000))
    draws[0, :100] = 4.0
    diagnosed = convergence(draws, 0.9)
    assert diagnosed.tail_size < 0.5 * diagnosed.bulk_size


def test_chains_that_never_move() -> None:
    assert convergence(np.repeat(np.arange(2.0)[:, None], 100, axis=1), 0.95).rhat > 1_000
    assert not convergence(np.ones((4, 100)), 0.95).rhat <= 1.05
