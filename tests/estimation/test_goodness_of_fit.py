"""Goodness of fit: no estimate is published from models that fit badly or that the table can't test. Equal lists count as one."""

from itertools import product

import numpy as np
import pytest
from scipy.special import logit

import overt
from overt.estimation.loglinear.candidate_models import candidate_models
from overt.estimation.loglinear.model_space import model_space
from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.estimation.publication_gate import unpublishable_reason
from overt.estimation.sweep_over_models_and_left_out_lists import sweep_models
from tests.estimation.tables_folder import TABLES

DISJOINT = OverlapTable.from_rows(["A", "notA", "B"], [[1, 0, 0], [0, 1, 0], [1, 0, 1], [0, 1, 1]], [50, 40, 30, 20])
"""Everybody is on A or on notA, and nobody is on both. Only a model with the interaction of A and notA can express that, but no
such model has an estimate.
"""
HEPATITIS = OverlapTable.from_rows(
    "ABC", [[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1]], [28, 21, 17, 69, 18, 55, 63]
)
"""Hepatitis A at a college in Taiwan: A. Chao and others (2001), Statistics in Medicine 20, 3123-3157."""
DIABETES = OverlapTable.from_rows(
    "ABCD",
    [list(row) for row in product([1, 0], repeat=4)][:-1],
    [58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10],
)
"""Diabetes in an Italian town: International Working Group (1995), American Journal of Epidemiology 142, 1047-1058."""


def test_the_best_of_models_that_do_not_fit_is_not_published():
    report = overt.estimate(DISJOINT, "bic")
    reason = "no model that has an estimate fits: the best leaves a deviance of 100.1 on 2 degrees of freedom"
    assert (report.verdict, report.low, report.high, report.reason) == ("refused", None, None, reason)
    estimate = report["bic"]
    values = estimate.model, estimate.verdict, estimate.reason, round(estimate.estimate)
    assert values == ("[13,2]", "comparison only", reason, 300)


def test_a_bound_whose_own_model_does_not_fit_is_a_comparison():
    estimate = overt.estimate(DISJOINT, "chao-mth")["chao-mth"]
    assert estimate.verdict == "comparison only"
    assert estimate.detail["deviance"] > 20
    assert estimate.estimate > estimate.low > DISJOINT.observed


def test_a_bound_whose_own_model_fits_is_published(monkeypatch):
    """The lists are independent, so the bound's own model fits. All candidate models are made to fit badly."""
    table = OverlapTable.from_rows(
        "ABC", [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)], [84, 56, 56, 36, 36, 24, 24]
    )
    candidates = candidate_models(table)
    numbers = {"deviance": candidates.deviance + 100, "degrees": candidates.degrees + 1}
    worse = type(candidates)(**{**vars(candidates), **numbers})
    monkeypatch.setattr("overt.estimation.sweep_over_models_and_left_out_lists.candidate_models", lambda _: worse)
    report = overt.estimate(table, "bic")
    assert (report.verdict, report["bic"].verdict) == ("lower bound only", "comparison only")
    assert report.low > table.observed
    assert report.reason.startswith("no model that has an estimate fits: the best leaves a deviance of ")


@pytest.mark.parametrize("table", [read_overlap_table(TABLES / "Kosovo.csv"), DIABETES], ids=["Kosovo", "diabetes"])
def test_tables_of_papers_fit(table):
    assert overt.estimate(table, "bic").verdict == "estimate"


def test_degrees_of_freedom_are_of_the_cells_that_can_be_filled():
    """A term at minus infinity has no coefficient, and its cells are not part of the fit."""
    candidates = candidate_models(read_overlap_table(TABLES / "Artificial_3.csv"))
    fine = ~np.isnan(candidates.bic)
    assert (candidates.degrees[fine] >= 0).all()
    names = [candidates.space.label(model) for model in candidates.models]
    assert candidates.degrees[names.index("[1,2,3]")] == 3


@pytest.mark.ci
def test_equal_lists_count_as_one():
    report = overt.estimate(OverlapTable.from_rows(["A", "B", "A2"], [[1, 0, 1], [0, 1, 0], [1, 1, 1]], [50, 40, 30]), "all")
    assert (report.verdict, report.low) == ("refused", None)
    assert report.reason.startswith("the table has 3 lists, but equal ones are one, which leaves two: one table of two lists")
    assert {estimate.verdict for estimate in report.estimates} == {"comparison only"}


def test_people_shared_by_equal_lists_only_are_not_shared():
    table = OverlapTable.from_rows(
        ["A", "A2", "B", "C"], [[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 1, 0]], [50, 40, 30, 4]
    )
    assert (table.distinct, table.shared) == (3, 4)


def test_a_model_that_nothing_tests_gives_only_a_bound():
    """A census of the college's students found about 545 infections. The saturated model gives 655 to 3,031."""
    report = overt.estimate(HEPATITIS, "bic")
    assert (report.verdict, round(report.low), report.high) == ("lower bound only", 409, None)
    assert HEPATITIS.observed < report.low < 545
    expected = "nothing in the table tests the best models, which have as many terms as it has cells (one model of 8 "
    assert report.reason.startswith(expected)
    assert "334 without A, 378 without B, 336 without C: without any one list the result lies outside the range" in report.reason
    assert (report["bic"].verdict, round(report["bic"].estimate)) == ("comparison only", 1_313)
    for name, verdict in (("dga", "comparison only"), ("independence", "comparison only"), ("chao-mth", "lower bound only")):
        assert overt.estimate(HEPATITIS, name)[name].verdict == verdict


def test_a_near_best_model_that_the_table_tests_is_published():
    """With half as many people, models that the table can test fit nearly as well as the best. The range contains half of 545."""
    fewer = OverlapTable.from_rows("ABC", HEPATITIS.patterns.astype(int).tolist(), (HEPATITIS.counts // 2).tolist())
    report = overt.estimate(fewer, "bic")
    assert report.verdict == "estimate" and report.low < 272 < report.high


@pytest.mark.ci
def test_the_bound_holds_where_a_range_of_an_untested_model_does_not():
    """Lists depend on each other in pairs, and also all three together, which no table of three lists can reveal."""
    untested = covered = bounded = 0
    for people, table in three_way_populations(100):
        sweep = sweep_models(table, 0.95, over_lists=False)
        if unpublishable_reason(table, sweep).startswith("nothing in the table tests"):
            untested += 1
            covered += sweep.low <= people <= sweep.high
            bounded += METHODS["chao-mth"](table, level=0.95, seed=1).low <= people
    assert untested >= 10 and covered <= untested / 2 and bounded >= 0.9 * untested


def three_way_populations(number):
    """Yield the size of each simulated population, and the overlap table of its three lists."""
    random = np.random.default_rng(7)
    space = model_space(3, 3)
    for _ in range(number):
        people = int(np.exp(random.uniform(np.log(300), np.log(20_000))))
        terms = np.zeros(len(space.terms))
        terms[space.order == 1] = logit(random.uniform(0.05, 0.4, size=3))
        terms[space.order == 2] = random.uniform(-1, 1.5, size=3)
        terms[space.order == 3] = random.normal(0, 0.7)
        weights = np.append(np.exp(space.columns @ terms), 1.0)
        counts = random.multinomial(people, weights / weights.sum())[:-1]
        if counts.sum():
            yield people, OverlapTable.from_rows("ABC", space.patterns.astype(int).tolist(), counts.tolist())


def test_a_fixed_model_far_from_the_best_is_a_comparison():
    near = {row["model"]: row["bic"] for row in overt.estimate(DIABETES, "bic").sweep.as_dict()["models"]["list"]}
    best = min(bic for bic in near.values() if bic is not None)
    further = next(model for model, bic in near.items() if bic is not None and 6 < bic - best < 10)
    estimate = overt.estimate(DIABETES, "fixed", model=further)["fixed"]
    assert estimate.verdict == "comparison only"
    assert "fits worse than" in estimate.reason
    assert estimate.estimate is not None


def test_the_sweep_leaves_out_each_list():
    """Each table without one of the lists still has the people on the other lists, so it has models."""
    table = OverlapTable.from_rows("ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, 1, 1])
    sweep = sweep_models(table, 0.95)
    assert list(sweep.without) == ["A", "B", "C"]
    assert all(candidates.models.size for candidates in sweep.without.values())
