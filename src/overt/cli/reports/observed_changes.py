"""What `overt diff` prints of what was measured."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from overt.release.diff.observation_diff import (
    OBSERVATION_DIFF_COLUMNS,
    ObservationDiff,
    describe_episode,
    observation_differences,
)

_MOST = 40
"""Domains of platforms that are printed."""


def print_observed(found: ObservationDiff) -> None:
    """Counts by series, and the domains of platforms; of all other domains the counts are all."""
    for one in found.series:
        counts = ", ".join(f"{count:,} {what}" for what, count in one.counts.items()) or "no episode differs"
        lists = f"{one.lists_before:,} → {one.lists_after:,}" if one.lists_before != one.lists_after else f"{one.lists_after:,}"
        print(f"measured {one.source} {one.series}: {counts}; lists {lists}")
    changes = found.notable_platforms()
    for row in changes[:_MOST]:
        before, after = describe_episode(row, "before"), describe_episode(row, "after")
        print(f"{row['what']:<9} {row['domain']} ({row['platform']}, {row['series']}): {before} → {after}")
    if len(changes) > _MOST:
        print(
            f"… and {len(changes) - _MOST:,} more of platforms, which --json prints; --observations prints those of all domains"
        )


def print_observed_rows(old: Path, new: Path, memory: str) -> None:
    """All differences as CSV, a row each, as they come."""
    from overt.language.safe_csv import csv_lines  # here: most who compare need none of it

    def lines() -> Iterator[list[Any]]:
        yield list(OBSERVATION_DIFF_COLUMNS)
        for row in observation_differences(old, new, memory=memory):
            yield [row[name] for name in OBSERVATION_DIFF_COLUMNS]

    sys.stdout.writelines(csv_lines(lines()))
