"""From the days on which a name was listed to episodes, column by column."""

import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Integers = npt.NDArray[np.integer[Any]]
EPOCH = datetime.date(1970, 1, 1)


class Episodes(NamedTuple):
    """Runs of a name over the lists of a series, sorted by name and first day; a row each."""

    name: Integers
    first: Integers
    """The place of its first list in the order of days."""
    last: Integers

    @property
    def measurements(self) -> Integers:
        """Lists that name it: all from the first to the last."""
        return self.last - self.first + 1


def episodes(names: Integers, lists: Integers, count: int) -> Episodes:
    """The runs in which each name stands on every list: `names[i]` stands on list `lists[i]`, of `count` lists in the order of
    their days. No pair may occur twice.

    A run goes on over days without a list: that it stopped there is not known. A list without the name ends it.
    """
    keys = np.sort(names * count + lists)
    name, place = np.divmod(keys, count)
    begins = np.flatnonzero(np.concatenate([[True], (np.diff(name) != 0) | (np.diff(place) != 1)])) if len(keys) else keys
    ends = np.append(begins[1:], len(keys)) - 1 if len(keys) else keys
    return Episodes(name[begins], place[begins], place[ends])


class Days:
    """The days of which a series has a list, in order, as days since 1970."""

    def __init__(self, days: Integers) -> None:
        self.days = days
        before, after = days[:-1] + 1, days[1:] - 1
        self.listed = _array(days)
        self.start_from = _array(np.concatenate([[-1], before]), 0)
        """From this day to that of the list began what stands on it and not on the one before; null: not known."""
        self.end_to = _array(np.concatenate([after, [-1]]), len(days) - 1)
        """From the day of the list to this one ended what stands on it and not on the next; null: not known."""
        self.start = [_edtf(low.as_py(), high) for low, high in zip(self.start_from, _dates(days), strict=True)]
        self.end = [_edtf(low, high.as_py()) for low, high in zip(_dates(days), self.end_to, strict=True)]

    def unmeasured(self, first: Integers, last: Integers) -> Integers:
        """Days between two lists, by their places, of which there is none."""
        return (self.days[last] - self.days[first]) - (last - first)

    def gaps(self) -> list[str]:
        """Spans of days between the first list and the last of which there is none (EDTF)."""
        return [
            _edtf(low + datetime.timedelta(1), high - datetime.timedelta(1))
            for low, high in zip(_dates(self.days[:-1]), _dates(self.days[1:]), strict=True)
            if (high - low).days > 1
        ]


def _array(days: Integers, unknown: int = -1) -> Any:
    """Days as Arrow has them; the one at the place `unknown` is null."""
    return pa.array(days.astype(np.int32), pa.int32(), mask=np.arange(len(days)) == unknown).cast(pa.date32())


def _dates(days: Integers) -> list[datetime.date]:
    return [EPOCH + datetime.timedelta(int(day)) for day in days]


def _edtf(low: datetime.date | None, high: datetime.date | None) -> str:
    """One day of these: itself where there is one only, else the interval (EDTF level 1)."""
    return str(low) if low == high else f"{low or '..'}/{high or '..'}"
