"""Overt: an open observatory of digital repression.

In Python and notebooks, `overt.open` reads a release, and `overt.estimate` estimates the size of a population from overlapping
lists. The command `overt` does everything else.
"""

from overt.version import __version__

# Set here rather than imported from `typing`: Ctrl-C can't be caught during imports, so there should be few imports.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from typing import Any

    from overt.atlas import Atlas
    from overt.estimation.estimates_by_several_methods import Report
    from overt.estimation.overlap_tables.overlap_table import OverlapTable

__all__ = ["__version__", "estimate", "open"]


def open(place: "str | PathLike[str]", known: str | None = None) -> "Atlas":
    """Open the release in a directory or, if the directory is an atlas, its newest release.

    `known` opens an earlier state of an atlas: the release with this id, or the newest release whose data are no later than
    this date (a day, month or year). If that release is not stored, it is computed in a temporary directory, with the current
    code, content and settings; the result's `computed` then explains this in a sentence.

    Raises `overt.model.errors.UsageError` if there is no such release, and its base class `OvertError` if one can't be computed.
    """
    from overt.atlas import Atlas  # Imported here to keep the command line's start fast.

    return Atlas.open(place, known)


def estimate(
    table: "str | PathLike[str] | OverlapTable",
    method: str = "all",
    *,
    level: float = 0.95,
    seed: int = 0,
    pair: "Sequence[str] | None" = None,
    model: str | None = None,
    interval: str | None = None,
    replicates: int | None = None,
    threshold: float | None = None,
) -> "Report":
    """Estimate how many people there are, including those on no list, from an overlap table. See docs/estimation.md.

    `table` is a CSV file (0/1 columns, last column `count`) or an `OverlapTable`. `method` is a name that
    `overt estimate --help` lists, or `all`. `level` is the level of the intervals, from 0.5 to 0.9999. Equal `seed`s give equal
    numbers.

    `pair` names the two lists that the method `chapman` compares. `model` is the model that the method `fixed` fits (`[12,3]`,
    or `A·B`). `interval` is profile, log-normal or bca. `replicates` is the number of tables that a bootstrap draws.
    `threshold` is the p-value at which stepwise methods stop. If an option is None, the method chooses its value; only `fixed`
    requires its `model`.

    Raises `overt.model.errors.UsageError` for an unknown method, and for a table, a level or an option that cannot be used.
    """
    # Imported here to keep the command line's start fast.
    from overt.estimation.estimates_by_several_methods import estimate as run

    options: dict[str, Any] = {
        "pair": pair,
        "model": model,
        "interval": interval,
        "replicates": replicates,
        "threshold": threshold,
    }
    return run(table, method, level=level, seed=seed, **options)
