"""Models whose maximum lies on an edge: how many people there are may be known there, or not."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

import overt
from overt.estimation.loglinear.candidate_models import candidates
from overt.estimation.loglinear.existence import codes, face, supports
from overt.estimation.loglinear.model_space import hierarchical_models, space_of
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.loglinear.profile_likelihood import of_model, profile_interval
from overt.estimation.methods import METHODS, one_core
from overt.estimation.overlap_tables.overlap_table import Lists

CELLS = [list(row) for row in product([1, 0], repeat=4)][:-1]
CORMACK = Lists.of("ABCD", CELLS, [72, 5, 29, 53, 24, 3, 12, 14, 0, 0, 0, 1, 0, 0, 2])
"""Deaths at work on four lists: table 3a of Cormack, Chang and Smith (2000), International Journal of Epidemiology 29, 1053–1059.
Nobody is on C and not on A."""


def fixed(model: str, lists: Lists = CORMACK):
    return METHODS["fixed"](lists, level=0.95, seed=1, model=model)


@pytest.mark.parametrize(
    ("model", "number", "deviance", "df"),
    [
        ("[1,2,3,4]", 215, 87.1, 10),
        ("[34,1,2]", 215, 12.2, 9),
        ("[13,34,2]", 216, 7.7, 8),
        ("[12,13,34]", 218, 2.6, 7),
    ],
)
def test_cormack_chang_and_smith(model, number, deviance, df):
    """As Rcapture reproduces them; the last two are on an edge."""
    found = fixed(model)
    assert (found.code, round(found.estimate)) == (0, number)
    assert found.detail["deviance"] == pytest.approx(deviance, abs=0.05)
    assert found.detail["df"] == df
    assert found.low <= found.estimate <= found.high


@pytest.mark.parametrize("model", ["[12,13,14,34]", "[12,13,14,23,24,34]"])
def test_numbers_beyond_a_million_in_rcapture_are_none(model):
    found = fixed(model)
    assert (found.code, found.estimate) == (1, None)


def test_an_edge_is_told():
    edge = fixed("[12,13,34]").detail["edge"]
    assert edge == {"terms": ["C", "A·C"], "empty": ["C", "B·C", "C·D", "B·C·D"]}
    assert fixed("[34,1,2]").detail["edge"] is None


def test_the_sweep_and_bic_look_at_edges_too():
    held = candidates(CORMACK)
    names = [held.space.name(held.models[at]) for at in held.near()]
    assert {"[34,1,2]", "[12,13,34]"} <= set(names)
    assert held.near().size == 9


def test_an_edge_is_where_ever_smaller_counts_lead():
    """The numbers on an edge are the limit of those of tables in which the empty cells hold ever less."""
    space = space_of(4, 2)
    counts = CORMACK.cells()[1].astype(float)
    model = space.model([0b0011, 0b0101, 0b1100])
    found, support = supports(space, counts[None], model[None])
    assert codes(space, counts[None], model[None]).tolist() == [1]
    assert found.tolist() == [0]
    wanted = fit(space, counts[None], model[None], support=support).unseen[0]
    near = [fit(space, np.where(counts > 0, counts, held)[None], model[None]).unseen[0] for held in (1e-2, 1e-4, 1e-6)]
    assert near[2] == pytest.approx(wanted, abs=1e-4)
    assert abs(near[0] - wanted) > abs(near[1] - wanted) > abs(near[2] - wanted)


def test_every_edge_of_sparse_tables_is_such_a_limit():
    space, models = space_of(3, 2), hierarchical_models(3, 2)
    random = np.random.default_rng(3)
    met = 0
    with one_core():
        for _ in range(60):
            counts = random.poisson(1.0, size=7).astype(float)
            tables = np.repeat(counts[None], len(models), axis=0)
            strict, (found, support) = codes(space, tables, models), supports(space, tables, models)
            assert (found[strict == 0] == 0).all()
            for row in np.flatnonzero((found == 0) & (strict != 0)):
                on = support.rows(np.array([row]))
                wanted = fit(space, counts[None], models[row][None], support=on).unseen[0]
                limit = fit(space, (counts + 1e-7)[None], models[row][None]).unseen[0]
                assert limit == pytest.approx(wanted, rel=1e-3, abs=1e-3), (counts, space.name(models[row]))
                met += 1
    assert met > 10


def test_faces_of_a_table_that_is_filled_are_whole():
    columns = space_of(3, 2).columns
    assert face(columns, np.ones(7)).all()


def test_faces_are_those_that_a_plain_programme_finds():
    """A cell is on the face where a table with the same sums fills it; half of the tables have lists within others."""
    random = np.random.default_rng(5)
    parts = []
    for size in (3, 4, 4, 5) * 6:
        space = space_of(size, 2)
        models = hierarchical_models(size, 2)
        filled = (random.random(len(space.patterns)) < random.uniform(0.2, 0.8)).astype(float)
        if random.random() < 0.5:
            filled[(space.columns[:, 1] == 0) & (space.columns[:, 2] > 0)] = 0  # the second list lies within the first
        if not filled.any():
            continue
        columns = space.columns[:, models[random.integers(len(models))]]
        found, sums = face(columns, filled), columns.T @ filled
        most = [linprog(-row, A_eq=columns.T, b_eq=sums, bounds=(0, None)).fun for row in np.eye(len(columns))]
        assert found.tolist() == [-one > 1e-6 for one in most], (size, filled)
        parts.append(found[filled == 0].mean() if (filled == 0).any() else 1.0)
    assert {0.0, 1.0} < set(parts), "none, some and all of the empty cells"


def test_the_interval_on_an_edge_is_that_of_the_limit():
    found = fixed("[12,13,34]")
    space = space_of(4, 2)
    counts = np.where(CORMACK.cells()[1] > 0, CORMACK.cells()[1], 1e-7)
    model = space.model([0b0011, 0b0101, 0b1100])
    start = fit(space, counts[None], model[None]).beta[0]
    limit = profile_interval(of_model(space, counts, model, np.ones(15, dtype=bool), start), 215, 0.95)
    assert (found.detail["profile_peak"], found.low, found.high) == pytest.approx(limit, abs=1e-2)


def test_a_list_within_another_has_a_report():
    report = overt.estimate(CORMACK, "bic")
    assert report.verdict == "estimate"
    assert report.high == pytest.approx(fixed("[12,13,34]").high, rel=0.02)
    assert any("C in A" in note for note in report.notes)
