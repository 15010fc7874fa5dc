"""Log-linear models: published numbers of published tables, and what has no estimate."""

from pathlib import Path

import numpy as np
import pytest

import overt
from overt.estimation.loglinear.candidate_models import candidates
from overt.estimation.loglinear.existence import codes
from overt.estimation.loglinear.model_formula import read_model
from overt.estimation.loglinear.model_space import hierarchical_models, space_of
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.methods import METHODS, one_core
from overt.estimation.overlap_tables.csv_tables import read_lists
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.model.errors import UsageError

TABLES = Path(__file__).parent / "tables"
KOREA = Lists.of("bcd", [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], [41, 5, 5, 54, 6, 12])
"""The table of three lists that MultipleSystemsEstimation calls Korea."""


@pytest.fixture(scope="module")
def kosovo():
    return read_lists(TABLES / "Kosovo.csv")


@pytest.fixture(scope="module")
def uk():
    return read_lists(TABLES / "UKdat.csv")


def run(name, lists, **options):
    return METHODS[name](lists, level=0.95, seed=1, **options)


def test_kosovo_independence(kosovo):
    for name in ("independence", "main-effects"):
        found = run(name, kosovo)
        assert found.detail["maximum_likelihood"] == pytest.approx(7394.59, abs=0.01)
        assert found.estimate == found.detail["maximum_likelihood" if name == "independence" else "profile_peak"]
        assert found.detail["aic"] == pytest.approx(357.363, abs=0.001)
        assert found.code == 0


def test_two_lists_as_rcapture_has_them():
    """Seber (1982) p. 107, as printed in the examples of Rcapture: `Mt`."""
    found = run("independence", Lists.of("AB", [[1, 1], [1, 0], [0, 1]], [167, 781, 254]))
    assert found.estimate == pytest.approx(2_389.9, abs=0.05)
    assert found.detail["se"] == pytest.approx(130.4, abs=0.05)
    assert found.detail["aic"] == pytest.approx(28.831, abs=0.0005)
    assert found.detail["deviance"] == pytest.approx(0, abs=1e-9)


def test_independence_by_formula_and_by_newton_are_the_same(uk):
    by_formula, by_newton = run("independence", uk), run("fixed", uk, model="[1,2,3,4,5,6]")
    assert by_formula.model == by_newton.model
    for key in ("estimate", "low", "high"):
        assert getattr(by_formula, key) == pytest.approx(getattr(by_newton, key), rel=1e-6)
    for key in ("se", "aic", "bic", "deviance", "df", "profile_peak"):
        assert by_formula.detail[key] == pytest.approx(by_newton.detail[key], rel=1e-6)


def test_kosovo_bic(kosovo):
    found = run("bic", kosovo)
    assert found.model == "[123,14,34]"
    assert found.estimate == pytest.approx(10_356.52, abs=0.01)
    assert (found.low, found.high) == (pytest.approx(8_994, rel=1e-4), pytest.approx(12_110, rel=1e-4))
    assert found.detail["intervals"]["log-normal"] == [pytest.approx(9_004, rel=1e-4), pytest.approx(12_106, rel=1e-4)]


def test_kosovo_stepwise(kosovo):
    found = run("stepwise-aic", kosovo)
    assert found.model == "[12,13,14,23,34]"
    assert found.estimate == found.detail["profile_peak"] == pytest.approx(14_325.7, abs=0.1)
    assert found.detail["maximum_likelihood"] == pytest.approx(14_341.66, abs=0.01)


def test_all_models_of_kosovo(kosovo):
    held = candidates(kosovo)
    assert len(held.models) == 113
    assert not held.codes.any()
    assert (held.estimates.min(), held.estimates.max()) == (pytest.approx(6_729, abs=0.5), pytest.approx(22_889, abs=0.5))


def test_uk_main_effects(uk):
    found = run("main-effects", uk)
    assert found.estimate == found.detail["profile_peak"] == pytest.approx(12_208.6, abs=0.1)
    assert (found.low, found.high) == (pytest.approx(10_984, rel=1e-4), pytest.approx(13_648, rel=1e-4))


@pytest.mark.parametrize(("name", "options"), [("stepwise-aic", {}), ("stepwise-p", {"interval": "profile"})])
def test_uk_stepwise(uk, name, options):
    found = run(name, uk, **options)
    assert found.detail["maximum_likelihood"] == pytest.approx(11_417.99, abs=0.01)
    assert found.estimate == found.detail["profile_peak" if name == "stepwise-aic" else "maximum_likelihood"]
    assert set(found.detail["terms"]) == {"PF·NCA", "LA·NG", "NG·GP", "LA·PF", "PF·GP", "GO·GP", "NG·GO"}


def test_uk_stepwise_with_another_threshold(uk):
    assert set(run("stepwise-aic", uk, threshold=0.001).detail["terms"]) == {"PF·NCA", "LA·NG"}


def test_korea():
    """The six models with an estimate, as MultipleSystemsEstimation (Silverman, Chan and Vincent 2024) gives them."""
    held = candidates(KOREA)
    got = {held.space.name(held.models[at]): (held.estimates[at], held.bic[at]) for at in held.ranked()}
    assert list(got) == ["[12,23]", "[12,3]", "[13,23]", "[23,1]", "[13,2]", "[1,2,3]"]
    assert got["[12,23]"] == (pytest.approx(157.1667, abs=1e-4), pytest.approx(57.14081, abs=1e-5))
    assert got["[12,3]"] == (pytest.approx(268.7778, abs=1e-4), pytest.approx(58.96860, abs=1e-5))
    assert got["[1,2,3]"] == (pytest.approx(141.99265, abs=1e-4), pytest.approx(184.14431, abs=1e-4))
    assert run("bic", KOREA).model == "[12,23]"
    assert run("stepwise-p", KOREA, interval="profile").model == "[12,3]"


@pytest.mark.parametrize(
    ("model", "code"),
    [
        ("[1,2,3]", 0),
        ("A·B", 1),
        ("A:C", 0),
        ("B*C", 0),
        ("[12,13]", 1),
        ("[12,23]", 1),
        ("A·C, B·C", 0),
        ("[12,13,23]", 2),
    ],
)
def test_artificial_3(model, code):
    """Table 3 of Chan, Silverman and Vincent (2021)."""
    found = overt.estimate(TABLES / "Artificial_3.csv", "fixed", model=model)["fixed"]
    assert found.code == code
    assert (found.estimate is None) == (code != 0)
    if code:
        assert found.verdict == "refused"
        assert found.reason


def test_terms_at_minus_infinity():
    """A pair that nobody shares leaves the cells of both out: here those of the other cells fit exactly."""
    lists = read_lists(TABLES / "Artificial_3.csv")
    found = run("fixed", lists, model="A·C, B·C")
    assert found.detail["minus_infinity"] == ["A·C", "B·C"]
    assert found.detail["parameters"] == 6
    assert found.estimate == pytest.approx(96 + 40 * 30 / 6, abs=1e-6)  # of A and B alone, and C beside


def test_existence_is_what_the_linear_programme_says():
    """The quick ways and the programme agree on tables with many empty cells."""
    from overt.estimation.loglinear import existence

    space, models = space_of(4, 3), hierarchical_models(4, 3)
    random = np.random.default_rng(5)
    with one_core():
        for _ in range(12):
            counts = random.poisson(0.7, size=15).astype(float)
            tables = np.repeat(counts[None], len(models), axis=0)
            quick = codes(space, tables, models)
            infinite, cells = existence.boundary(space, tables, models)
            for row in range(0, len(models), 7):
                columns = space.columns[np.ix_(cells[row], models[row] & ~infinite[row])]
                exists = existence.slack(columns, (counts[cells[row]] > 0).astype(float)) > 0
                full = np.linalg.matrix_rank(columns) == columns.shape[1]
                assert quick[row] == (0 if exists else 1) + (0 if full else 2)


def test_fits_meet_their_equations(uk):
    """At the maximum each term's sum is that of the table."""
    space = space_of(6, 2)
    counts = uk.cells()[1].astype(float)
    models = np.array(
        [space.model(read_model(text, uk.names)) for text in ("LA·NG, PF·NCA", "[12,36,45]", "[12,13,24,25,35,36,45]")]
    )
    fits = fit(space, np.repeat(counts[None], 3, axis=0), models)
    gap = ((counts - fits.mean) @ space.columns)[models]
    assert np.abs(gap).max() < 1e-4


def test_a_table_in_which_every_pair_is_taken():
    """When stepwise has added all pairs there is nothing left to try."""
    random = np.random.default_rng(3)
    space = space_of(3, 2)
    beta = np.array([7.0, -1, -1.2, -0.8, 2.0, -1.5, 1.0])
    lists = Lists.of("ABC", space.patterns.astype(int).tolist(), random.poisson(np.exp(space.columns @ beta)).tolist())
    assert run("stepwise-aic", lists).model == "[12,13,23]"


@pytest.mark.parametrize("name", METHODS)
def test_every_method_names_its_paper(name):
    from importlib import import_module

    module = import_module(f"overt.estimation.{METHODS[name].module}")
    assert any(year in getattr(module, METHODS[name].function).__doc__ for year in map(str, range(1951, 2025)))


@pytest.mark.parametrize(
    ("model", "said"), [("A·X", "names no list"), ("[19]", "names no list"), ("[123]", "a term of all lists")]
)
def test_models_that_cannot_be(model, said):
    with pytest.raises(UsageError, match=said):
        run("fixed", KOREA if model[0] == "[" else read_lists(TABLES / "Artificial_3.csv"), model=model)
