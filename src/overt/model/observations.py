"""Observations: what was measured, as tables beside claims. Their columns, here and in a release."""

from typing import NamedTuple

import pyarrow as pa

_TEXT, _DAY, _COUNT, _NETWORK, _SHARE = pa.string(), pa.date32(), pa.int32(), pa.int64(), pa.float64()
_TEXTS = pa.list_(pa.string())
_NULLABLE = {
    "start", "start_from", "start_to", "end", "end_from", "end_to", "first_listed", "last_listed", "unmeasured_days",
    "day", "member", "place", "place_zh", "days_from", "days_to", "unmeasured",
}  # fmt: skip


def _schema(**columns: pa.DataType) -> pa.Schema:
    return _plain(*_NULLABLE, **columns)


def _plain(*nullable: str, **columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=name in nullable) for name, kind in columns.items()])


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
    unmeasured=_TEXTS,
)  # fmt: skip
"""A series of lists: `days` measured, from when to when, and the spans of days between of which there is no list (EDTF)."""

MEASUREMENTS = _plain(
    "asn", "resolver_asn", "mechanism", "confidence", "software", "platform", "member", "place",
    source=_TEXT, country=_TEXT, domain=_TEXT, test_name=_TEXT, day=_DAY, asn=_NETWORK, verdict=_TEXT, mechanism=_TEXT,
    also=_TEXTS, rule=_TEXT, confidence=_TEXT, resolver_asn=_NETWORK, software=_TEXT, platform=_TEXT, observations=_COUNT,
    id=_TEXT, capture=_TEXT, member=_TEXT, place=_TEXT,
)  # fmt: skip
"""A single measurement that was judged: what was tested, where, when, what it shows and by which rule, and where it stands: a
captured file, the member of it where that is an archive, and the place in it. `domain`: the host, of tests of one service the
test's name; `asn`: null where not known. Vantage points are told apart by network, resolver's network, software and platform. The
words are those of `overt measure`.
"""

MEASUREMENT_ORDER = ("country", "domain", "test_name", "day", "asn", "id", "capture", "member", "place")
"""Of the rows of one source."""

MEASURED = _plain(
    "asn", "share", "low", "high",
    source=_TEXT, country=_TEXT, asn=_NETWORK, domain=_TEXT, test_name=_TEXT, period=_TEXT, first_day=_DAY, last_day=_DAY,
    days=_COUNT, measurements=_COUNT, networks=_COUNT, vantage_points=_COUNT, blocked=_COUNT, share=_SHARE, low=_SHARE,
    high=_SHARE, state=_TEXT, mechanisms=_TEXTS, down=_COUNT, insufficient=_COUNT, rules=_TEXTS, captures=_TEXTS,
)  # fmt: skip
"""Single measurements, counted: what was tested in a period in a country (`asn` null) or in one of its networks (0: those that
are not known). `blocked` of `vantage_points`, with Wilson's 95 % interval from `low` to `high`; `rules` and `captures`: all that
decided and that hold the measurements.
"""


class Observations(NamedTuple):
    """What one snapshot observes."""

    episodes: pa.Table = OBSERVATIONS.empty_table()
    """Columns of `OBSERVATIONS`."""
    lists: pa.Table = LISTS.empty_table()
    """Columns of `LISTS`, sorted by series and day."""
    measurements: pa.Table = MEASUREMENTS.empty_table()
    """Columns of `MEASUREMENTS`, sorted as `MEASUREMENT_ORDER` says."""
