"""Estimates for published tables equal those that the papers and Rcapture print."""

from itertools import product

import pytest

from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.overlap_table import OverlapTable


def table_of(counts):
    """Return the table with these counts, ordered from the people on all lists to those on only the last list."""
    size = len(counts).bit_length()
    return OverlapTable.from_rows("ABCD"[:size], [list(row) for row in product([1, 0], repeat=size)][:-1], counts)


DIABETES = table_of([58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10])
"""Bruno and others (1994): people with diabetes in Casale Monferrato on four lists."""
TREATED = table_of([72, 155, 7, 71, 13, 53, 43])
"""Darroch and others (1993): part R3 of a dress rehearsal of a census."""
HEPATITIS = table_of([28, 21, 17, 69, 18, 55, 63])
"""Chao and others (2001): an outbreak of hepatitis A, three lists."""
DEATHS = table_of([72, 5, 29, 54, 24, 3, 14])
"""Cormack, Chang and Smith (2000), table 3b: deaths at work, three lists."""


@pytest.mark.parametrize(
    ("table", "model", "number", "error", "deviance", "df"),
    [
        (DIABETES, "[12,13,23,24,34]", 2_771, 145, 7.62, 5),
        (DIABETES, "[13,24,34]", 2_472, 53, 21.97, 7),
        (TREATED, "[12,13,23]", 1_240, 451, 0, 0),
        (TREATED, "[12,23]", 850, 186, 3.8, 1),
        (HEPATITIS, "[1,2,3]", 388, 22, 24.36, 3),
        (HEPATITIS, "[12,13,23]", 1_313, 518, 0, 0),
    ],
)
def test_models_equal_published_numbers(table, model, number, error, deviance, df):
    estimate = METHODS["fixed"](table, level=0.95, seed=1, model=model)
    assert (round(estimate.estimate), round(estimate.detail["se"])) == (number, error)
    assert estimate.detail["deviance"] == pytest.approx(deviance, abs=0.01)
    assert estimate.detail["df"] == df


@pytest.mark.parametrize(
    ("model", "low", "high"), [("[1,2,3]", 203, 217), ("[23,1]", 210, 236), ("[13,23]", 204, 311), ("[12,13,23]", 205, 389)]
)
def test_profile_intervals_of_deaths_at_work(model, low, high):
    estimate = METHODS["fixed"](DEATHS, level=0.95, seed=1, model=model)
    assert (round(estimate.low), round(estimate.high)) == (low, high)


def test_snowshoe_hares_equal_rcapture():
    """The expected numbers for 68 hares on six occasions are those that Rcapture's `closedp.t` prints."""
    rows = ["-3605100", "32300100", "42310100", "10000000", "41112020", "40301020", "20101010", "11100012"]
    cells = {
        f"{row:03b}{at:03b}": int(count) for row, counts in enumerate(rows) for at, count in enumerate(counts) if count != "-"
    }
    hares = OverlapTable.from_rows("ABCDEF", [[int(bit) for bit in cell] for cell in cells], cells.values())
    assert hares.observed == 68
    independent, bound = (METHODS[name](hares, level=0.95, seed=1) for name in ("independence", "chao-mth"))
    assert (independent.estimate, independent.detail["se"]) == (pytest.approx(75.1, abs=0.05), pytest.approx(3.4, abs=0.05))
    assert independent.detail["deviance"] == pytest.approx(58.314, abs=0.0005)
    assert independent.detail["aic"] == pytest.approx(154.505, abs=0.0005)
    assert (bound.estimate, bound.detail["se"]) == (pytest.approx(79.6, abs=0.05), pytest.approx(6.3, abs=0.05))


def test_diabetes_by_every_selection():
    """BIC selects the pairs of Rivest (2011), and stepwise AIC those of Bruno and others. Averaging agrees with BIC."""
    chosen = {name: METHODS[name](DIABETES, level=0.95, seed=1) for name in ("bic", "stepwise-aic", "dga", "chapman")}
    assert chosen["bic"].model == "[13,24,34]"
    assert chosen["stepwise-aic"].model == "[12,13,23,24,34]"
    assert chosen["dga"].estimate == pytest.approx(2_472, rel=0.005)
    assert round(chosen["chapman"].estimate) == 2_351
