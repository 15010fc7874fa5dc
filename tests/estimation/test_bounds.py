"""Lower bounds, as they are printed elsewhere."""

from pathlib import Path

import pytest

from overt.estimation.methods import METHODS
from overt.estimation.reading import read_lists

TABLES = Path(__file__).parent / "tables"


def test_chaos_bounds_of_kosovo():
    """By the formula (3,218 on one list, 882 on two), and for lists of unequal reach, which the formula takes for equal."""
    kosovo = read_lists(TABLES / "Kosovo.csv")
    plain, unequal = (METHODS[name](kosovo, level=0.95, seed=1) for name in ("chao", "chao-mth"))
    assert plain.estimate == pytest.approx(4_400 + 3_218**2 / (2 * 882), abs=0.01)
    assert unequal.estimate == pytest.approx(8_591, abs=1)
    assert {plain.verdict, unequal.verdict} == {"lower bound only"}
    assert "equally many" in plain.reason and "equally many" not in unequal.reason
