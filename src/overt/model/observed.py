"""Observations: what was measured, as tables beside claims. Their columns, here and in a release."""

from typing import NamedTuple

import pyarrow as pa

_TEXT, _DAY, _COUNT = pa.string(), pa.date32(), pa.int32()
_NULLABLE = {
    "start", "start_from", "start_to", "end", "end_from", "end_to", "first_listed", "last_listed", "unmeasured_days",
    "day", "member", "place", "place_zh", "days_from", "days_to", "unmeasured",
}  # fmt: skip


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=name in _NULLABLE) for name, kind in columns.items()])


OBSERVATIONS = _schema(
    source=_TEXT, series=_TEXT, domain=_TEXT, rule=_TEXT,
    start=_TEXT, start_from=_DAY, start_to=_DAY, end=_TEXT, end_from=_DAY, end_to=_DAY,
    first_listed=_DAY, last_listed=_DAY, measurements=_COUNT, unmeasured_days=_COUNT, vantage_points=_COUNT, capture=_TEXT,
)  # fmt: skip
"""An episode: a domain on every list of a series from `first_listed` to `last_listed`, or on its only, undated list.

`start`, `end`: EDTF; a day where the day before (after) was measured too, else an interval of the days on one of which it began
(ended), open where nothing was measured before (after); `…_from`, `…_to`: its bounds, null where open. `measurements`: lists that
name it, a day each; `unmeasured_days`: days in between of which there is no list. Sorted by source, series, domain, first day.
"""

LISTS = _schema(source=_TEXT, series=_TEXT, day=_DAY, names=_COUNT, capture=_TEXT, member=_TEXT)
"""A list that was read: names on it, and where it lies: a captured file, and the member of it where that is an archive."""

SERIES = _schema(
    source=_TEXT, series=_TEXT, label=_TEXT, label_zh=_TEXT, country=_TEXT, place=_TEXT, place_zh=_TEXT, protocol=_TEXT,
    vantage=_TEXT, vantage_zh=_TEXT, vantage_points=_COUNT, rule=_TEXT, days=_COUNT, days_from=_DAY, days_to=_DAY,
    unmeasured=pa.list_(pa.string()),
)  # fmt: skip
"""A series of lists: `days` measured, from when to when, and the spans of days between of which there is no list (EDTF)."""


class Observations(NamedTuple):
    """What one snapshot observes."""

    episodes: pa.Table
    """Columns of `OBSERVATIONS`."""
    lists: pa.Table
    """Columns of `LISTS`, sorted by series and day."""

    @classmethod
    def none(cls) -> "Observations":
        """Those of a source that observes nothing."""
        return cls(OBSERVATIONS.empty_table(), LISTS.empty_table())
