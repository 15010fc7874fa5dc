"""Differences between episodes: applied to the older episodes they give the newer ones, and each has the right kind."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis.strategies as st
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.release.blocklist_and_domain_tables import platform_domains
from overt.release.diff.blocklist_episode_diff import ObservationDiff, diff_observations, observation_differences
from overt.server.app import ServeSettings, create_app
from tests.importing.blocklist_files import HENAN, NATIONAL, write_daily
from tests.support.blocklist_atlas import add_daily, measured_atlas
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas
from tests.support.command_runs import overt

EPISODE_COLUMNS = (
    "start",
    "end",
    "first_listed",
    "last_listed",
    "measurements",
    "unmeasured_days",
    "vantage_points",
    "rule",
    "capture",
)
DAYS = [(date(2024, 1, 1) + timedelta(days=at)).isoformat() for at in range(8)]
NAMES = ["x.com", "alder.example", "birch.example", "-m.cedar"]
_LISTS = st.dictionaries(
    st.sampled_from([NATIONAL, HENAN]),
    st.dictionaries(st.sampled_from(DAYS), st.lists(st.sampled_from(NAMES), min_size=1, unique=True), min_size=1, max_size=6),
    min_size=1,
)
SeriesLists = Mapping[str, Mapping[str, Sequence[str]]]


def tables(content: Catalogue, folder: Path, lists: SeriesLists) -> Path:
    """Write the observation tables of a release that has only these lists."""
    observed = import_folder(content, "gfw_report_daily", write_daily(folder / "in", lists)).observations
    assert observed is not None
    for name, table in (("observations", observed.episodes), ("observed_lists", observed.lists)):
        pq.write_table(table, folder / f"{name}.parquet")
    pq.write_table(platform_domains(content), folder / "platform_domains.parquet")
    return folder


def read_episodes(folder: Path) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return the episodes of a release by their keys."""
    path = folder / "observations.parquet"
    rows = pq.read_table(path).to_pylist() if path.is_file() else []
    texts = [{**row, **{name: row[name] and str(row[name]) for name in ("first_listed", "last_listed")}} for row in rows]
    return {_key(row, ""): tuple(row[name] for name in EPISODE_COLUMNS) for row in texts}


def patch_episodes(old: Path, new: Path) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    episodes, rows = read_episodes(old), list(observation_differences(old, new))
    for row in rows:
        if row["what"] != "began":
            assert episodes.pop(_key(row, "before_")) == tuple(row[f"before_{name}"] for name in EPISODE_COLUMNS)
    for row in rows:
        if row["what"] != "went":
            assert _key(row, "after_") not in episodes
            episodes[_key(row, "after_")] = tuple(row[f"after_{name}"] for name in EPISODE_COLUMNS)
    return episodes


def _key(row: Mapping[str, Any], side: str) -> tuple[Any, ...]:
    return row["source"], row["series"], row["domain"], row[f"{side}first_listed"]


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=(Phase.generate,),
)  # fmt: skip
@given(before=_LISTS, after=_LISTS)
def test_patched_episodes_equal_the_newer_ones(content: Catalogue, before: SeriesLists, after: SeriesLists) -> None:
    with TemporaryDirectory() as folder:
        old, new = (tables(content, Path(folder) / name, lists) for name, lists in (("old", before), ("new", after)))
        assert patch_episodes(old, new) == read_episodes(new)
        assert patch_episodes(new, old) == read_episodes(old)
        with connect() as connection:
            diff = diff_observations(connection, old, new)
        rows = list(observation_differences(old, new))
        assert sum(sum(change.counts.values()) for change in diff.series) == len(rows)
        assert diff.platforms == [row for row in rows if row["platform"]]


def changes(content: Catalogue, folder: Path, before: SeriesLists, after: SeriesLists) -> ObservationDiff:
    with connect() as connection:
        return diff_observations(connection, tables(content, folder / "old", before), tables(content, folder / "new", after))


def test_each_difference_has_its_kind(content: Catalogue, tmp_path: Path) -> None:
    before = {DAYS[1]: ["stops.example", "stays.example", "goes.example"], DAYS[2]: ["stops.example", "stays.example"]}
    after = {
        DAYS[1]: ["stops.example", "stays.example"],
        DAYS[2]: ["stops.example", "stays.example"],
        DAYS[4]: ["stays.example", "comes.example"],
    }
    old, new = (tables(content, tmp_path / name, {NATIONAL: days}) for name, days in (("old", before), ("new", after)))
    by_domain = {row["domain"]: row for row in observation_differences(old, new)}
    assert {name.removesuffix(".example"): row["what"] for name, row in by_domain.items()} == {
        "stops": "ended", "stays": "continued", "goes": "went", "comes": "began",
    }  # fmt: skip
    assert by_domain["stops.example"]["after_end"] == "2024-01-03/2024-01-04", "a day between was not measured"
    earlier = tables(content, tmp_path / "earlier", {NATIONAL: {DAYS[0]: ["alder.example"], **after}})
    what = {row["domain"]: row["what"] for row in observation_differences(new, earlier)}
    assert what == {"alder.example": "began", "stops.example": "moved", "stays.example": "moved", "comes.example": "other file"}


def test_equal_lists_in_another_file_move_nothing(content: Catalogue, tmp_path: Path) -> None:
    lists = {NATIONAL: {DAYS[0]: ["x.com"], DAYS[1]: ["x.com"]}}
    more = {**lists, HENAN: {DAYS[0]: ["alder.example"]}}
    diff = changes(content, tmp_path, lists, more)
    series = {change.series: (change.counts, change.lists_before, change.lists_after) for change in diff.series}
    assert series == {"national": ({"other file": 1}, 2, 2), "henan": ({"began": 1}, 0, 1)}
    assert [row["domain"] for row in diff.platforms] == ["x.com"] and diff.notable_platforms() == []
    same = changes(content, tmp_path / "same", lists, lists)
    assert same == ObservationDiff()


def test_an_earlier_list_moves_the_beginning(content: Catalogue, tmp_path: Path) -> None:
    before = {NATIONAL: {DAYS[3]: ["x.com"], DAYS[4]: ["alder.example"]}}
    after = {NATIONAL: {DAYS[2]: ["x.com"], **before[NATIONAL]}}
    [row] = changes(content, tmp_path, before, after).notable_platforms()
    assert (row["what"], row["platform"]) == ("moved", "x")
    assert (row["before_start"], row["after_start"], row["after_measurements"]) == ("../2024-01-04", "../2024-01-03", 2)


def test_a_release_without_observation_tables_has_no_episodes(content: Catalogue, tmp_path: Path) -> None:
    new = tables(content, tmp_path / "new", {NATIONAL: {DAYS[0]: NAMES}})
    (tmp_path / "old").mkdir()
    assert patch_episodes(tmp_path / "old", new) == read_episodes(new)
    assert patch_episodes(new, tmp_path / "old") == {}


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, str, str]:
    """An atlas and its two releases. The second has two more days, with x.com added and tiktok.com removed."""
    folder = tmp_path_factory.mktemp("two")
    first = {DAYS[0]: ["tiktok.com", "youtube.com", "-m.cedar"], DAYS[1]: ["tiktok.com", "youtube.com"]}
    atlas = measured_atlas(folder, {NATIONAL: first})
    old = atlas.build()
    more = {**first, DAYS[2]: ["youtube.com"], DAYS[3]: ["x.com", "youtube.com"]}
    add_daily(atlas, folder / "more", {NATIONAL: more}, "2026-11-25")
    return atlas, old, atlas.build()


def test_the_command_prints_counts_and_platforms(two_releases: tuple[Atlas, str, str]) -> None:
    atlas, old, new = two_releases
    lines = atlas.ok("diff", old, new).out.splitlines()
    counts = "measured gfw_report_daily national: 1 began, 1 ended, 1 continued, 1 other file; lists 2 → 4"
    assert counts in lines
    assert "began     x.com (x, national): - → 2024-01-04 to 2024-01-04/.., 1 day" in lines
    assert (
        "ended     tiktok.com (tiktok, national): ../2024-01-01 to 2024-01-02/.., 2 days → ../2024-01-01 to 2024-01-02, 2 days"
        in lines
    )
    assert not any("youtube.com (youtube, national)" in line for line in lines), "continued episodes are only counted"
    observations = atlas.diff(old, new)["observations"]
    assert observations["series"][0]["counts"] == {"began": 1, "ended": 1, "continued": 1, "other file": 1}
    assert {row["domain"]: row["what"] for row in observations["platforms"]} == {
        "tiktok.com": "ended", "x.com": "began", "youtube.com": "continued",
    }  # fmt: skip


@pytest.mark.slow
def test_the_api_gives_the_same(two_releases: tuple[Atlas, str, str]) -> None:
    atlas, old, new = two_releases
    first = Client(create_app(ServeSettings(atlas.workspace, new))).get(f"/api/v1/changes?since={old}").json()
    assert first["observations"] == atlas.diff(old, new)["observations"]


def test_observations_are_printed_as_csv(two_releases: tuple[Atlas, str, str]) -> None:
    atlas, old, new = two_releases
    text = atlas.ok("diff", old, new, "--observations").out.removeprefix("\ufeff")
    rows = {row["domain"]: row for row in csv.DictReader(io.StringIO(text))}
    assert {name: row["what"] for name, row in rows.items()} == {
        "'-m.cedar": "other file", "tiktok.com": "ended", "x.com": "began", "youtube.com": "continued",
    }  # fmt: skip
    assert (rows["youtube.com"]["before_measurements"], rows["youtube.com"]["after_measurements"]) == ("2", "4")
    assert rows["x.com"]["before_capture"] == "" and len(rows["x.com"]["after_capture"]) == 64
    outcome = overt("diff", old, new, "--observations", "--json", "--workspace", atlas.root)
    assert outcome.code == 2 and "choose one" in outcome.err


def test_page_and_feed_have_the_same(two_releases: tuple[Atlas, str, str]) -> None:
    atlas, old, new = two_releases
    page = atlas.ok("diff", old, new, "--html").out
    assert "What is measured to be blocked" in page and "<bdi>x.com</bdi>" in page and "2 → 4" in page
    assert "<bdi>youtube.com</bdi></th><td>youtube" not in page
    assert "measured: gfw_report_daily national" in atlas.ok("diff", old, new, "--atom").out
