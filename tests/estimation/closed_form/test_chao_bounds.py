"""Lower bounds, compared with published numbers and with a true number."""

import pytest

from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from tests.estimation.tables_folder import TABLES


def test_chaos_bounds_of_kosovo():
    """Check the bounds for Kosovo (3,218 people on one list, 882 on two): Chao's, and the one for lists of different sizes."""
    kosovo = read_overlap_table(TABLES / "Kosovo.csv")
    plain, unequal = (METHODS[name](kosovo, level=0.95, seed=1) for name in ("chao", "chao-mth"))
    assert plain.estimate == pytest.approx(4_400 + 3_218**2 / (2 * 882), abs=0.01)
    assert unequal.estimate == pytest.approx(8_591, abs=1)
    assert "not where lists reach different people" in unequal.reason
    assert (plain.verdict, unequal.verdict) == ("comparison only", "lower bound only")


def test_the_published_bound_is_below_the_true_number():
    """The table has the expected counts of 1,000 people on three independent lists, each with probability 0.3."""
    patterns = [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)]
    counts = [round(1_000 * 0.3 ** sum(pattern) * 0.7 ** (3 - sum(pattern))) for pattern in patterns]
    estimates = {
        name: METHODS[name](OverlapTable.from_rows("ABC", patterns, counts), level=0.95, seed=1) for name in ("chao", "chao-mth")
    }
    assert estimates["chao"].estimate == pytest.approx(1_171.5, abs=5)
    assert estimates["chao-mth"].low < 1_000
    assert [name for name, estimate in estimates.items() if estimate.verdict == "lower bound only"] == ["chao-mth"]
