"""Which projects were in place in a period, by the rule of `overt.model.values.span.in_place_on_record`."""

from datetime import date
from typing import NamedTuple

import numpy as np

from overt.index.project_arrays import NO_DAY, UNDATED
from overt.model.values.span import date_limits
from overt.queries.projects_in_memory import Mask, Vectors

_FIRST = date(1970, 1, 1).toordinal()


class Period(NamedTuple):
    """The first and last day of a period, as numbers of days since 1970."""

    first: int
    last: int


def period_of(as_of: str) -> Period:
    """Return the period of an EDTF date; an open side is `-NO_DAY` or `NO_DAY`. Raises ValueProblem for an invalid date."""
    first, last = date_limits(as_of)
    return Period(first.toordinal() - _FIRST if first else -NO_DAY, last.toordinal() - _FIRST if last else NO_DAY)


def possibly_in_place(vectors: Vectors, period: Period) -> Mask:
    """Return a mask of the projects that were certainly or possibly in place on some day of a period.

    Plans are left out, and so are denied, cancelled and unverified projects, and those whose first date on record is later or
    missing.
    """
    on_record: Mask = vectors["span.first"] <= np.int64(min(period.last, UNDATED - 1))
    return on_record & (vectors["span.end_latest"] > np.int64(period.first))


def certainly_in_place(vectors: Vectors, period: Period) -> Mask:
    """Return a mask of the projects that were certainly in place on some day of a period."""
    begun: Mask = vectors["span.begin_latest"] <= np.int64(min(period.last, NO_DAY - 1))
    still = (vectors["span.end_earliest"] > np.int64(period.first)) | (vectors["span.begin_earliest"] >= np.int64(period.first))
    return begun & still & possibly_in_place(vectors, period)


def begun_and_first_on_record_after(vectors: Vectors, period: Period) -> Mask:
    """Return a mask of the projects whose first date on record is after a period and whose beginning is unknown.

    Those without any date are included; plans, and denied, cancelled and unverified projects, are not.
    """
    after: Mask = vectors["span.first"] > np.int64(period.last)
    unknown: Mask = vectors["span.begin_earliest"] == np.int64(-NO_DAY)
    return after & unknown
