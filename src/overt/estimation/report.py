"""Estimates of a table by several methods, and what may be said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from overt.estimation.lists import Lists
from overt.estimation.methods import METHODS, find_method
from overt.estimation.reading import read_lists
from overt.estimation.result import Estimate
from overt.model.errors import UsageError

CAVEAT = (
    "Lists cannot show how unequal people's chances of being listed are: populations of different size can give the same table "
    "(Link 2003). Every number here stands on the assumption that within the model chances are equal."
)


@dataclass(frozen=True)
class Report:
    """Estimates of one table: `estimates`, one for each method asked for."""

    lists: Lists
    estimates: tuple[Estimate, ...]

    def __getitem__(self, name: str) -> Estimate:
        for one in self.estimates:
            if one.method == name:
                return one
        raise KeyError(name)

    def as_dict(self) -> dict[str, Any]:
        """As `overt estimate --json` prints it."""
        return {
            "lists": list(self.lists.names),
            "observed": self.lists.observed,
            "estimates": [one.as_dict() for one in self.estimates],
            "caveat": CAVEAT,
        }


def estimate(
    table: "str | PathLike[str] | Lists",
    method: str = "all",
    *,
    level: float = 0.95,
    seed: int = 0,
    pair: Sequence[str] | None = None,
) -> Report:
    """Estimate how many there are, those on no list included. Raises UsageError for what cannot be used."""
    if not 0.5 <= level < 1:
        raise UsageError(f"a level of {level} makes no interval; it lies between 0.5 and 1, such as 0.95")
    lists = table if isinstance(table, Lists) else read_lists(Path(table))
    names = list(METHODS) if method == "all" else [method]
    return Report(lists, tuple(find_method(name)(lists, level=level, seed=seed, pair=pair) for name in names))
