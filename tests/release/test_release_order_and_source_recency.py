"""Releases and sources are in the order of the archive, not of their dates. The release made last is the newest."""

from pathlib import Path

import duckdb
import orjson
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.release.release_folders import LATEST, MANIFEST, list_releases
from overt.release.release_inputs import ReleaseInputs, SourceInput
from overt.release.release_manifest import release_date
from overt.release.source_recency import ArchivedDay, rank_recency, read_recency

NAMES = ("9999-12-31-00000001", "2026-03-01-00000002", "2020-01-01-00000003", "2026-02-01-00000004")


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """Releases of a growing archive, made in the order of `NAMES`, which differs from the order of their dates."""
    (tmp_path / "archive").mkdir()
    lines = [f'{{"sha256":"{number}","chain":"{number:064x}"}}\n' for number in range(len(NAMES))]
    (tmp_path / "archive" / "index.jsonl").write_text("".join(lines), encoding="utf-8")
    for number, name in enumerate(NAMES):
        (tmp_path / "releases" / name).mkdir(parents=True)
        manifest = {"archive": {"chain": f"{number:064x}"}}
        (tmp_path / "releases" / name / MANIFEST).write_bytes(orjson.dumps(manifest))
    (tmp_path / "releases" / LATEST).write_text(f"{NAMES[-1]}\n", encoding="utf-8")
    return tmp_path / "releases"


def test_releases_are_in_the_order_of_the_archive(releases: Path) -> None:
    assert [folder.name for folder in list_releases(releases)] == list(NAMES)


def test_the_release_made_last_is_the_newest_even_of_an_older_archive(releases: Path) -> None:
    (releases / LATEST).write_text(f"{NAMES[1]}\n", encoding="utf-8")
    assert [folder.name for folder in list_releases(releases)] == [NAMES[0], NAMES[2], NAMES[3], NAMES[1]]


def test_a_broken_manifest_does_not_break_the_list(releases: Path) -> None:
    (releases / NAMES[2] / MANIFEST).write_bytes(b"{")
    assert {folder.name for folder in list_releases(releases)} == set(NAMES)


def test_a_forged_day_is_no_newer_than_what_was_archived_after_it() -> None:
    days = [ArchivedDay("alpha", 0, "9999-12-31"), ArchivedDay("beta", 1, "2026-01-01"), ArchivedDay("gamma", 2, "2026-01-01")]
    assert rank_recency(days) == {"alpha": 1, "beta": 2, "gamma": 2}


@given(st.lists(st.dates(), unique=True, min_size=1, max_size=6))
def test_only_the_order_of_different_days_counts(days: list[object]) -> None:
    ranked = rank_recency(ArchivedDay(f"s{position}", position, str(day)) for position, day in enumerate(days))
    assert list(ranked.values()) == list(range(1, len(days) + 1))


def test_a_release_from_before_the_rank_is_ranked_by_day() -> None:
    with duckdb.connect() as connection:
        rows = pa.table({"source": ["a", "b", "c"], "retrieved": ["2026-01-02", "2026-01-01", "2026-01-02"]})
        connection.register("sources", rows)
        assert read_recency(connection) == {"a": 2, "b": 1, "c": 2}


def test_a_release_is_not_named_by_a_day_that_is_known_to_be_wrong(tmp_path: Path) -> None:
    sources = [SourceInput(slug, "x", day, tmp_path, tmp_path, {}) for slug, day in (("a", "9999-12-31"), ("b", "2026-01-01"))]
    assert release_date(ReleaseInputs(sources, [], tmp_path)) == "9999-12-31"
    assert release_date(ReleaseInputs(sources, [], tmp_path, wrong_days=["9999-12-31"])) == "2026-01-01"
    assert release_date(ReleaseInputs(sources[:1], [], tmp_path, wrong_days=["9999-12-31"])) == "0001-01-01"
