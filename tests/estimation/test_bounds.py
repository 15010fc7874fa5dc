"""Lower bounds, as they are printed elsewhere."""

from pathlib import Path

import pytest

from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.csv_tables import read_lists
from overt.estimation.overlap_tables.overlap_table import Lists

TABLES = Path(__file__).parent / "tables"


def test_chaos_bounds_of_kosovo():
    """By the formula (3,218 on one list, 882 on two), and for lists of unequal reach, which the formula takes for equal."""
    kosovo = read_lists(TABLES / "Kosovo.csv")
    plain, unequal = (METHODS[name](kosovo, level=0.95, seed=1) for name in ("chao", "chao-mth"))
    assert plain.estimate == pytest.approx(4_400 + 3_218**2 / (2 * 882), abs=0.01)
    assert unequal.estimate == pytest.approx(8_591, abs=1)
    assert "not where lists reach different people" in unequal.reason
    assert (plain.verdict, unequal.verdict) == ("comparison only", "lower bound only")


def test_what_is_told_as_a_bound_is_one_where_the_number_is_known():
    """1,000 people on three independent lists, each with a chance of 0.3: cells as they are expected."""
    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)]
    counts = [round(1_000 * 0.3 ** sum(pattern) * 0.7 ** (3 - sum(pattern))) for pattern in patterns]
    found = {name: METHODS[name](Lists.of("ABC", patterns, counts), level=0.95, seed=1) for name in ("chao", "chao-mth")}
    assert found["chao"].estimate == pytest.approx(1_171.5, abs=5)
    assert found["chao-mth"].low < 1_000
    assert [name for name, one in found.items() if one.verdict == "lower bound only"] == ["chao-mth"]
