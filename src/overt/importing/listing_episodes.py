"""Episodes: periods during which a name was listed, computed column by column."""

import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Integers = npt.NDArray[np.integer[Any]]
EPOCH = datetime.date(1970, 1, 1)


class Episodes(NamedTuple):
    """Runs of consecutive lists with the same name on them. Arrays have one element per run, sorted by name and first day."""

    name: Integers
    """The run's name, as a number."""
    first: Integers
    """Position of the run's first list among the lists, in the order of days."""
    last: Integers
    """Position of the run's last list."""

    @property
    def measurements(self) -> Integers:
        """Number of lists in the run, from the first to the last. The name is on all of them."""
        return self.last - self.first + 1


def find_episodes(names: Integers, lists: Integers, count: int) -> Episodes:
    """Return the runs in which a name is on every list.

    `names[i]` is on list `lists[i]`, of `count` lists in the order of their days. No pair may occur twice. A list without the
    name ends a run. A day without a list doesn't, because nothing shows that the name was removed.
    """
    keys = np.sort(names * count + lists)
    name, position = np.divmod(keys, count)
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(name) != 0) | (np.diff(position) != 1)])) if len(keys) else keys
    ends = np.append(begins[1:], len(keys)) - 1 if len(keys) else keys
    return Episodes(name[begins], position[begins], position[ends])


class Days:
    """The days of a series that have a list, in order, as days since 1970."""

    def __init__(self, days: Integers) -> None:
        self.days = days
        after_previous, before_next = days[:-1] + 1, days[1:] - 1
        self.listed = _date_array(days)
        self.start_from = _date_array(np.concatenate([[-1], after_previous]), 0)
        """For each list: first day on which a name may have been listed, if the previous list lacks it.

        It is null for the first list.
        """
        self.end_to = _date_array(np.concatenate([before_next, [-1]]), len(days) - 1)
        """For each list: last day on which a name may have been listed, if the next list lacks it; null for the last list."""
        self.start = [_edtf(low.as_py(), high) for low, high in zip(self.start_from, _dates(days), strict=True)]
        self.end = [_edtf(low, high.as_py()) for low, high in zip(_dates(days), self.end_to, strict=True)]

    def unmeasured(self, first: Integers, last: Integers) -> Integers:
        """Return the number of days without a list between two lists, given by their positions."""
        return (self.days[last] - self.days[first]) - (last - first)

    def gaps(self) -> list[str]:
        """Return the periods without a list between the first list and the last (EDTF)."""
        return [
            _edtf(low + datetime.timedelta(1), high - datetime.timedelta(1))
            for low, high in zip(_dates(self.days[:-1]), _dates(self.days[1:]), strict=True)
            if (high - low).days > 1
        ]


def _date_array(days: Integers, unknown: int = -1) -> Any:
    """Return days as an Arrow array of dates. The element at index `unknown` becomes null; if it is -1, none does."""
    return pa.array(days.astype(np.int32), pa.int32(), mask=np.arange(len(days)) == unknown).cast(pa.date32())


def _dates(days: Integers) -> list[datetime.date]:
    return [EPOCH + datetime.timedelta(int(day)) for day in days]


def _edtf(low: datetime.date | None, high: datetime.date | None) -> str:
    """Return the range from `low` to `high` as EDTF: a single day, or an interval (level 1)."""
    return str(low) if low == high else f"{low or '..'}/{high or '..'}"
