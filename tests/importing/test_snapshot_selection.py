"""Which snapshots count, and in which order; the archive refuses days after tomorrow."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.archive import Archive, Snapshot, StoredFile
from overt.archive.capture_index import Capture
from overt.archive.errors import ArchiveError
from overt.importing.snapshot_and_source_selection import EDITION_PREFIX, newest_last
from overt.ledger import SourceChoice
from overt.model.errors import OvertError


def snapshot(position: int, retrieved: str = "2026-01-01", *, source: str = "alpha", address: str = "") -> Snapshot:
    identity = f"{retrieved}-{position:08x}"
    capture = Capture("0" * 64, 1, source, "list", "list.csv", address, retrieved, identity, "", "")
    return Snapshot(identity, source, retrieved, (capture,), position)


def choice(chosen: str | None, source: str = "alpha") -> dict[str, SourceChoice]:
    return {source: SourceChoice(7, "2026-11-24T00:00:00Z", "An editor", "it is right", source, chosen)}


@given(st.lists(st.dates(), min_size=1, max_size=6))
def test_no_day_decides(days: list[object]) -> None:
    snapshots = [snapshot(position, str(day)) for position, day in enumerate(days)]
    assert newest_last(snapshots[::-1], {}) == snapshots


def test_files_that_overt_ships_come_first() -> None:
    own, shipped = snapshot(0), snapshot(1, address=f"{EDITION_PREFIX}alpha")
    assert newest_last([own, shipped], {}) == [shipped, own]


def test_later_snapshots_than_the_chosen_one_do_not_count() -> None:
    first, second, third, other = *(snapshot(position) for position in range(3)), snapshot(3, source="beta")
    assert newest_last([first, second, third, other], choice(second.id)) == [first, second, other]


def test_of_a_removed_source_nothing_counts() -> None:
    other = snapshot(1, source="beta")
    assert newest_last([snapshot(0), other], choice(None)) == [other]


def test_a_chosen_snapshot_that_the_archive_lost_is_an_error() -> None:
    with pytest.raises(OvertError, match=r"alpha: snapshot 2026-09-09-12345678, chosen by entry 7 .*`overt judge undo 7`"):
        newest_last([snapshot(0)], choice("2026-09-09-12345678"))


def test_the_archive_takes_tomorrow_but_no_later_day(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    days = [(datetime.now(UTC) + timedelta(days=ahead)).date().isoformat() for ahead in (1, 3)]
    stored = [StoredFile(archive.put_stream([b"x"]), "list", "list.csv", "")]
    assert archive.add_snapshot("alpha", days[0], "", stored)[1]
    with pytest.raises(ArchiveError, match=f"alpha: {days[1]} is in the future"):
        archive.add_snapshot("alpha", days[1], "", stored)
