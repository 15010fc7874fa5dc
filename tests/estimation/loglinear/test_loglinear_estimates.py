"""Log-linear models reproduce published numbers for published tables. Some models have no estimate."""

import numpy as np
import pytest

import overt
from overt.estimation.loglinear.candidate_models import candidate_models
from overt.estimation.loglinear.maximum_likelihood_existence import existence_codes
from overt.estimation.loglinear.model_formula import parse_model
from overt.estimation.loglinear.model_space import hierarchical_models, model_space
from overt.estimation.loglinear.newton_fit import fit
from overt.estimation.methods import METHODS, limit_blas_threads
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.model.errors import UsageError
from tests.estimation.tables_folder import TABLES

KOREA = OverlapTable.from_rows("bcd", [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], [41, 5, 5, 54, 6, 12])
"""The table of three lists that MultipleSystemsEstimation calls Korea."""


@pytest.fixture(scope="module")
def kosovo():
    return read_overlap_table(TABLES / "Kosovo.csv")


@pytest.fixture(scope="module")
def uk():
    return read_overlap_table(TABLES / "UKdat.csv")


def run(name, table, **options):
    return METHODS[name](table, level=0.95, seed=1, **options)


def test_kosovo_independence(kosovo):
    for name in ("independence", "main-effects"):
        estimate = run(name, kosovo)
        assert estimate.detail["maximum_likelihood"] == pytest.approx(7394.59, abs=0.01)
        assert estimate.estimate == estimate.detail["maximum_likelihood" if name == "independence" else "profile_peak"]
        assert estimate.detail["aic"] == pytest.approx(357.363, abs=0.001)
        assert estimate.code == 0


def test_two_lists_equal_rcapture():
    """The expected numbers are from Seber (1982), p. 107, as printed in the examples of Rcapture for `Mt`."""
    estimate = run("independence", OverlapTable.from_rows("AB", [[1, 1], [1, 0], [0, 1]], [167, 781, 254]))
    assert estimate.estimate == pytest.approx(2_389.9, abs=0.05)
    assert estimate.detail["se"] == pytest.approx(130.4, abs=0.05)
    assert estimate.detail["aic"] == pytest.approx(28.831, abs=0.0005)
    assert estimate.detail["deviance"] == pytest.approx(0, abs=1e-9)


def test_independence_by_formula_and_by_newton_are_the_same(uk):
    by_formula, by_newton = run("independence", uk), run("fixed", uk, model="[1,2,3,4,5,6]")
    assert by_formula.model == by_newton.model
    for key in ("estimate", "low", "high"):
        assert getattr(by_formula, key) == pytest.approx(getattr(by_newton, key), rel=1e-6)
    for key in ("se", "aic", "bic", "deviance", "df", "profile_peak"):
        assert by_formula.detail[key] == pytest.approx(by_newton.detail[key], rel=1e-6)


def test_kosovo_bic(kosovo):
    estimate = run("bic", kosovo)
    assert estimate.model == "[123,14,34]"
    assert estimate.estimate == pytest.approx(10_356.52, abs=0.01)
    assert (estimate.low, estimate.high) == (pytest.approx(8_994, rel=1e-4), pytest.approx(12_110, rel=1e-4))
    assert estimate.detail["intervals"]["log-normal"] == [pytest.approx(9_004, rel=1e-4), pytest.approx(12_106, rel=1e-4)]


def test_kosovo_stepwise(kosovo):
    estimate = run("stepwise-aic", kosovo)
    assert estimate.model == "[12,13,14,23,34]"
    assert estimate.estimate == estimate.detail["profile_peak"] == pytest.approx(14_325.7, abs=0.1)
    assert estimate.detail["maximum_likelihood"] == pytest.approx(14_341.66, abs=0.01)


def test_all_models_of_kosovo(kosovo):
    candidates = candidate_models(kosovo)
    assert len(candidates.models) == 113
    assert not candidates.codes.any()
    assert (candidates.estimates.min(), candidates.estimates.max()) == (
        pytest.approx(6_729, abs=0.5),
        pytest.approx(22_889, abs=0.5),
    )


def test_uk_main_effects(uk):
    estimate = run("main-effects", uk)
    assert estimate.estimate == estimate.detail["profile_peak"] == pytest.approx(12_208.6, abs=0.1)
    assert (estimate.low, estimate.high) == (pytest.approx(10_984, rel=1e-4), pytest.approx(13_648, rel=1e-4))


@pytest.mark.parametrize(("name", "options"), [("stepwise-aic", {}), ("stepwise-p", {"interval": "profile"})])
def test_uk_stepwise(uk, name, options):
    estimate = run(name, uk, **options)
    assert estimate.detail["maximum_likelihood"] == pytest.approx(11_417.99, abs=0.01)
    assert estimate.estimate == estimate.detail["profile_peak" if name == "stepwise-aic" else "maximum_likelihood"]
    assert set(estimate.detail["terms"]) == {"PF·NCA", "LA·NG", "NG·GP", "LA·PF", "PF·GP", "GO·GP", "NG·GO"}


def test_uk_stepwise_with_another_threshold(uk):
    assert set(run("stepwise-aic", uk, threshold=0.001).detail["terms"]) == {"PF·NCA", "LA·NG"}


def test_korea():
    """The six models with an estimate, compared with MultipleSystemsEstimation (Silverman, Chan and Vincent 2024)."""
    candidates = candidate_models(KOREA)
    labels = {at: candidates.space.label(candidates.models[at]) for at in candidates.ranked()}
    got = {label: (candidates.estimates[at], candidates.bic[at]) for at, label in labels.items()}
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
    """The codes are those in table 3 of Chan, Silverman and Vincent (2021)."""
    estimate = overt.estimate(TABLES / "Artificial_3.csv", "fixed", model=model)["fixed"]
    assert estimate.code == code
    assert (estimate.estimate is None) == (code != 0)
    if code:
        assert estimate.verdict == "refused"
        assert estimate.reason


def test_terms_at_minus_infinity():
    """If two lists share nobody, the cells with both lists are left out. The other cells fit exactly."""
    table = read_overlap_table(TABLES / "Artificial_3.csv")
    estimate = run("fixed", table, model="A·C, B·C")
    assert estimate.detail["minus_infinity"] == ["A·C", "B·C"]
    assert estimate.detail["parameters"] == 6
    # 96 people are observed. A alone has 40, B alone 30, and both without C have 6, so 40 · 30 / 6 are on no list.
    assert estimate.estimate == pytest.approx(96 + 40 * 30 / 6, abs=1e-6)


@pytest.mark.ci
def test_existence_agrees_with_the_linear_programme():
    """The quick checks and the linear programme agree for tables with many empty cells."""
    from overt.estimation.loglinear import maximum_likelihood_existence

    space, models = model_space(4, 3), hierarchical_models(4, 3)
    random = np.random.default_rng(5)
    with limit_blas_threads():
        for _ in range(12):
            counts = random.poisson(0.7, size=15).astype(float)
            tables = np.repeat(counts[None], len(models), axis=0)
            quick = existence_codes(space, tables, models)
            infinite, cells = maximum_likelihood_existence.boundary(space, tables, models)
            for row in range(0, len(models), 7):
                columns = space.columns[np.ix_(cells[row], models[row] & ~infinite[row])]
                exists = maximum_likelihood_existence.slack(columns, (counts[cells[row]] > 0).astype(float)) > 0
                full = np.linalg.matrix_rank(columns) == columns.shape[1]
                assert quick[row] == (0 if exists else 1) + (0 if full else 2)


def test_fits_satisfy_the_likelihood_equations(uk):
    """At the maximum, each term has the same sum over the fitted means as over the table."""
    space = model_space(6, 2)
    counts = uk.cells()[1].astype(float)
    models = np.array(
        [space.model(parse_model(text, uk.names)) for text in ("LA·NG, PF·NCA", "[12,36,45]", "[12,13,24,25,35,36,45]")]
    )
    fits = fit(space, np.repeat(counts[None], 3, axis=0), models)
    gap = ((counts - fits.mean) @ space.columns)[models]
    assert np.abs(gap).max() < 1e-4


def test_stepwise_can_add_every_pair():
    """Stepwise selection ends when it has added all pairs."""
    random = np.random.default_rng(3)
    space = model_space(3, 2)
    beta = np.array([7.0, -1, -1.2, -0.8, 2.0, -1.5, 1.0])
    table = OverlapTable.from_rows(
        "ABC", space.patterns.astype(int).tolist(), random.poisson(np.exp(space.columns @ beta)).tolist()
    )
    assert run("stepwise-aic", table).model == "[12,13,23]"


@pytest.mark.parametrize("name", METHODS)
def test_every_method_cites_its_paper(name):
    from importlib import import_module

    module = import_module(f"overt.estimation.{METHODS[name].module}")
    assert any(year in getattr(module, METHODS[name].function).__doc__ for year in map(str, range(1951, 2025)))


@pytest.mark.parametrize(
    ("model", "message"), [("A·X", "neither the name"), ("[19]", "nor the position of a list"), ("[123]", "a term of all lists")]
)
def test_impossible_models_raise(model, message):
    with pytest.raises(UsageError, match=message):
        run("fixed", KOREA if model[0] == "[" else read_overlap_table(TABLES / "Artificial_3.csv"), model=model)
