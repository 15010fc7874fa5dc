"""The output of `overt diff` for blocklists: how many episodes of blocking differ, and which ones of platform domains do.

With `--observations`, the output is all differences as CSV.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from overt.release.diff.blocklist_episode_diff import (
    OBSERVATION_DIFF_COLUMNS,
    ObservationDiff,
    describe_episode,
    observation_differences,
)

_MAX_DOMAINS = 40
"""Maximum number of differing episodes of platform domains that are printed."""


def print_observed(changes: ObservationDiff) -> None:
    """Print how many episodes differ in each series, and at most `_MAX_DOMAINS` differing episodes of platform domains.

    Platform episodes that only continued, or that were only read from another file, are not printed.
    """
    for series in changes.series:
        counts = ", ".join(f"{count:,} {what}" for what, count in series.counts.items()) or "no episode differs"
        before, after = f"{series.lists_before:,}", f"{series.lists_after:,}"
        lists = f"{before} → {after}" if before != after else after
        print(f"measured {series.source} {series.series}: {counts}; lists {lists}")
    rows = changes.notable_platforms()
    for row in rows[:_MAX_DOMAINS]:
        was, now = describe_episode(row, "before"), describe_episode(row, "after")
        print(f"{row['what']:<9} {row['domain']} ({row['platform']}, {row['series']}): {was} → {now}")
    if len(rows) > _MAX_DOMAINS:
        more = f"… and {len(rows) - _MAX_DOMAINS:,} more of platforms, which --json prints"
        print(f"{more}; --observations prints those of all domains")


def print_observed_rows(old: Path, new: Path, memory: str) -> None:
    """Print all differences between two folders of tables as CSV, one per row, while they are computed.

    `memory`: memory that DuckDB may use, such as `4GB`.
    """
    from overt.language.safe_csv import csv_parts  # Imported here because most comparisons print no CSV.

    def lines() -> Iterator[list[Any]]:
        yield list(OBSERVATION_DIFF_COLUMNS)
        for row in observation_differences(old, new, memory=memory):
            yield [row[name] for name in OBSERVATION_DIFF_COLUMNS]

    sys.stdout.writelines(csv_parts(lines()))
