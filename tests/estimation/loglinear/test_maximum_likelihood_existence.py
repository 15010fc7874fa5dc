"""Models whose maximum is on the boundary, and whether they still determine the number of people."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

import overt
from overt.estimation.loglinear.candidate_models import candidate_models
from overt.estimation.loglinear.maximum_likelihood_existence import existence_codes, face, find_supports
from overt.estimation.loglinear.model_space import hierarchical_models, model_space
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.loglinear.profile_likelihood import model_profile, profile_interval
from overt.estimation.methods import METHODS, limit_blas_threads
from overt.estimation.overlap_tables.overlap_table import OverlapTable

CELLS = [list(row) for row in product([1, 0], repeat=4)][:-1]
CORMACK = OverlapTable.from_rows("ABCD", CELLS, [72, 5, 29, 53, 24, 3, 12, 14, 0, 0, 0, 1, 0, 0, 2])
"""Deaths at work on four lists. Everybody on C is also on A.

Table 3a of Cormack, Chang and Smith (2000), International Journal of Epidemiology 29, 1053–1059.
"""


def fixed(model: str, table: OverlapTable = CORMACK):
    return METHODS["fixed"](table, level=0.95, seed=1, model=model)


@pytest.mark.parametrize(
    ("model", "number", "deviance", "df"),
    [
        ("[1,2,3,4]", 215, 87.1, 10),
        ("[34,1,2]", 215, 12.2, 9),
        ("[13,34,2]", 216, 7.7, 8),
        ("[12,13,34]", 218, 2.6, 7),
    ],
)
def test_models_equal_cormack_chang_and_smith(model, number, deviance, df):
    """Rcapture gives the same numbers. The last two models are on the boundary."""
    estimate = fixed(model)
    assert (estimate.code, round(estimate.estimate)) == (0, number)
    assert estimate.detail["deviance"] == pytest.approx(deviance, abs=0.05)
    assert estimate.detail["df"] == df
    assert estimate.low <= estimate.estimate <= estimate.high


@pytest.mark.parametrize("model", ["[12,13,14,34]", "[12,13,14,23,24,34]"])
def test_models_with_runaway_numbers_in_rcapture_have_no_estimate(model):
    estimate = fixed(model)
    assert (estimate.code, estimate.estimate) == (1, None)


def test_detail_describes_the_edge():
    edge = fixed("[12,13,34]").detail["edge"]
    assert edge == {"terms": ["C", "A·C"], "empty": ["C", "B·C", "C·D", "B·C·D"]}
    assert fixed("[34,1,2]").detail["edge"] is None


def test_candidate_models_include_edges():
    candidates = candidate_models(CORMACK)
    labels = [candidates.space.label(candidates.models[at]) for at in candidates.near_best()]
    assert {"[34,1,2]", "[12,13,34]"} <= set(labels)
    assert candidates.near_best().size == 9


def test_an_edge_is_the_limit_of_vanishing_counts():
    """The numbers on the boundary are the limits for tables with ever smaller counts in place of the empty cells."""
    space = model_space(4, 2)
    counts = CORMACK.cells()[1].astype(float)
    model = space.model([0b0011, 0b0101, 0b1100])
    codes, support = find_supports(space, counts[None], model[None])
    assert existence_codes(space, counts[None], model[None]).tolist() == [1]
    assert codes.tolist() == [0]
    expected = fit(space, counts[None], model[None], support=support).unseen[0]
    near = [fit(space, np.where(counts > 0, counts, small)[None], model[None]).unseen[0] for small in (1e-2, 1e-4, 1e-6)]
    assert near[2] == pytest.approx(expected, abs=1e-4)
    assert abs(near[0] - expected) > abs(near[1] - expected) > abs(near[2] - expected)


def test_every_edge_of_sparse_tables_is_the_limit_of_vanishing_counts():
    space, models = model_space(3, 2), hierarchical_models(3, 2)
    random = np.random.default_rng(3)
    edges = 0
    with limit_blas_threads():
        for _ in range(60):
            counts = random.poisson(1.0, size=7).astype(float)
            tables = np.repeat(counts[None], len(models), axis=0)
            strict, (codes, support) = existence_codes(space, tables, models), find_supports(space, tables, models)
            assert (codes[strict == 0] == 0).all()
            for row in np.flatnonzero((codes == 0) & (strict != 0)):
                on = support.rows(np.array([row]))
                expected = fit(space, counts[None], models[row][None], support=on).unseen[0]
                limit = fit(space, (counts + 1e-7)[None], models[row][None]).unseen[0]
                assert limit == pytest.approx(expected, rel=1e-3, abs=1e-3), (counts, space.label(models[row]))
                edges += 1
    assert edges > 10


def test_the_face_of_a_filled_table_has_every_cell():
    columns = model_space(3, 2).columns
    assert face(columns, np.ones(7)).all()


def test_faces_agree_with_one_linear_programme_per_cell():
    """A cell is on the face if some table with the same sums fills it. In about half of the tables, one list contains another."""
    random = np.random.default_rng(5)
    parts = []
    for size in (3, 4, 4, 5) * 6:
        space = model_space(size, 2)
        models = hierarchical_models(size, 2)
        filled = (random.random(len(space.patterns)) < random.uniform(0.2, 0.8)).astype(float)
        if random.random() < 0.5:
            filled[(space.columns[:, 1] == 0) & (space.columns[:, 2] > 0)] = 0  # the first list contains the second
        if not filled.any():
            continue
        columns = space.columns[:, models[random.integers(len(models))]]
        on_face, sums = face(columns, filled), columns.T @ filled
        most = [linprog(-row, A_eq=columns.T, b_eq=sums, bounds=(0, None)).fun for row in np.eye(len(columns))]
        assert on_face.tolist() == [-value > 1e-6 for value in most], (size, filled)
        parts.append(on_face[filled == 0].mean() if (filled == 0).any() else 1.0)
    assert {0.0, 1.0} < set(parts), "none, some and all of the empty cells"


def test_the_interval_on_an_edge_is_that_of_the_limit():
    estimate = fixed("[12,13,34]")
    space = model_space(4, 2)
    counts = np.where(CORMACK.cells()[1] > 0, CORMACK.cells()[1], 1e-7)
    model = space.model([0b0011, 0b0101, 0b1100])
    start = fit(space, counts[None], model[None]).beta[0]
    limit = profile_interval(model_profile(space, counts, model, np.ones(15, dtype=bool), start), 215, 0.95)
    assert (estimate.detail["profile_peak"], estimate.low, estimate.high) == pytest.approx(limit, abs=1e-2)


def test_a_list_within_another_has_a_report():
    report = overt.estimate(CORMACK, "bic")
    assert report.verdict == "estimate"
    assert report.high == pytest.approx(fixed("[12,13,34]").high, rel=0.02)
    assert any("C in A" in note for note in report.notes)
