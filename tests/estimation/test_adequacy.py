"""Whether anything fits: the best of bad models is published by nobody, and equal lists are one."""

from itertools import product

import numpy as np
import pytest

import overt
from overt.estimation.loglinear.candidate_models import candidates
from overt.estimation.overlap_tables.csv_tables import read_lists
from overt.estimation.overlap_tables.overlap_table import Lists
from tests.estimation.test_report import TABLES

APART = Lists.of(["A", "notA", "B"], [[1, 0, 0], [0, 1, 0], [1, 0, 1], [0, 1, 1]], [50, 40, 30, 20])
"""Everybody is on A or on notA, and nobody on both: no model without the two as a pair can say so, and none with it has an
estimate."""
HEPATITIS = Lists.of(
    "ABC", [[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1]], [28, 21, 17, 69, 18, 55, 63]
)
"""Hepatitis A in a college of Taiwan: A. Chao and others (2001), Statistics in Medicine 20, 3123-3157."""
DIABETES = Lists.of(
    "ABCD",
    [list(row) for row in product([1, 0], repeat=4)][:-1],
    [58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10],
)
"""Diabetes in a town of Italy: International Working Group (1995), American Journal of Epidemiology 142, 1047-1058."""


def test_the_best_of_models_that_do_not_fit_is_not_published():
    report = overt.estimate(APART, "bic")
    said = "no model that has an estimate fits: the best leaves a deviance of 100.1 on 2 degrees of freedom"
    assert (report.verdict, report.low, report.high, report.reason) == ("refused", None, None, said)
    one = report["bic"]
    assert (one.model, one.verdict, one.reason, round(one.estimate)) == ("[13,2]", "comparison only", said, 300)


def test_a_bound_whose_own_model_does_not_fit_either_is_to_compare():
    one = overt.estimate(APART, "chao-mth")["chao-mth"]
    assert one.verdict == "comparison only"
    assert one.detail["deviance"] > 20
    assert one.estimate > one.low > APART.observed


def test_a_bound_whose_own_model_fits_is_told(monkeypatch):
    """A table of equal chances, whose bound fits, with the models of a sweep that all leave too much."""
    lists = Lists.of("ABC", [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)], [84, 56, 56, 36, 36, 24, 24])
    held = candidates(lists)
    worse = type(held)(**{**vars(held), "deviance": held.deviance + 100, "degrees": held.degrees + 1})
    monkeypatch.setattr("overt.estimation.model_sweep.candidates", lambda _: worse)
    report = overt.estimate(lists, "bic")
    assert (report.verdict, report["bic"].verdict) == ("lower bound only", "comparison only")
    assert report.low > lists.observed
    assert report.reason.startswith("no model that has an estimate fits: the best leaves a deviance of ")


@pytest.mark.parametrize(
    "lists", [read_lists(TABLES / "Kosovo.csv"), DIABETES, HEPATITIS], ids=["Kosovo", "diabetes", "hepatitis"]
)
def test_tables_of_papers_fit(lists):
    assert overt.estimate(lists, "bic").verdict == "estimate"


def test_degrees_of_freedom_are_of_the_cells_that_can_be_filled():
    """A term at minus infinity has no coefficient, and its cells are no part of the fit."""
    held = candidates(read_lists(TABLES / "Artificial_3.csv"))
    fine = ~np.isnan(held.bic)
    assert (held.degrees[fine] >= 0).all()
    names = [held.space.name(model) for model in held.models]
    assert held.degrees[names.index("[1,2,3]")] == 3


def test_a_list_under_two_names_is_one():
    report = overt.estimate(Lists.of(["A", "B", "A2"], [[1, 0, 1], [0, 1, 0], [1, 1, 1]], [50, 40, 30]), "all")
    assert (report.verdict, report.low) == ("refused", None)
    assert report.reason.startswith("the table has 3 lists, but equal ones are one, which leaves two: one table of two lists")
    assert {one.verdict for one in report.estimates} == {"comparison only"}


def test_whom_equal_lists_alone_share_is_on_one_list():
    lists = Lists.of(["A", "A2", "B", "C"], [[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 1, 0]], [50, 40, 30, 4])
    assert (lists.distinct, lists.shared) == (3, 4)


def test_a_model_that_nothing_tests_says_so():
    report = overt.estimate(HEPATITIS, "bic")
    assert report.reason.startswith("one model of 8 fits best, and gives 1,313; it has 0 degrees of freedom, so nothing in the ")
    assert "334 without A, 378 without B, 336 without C: without any one list the result lies outside the range" in report.reason


def test_a_model_that_somebody_names_is_held_to_the_rule_of_the_range():
    near = {held["model"]: held["bic"] for held in overt.estimate(DIABETES, "bic").sweep.as_dict()["models"]["list"]}
    best = min(bic for bic in near.values() if bic is not None)
    further = next(model for model, bic in near.items() if bic is not None and 6 < bic - best < 10)
    one = overt.estimate(DIABETES, "fixed", model=further)["fixed"]
    assert one.verdict == "comparison only"
    assert "fits worse than" in one.reason
    assert one.estimate is not None
