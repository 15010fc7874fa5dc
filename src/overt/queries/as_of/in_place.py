"""Which projects were in place in a period, by the rule of `overt.model.values.span`."""

from datetime import date
from typing import NamedTuple

import numpy as np

from overt.model.values.span import date_limits
from overt.queries.project_arrays import Mask, Vectors

_FIRST = date(1970, 1, 1).toordinal()
ALWAYS = 2**31 - 1
"""A day number later than every date: `NEVER` in `overt.index.project_arrays`."""


class Period(NamedTuple):
    """The first and last day of a period, as numbers of days since 1970."""

    first: int
    last: int


def period_of(as_of: str) -> Period:
    """Return the period of an EDTF date; an open side is `-ALWAYS` or `ALWAYS`. Raises ValueProblem for an invalid date."""
    first, last = date_limits(as_of)
    return Period(first.toordinal() - _FIRST if first else -ALWAYS, last.toordinal() - _FIRST if last else ALWAYS)


def possibly_in_place(vectors: Vectors, period: Period) -> Mask:
    """Return the projects that were certainly or possibly in place on some day of a period. Plans are left out."""
    begun: Mask = vectors["span.begin_earliest"] <= np.int64(period.last)
    return begun & (vectors["span.begin_earliest"] < ALWAYS) & (vectors["span.end_latest"] > np.int64(period.first))


def certainly_in_place(vectors: Vectors, period: Period) -> Mask:
    """Return the projects that were certainly in place on some day of a period."""
    begun: Mask = vectors["span.begin_latest"] <= np.int64(min(period.last, ALWAYS - 1))
    still = (vectors["span.end_earliest"] > np.int64(period.first)) | (vectors["span.begin_earliest"] >= np.int64(period.first))
    return begun & still & possibly_in_place(vectors, period)
