"""Columns of observation tables, which snapshots and releases have in addition to claims."""

from typing import NamedTuple

import pyarrow as pa

_TEXT, _DAY, _COUNT, _NETWORK, _SHARE = pa.string(), pa.date32(), pa.int32(), pa.int64(), pa.float64()
_TEXTS = pa.list_(pa.string())
_NULLABLE = {
    "start", "start_from", "start_to", "end", "end_from", "end_to", "first_listed", "last_listed", "unmeasured_days",
    "day", "member", "place", "place_zh", "days_from", "days_to", "unmeasured",
}  # fmt: skip


def _schema(nullable: set[str], **columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=name in nullable) for name, kind in columns.items()])


OBSERVATIONS = _schema(
    _NULLABLE,
    source=_TEXT, series=_TEXT, domain=_TEXT, rule=_TEXT,
    start=_TEXT, start_from=_DAY, start_to=_DAY, end=_TEXT, end_from=_DAY, end_to=_DAY,
    first_listed=_DAY, last_listed=_DAY, measurements=_COUNT, unmeasured_days=_COUNT, vantage_points=_COUNT, capture=_TEXT,
)  # fmt: skip
"""Episodes: a domain is on every list of a series from `first_listed` to `last_listed`, or on the only, undated list of a
series.

`start`, `end`: the first and the last day on which the domain was listed (EDTF). If the day before the first list, or the day
after the last list, was not measured, the exact day is unknown, and the value is the interval of possible days. The interval is
open if no earlier or no later day was measured. `…_from`, `…_to`: bounds of `start` and `end`, null on an open side.
`measurements`: number of lists with the domain, one per day. `unmeasured_days`: number of days without a list between the first
and the last list. Sorted by source, series, domain, first day.
"""

LISTS = _schema(_NULLABLE, source=_TEXT, series=_TEXT, day=_DAY, names=_COUNT, capture=_TEXT, member=_TEXT)
"""Lists that were read: the number of names, the captured file and, for an archive, the member."""

SERIES = _schema(
    _NULLABLE,
    source=_TEXT, series=_TEXT, label=_TEXT, label_zh=_TEXT, country=_TEXT, place=_TEXT, place_zh=_TEXT, protocol=_TEXT,
    vantage=_TEXT, vantage_zh=_TEXT, vantage_points=_COUNT, rule=_TEXT, days=_COUNT, days_from=_DAY, days_to=_DAY,
    unmeasured=_TEXTS,
)  # fmt: skip
"""Series of lists: number of measured `days`, first and last day, and the periods without a list in between (EDTF)."""

MEASUREMENTS = _schema(
    {"asn", "resolver_asn", "mechanism", "confidence", "fingerprints", "software", "platform", "member", "place"},
    source=_TEXT, country=_TEXT, domain=_TEXT, test_name=_TEXT, day=_DAY, asn=_NETWORK, verdict=_TEXT, mechanism=_TEXT,
    also=_TEXTS, rule=_TEXT, confidence=_TEXT, fingerprints=_TEXT, resolver_asn=_NETWORK, software=_TEXT, platform=_TEXT,
    observations=_COUNT, id=_TEXT, capture=_TEXT, member=_TEXT, place=_TEXT,
)  # fmt: skip
"""Judged measurements: what was tested, where and when, the verdict and its rule, and where the measurement is archived.

`domain`: the host, or the test's name for tests of a single service. `asn`: null if unknown. Network, resolver's network,
software and platform together identify a vantage point. Verdicts and mechanisms are the words of `overt measure`.
`also`: further mechanisms. `fingerprints`: version of the lists of block pages that were used; null without lists. `capture`,
`member`, `place`: the captured file, its member if it is an archive, and the measurement's place in the file or member.
"""

MEASUREMENT_ORDER = ("country", "domain", "test_name", "day", "asn", "id", "capture", "member", "place")
"""Sort order of `MEASUREMENTS` within a source."""

MEASURED = _schema(
    {"asn", "share", "low", "high"},
    source=_TEXT, country=_TEXT, asn=_NETWORK, domain=_TEXT, test_name=_TEXT, period=_TEXT, first_day=_DAY, last_day=_DAY,
    days=_COUNT, measurements=_COUNT, networks=_COUNT, vantage_points=_COUNT, blocked=_COUNT, share=_SHARE, low=_SHARE,
    high=_SHARE, state=_TEXT, mechanisms=_TEXTS, down=_COUNT, insufficient=_COUNT, rules=_TEXTS,
    fingerprints=_TEXTS, captures=_TEXTS,
)  # fmt: skip
"""Columns of `measured_days` and `measured_quarters`: measurements counted by target, period, and country or network.

`asn`: null for a country, 0 for its unknown networks. `share`: `blocked` divided by `vantage_points`, with Wilson's
interval from `low` to `high`. `rules`, `fingerprints`, `captures`: all rules that decided, all versions of the lists of block
pages, and all files with the measurements.
"""


DOMAIN_LABELS = _schema(
    {"country", "category", "platform", "service", "part", "added"},
    source=_TEXT, domain=_TEXT, subdomains=pa.bool_(), list=_TEXT, country=_TEXT, category=_TEXT, platform=_TEXT, service=_TEXT,
    part=_TEXT, added=_DAY, capture=_TEXT, place=_TEXT,
)  # fmt: skip
"""What lists of sites say about domains: a category of content, or the service to which a host belongs.

A domain on such a list need not be blocked. `subdomains`: whether the label also applies to all subdomains. `list`: the list's
name within the source. `country`: the country for which the list was made; null for lists for all countries. `category`,
`platform`: terms of the vocabularies `site-categories` and `platforms`. `service`: the source's name for the service; `part`:
the part of the service to which the host belongs. `added`: day on which the domain was put on the list. `capture`, `place`: the
archived file, and the place of the label in the file.
"""

DOMAIN_LABEL_ORDER = ("domain", "list", "place")
"""Sort order of `DOMAIN_LABELS` within a source."""


class Observations(NamedTuple):
    """The observation tables of one snapshot."""

    episodes: pa.Table = OBSERVATIONS.empty_table()
    """Columns of `OBSERVATIONS`."""
    lists: pa.Table = LISTS.empty_table()
    """Columns of `LISTS`, sorted by series and day."""
    measurements: pa.Table = MEASUREMENTS.empty_table()
    """Columns of `MEASUREMENTS`, sorted by `MEASUREMENT_ORDER`."""
    labels: pa.Table = DOMAIN_LABELS.empty_table()
    """Columns of `DOMAIN_LABELS`, sorted by `DOMAIN_LABEL_ORDER`."""
