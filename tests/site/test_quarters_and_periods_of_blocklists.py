"""Quarters of blocklists: their boxes, the periods of listings, the order of series, and lists that can't be published."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from overt.edition.edition_plan import parts
from overt.index.release_preparation import prepare
from overt.model.workspace import Workspace
from overt.queries.blocking.blocklists import ObservedSeries, PlatformListing
from overt.server.app import ServeSettings, create_app
from overt.server.sites_by_language import make_sites
from overt.site.blocked_quarters import _filled, _run, edtf
from overt.site.blocklist_series_order_and_texts import dated_first, listing_period
from tests.importing.blocklist_files import NATIONAL
from tests.support.blocklist_atlas import EVERYTHING, OPEN_ONLY, measured_atlas
from tests.support.client import Client


@pytest.mark.parametrize("days", [1, 2, 47, 92])
def test_a_box_is_full_only_if_every_day_is_listed_and_empty_only_if_no_day_is(days: int) -> None:
    heights = [_filled(listed, days) for listed in range(days + 1)]
    assert heights == sorted(heights) and (heights[0], heights[-1]) == (0, 16)
    assert all(3 <= height <= 13 for height in heights[1:-1])
    assert _filled(0, 0) == 0


def test_quarters_run_from_the_first_to_the_last() -> None:
    assert list(_run(["2024-Q4", "2023-Q3", "2024-Q1"])) == ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert list(_run([])) == []
    assert [edtf(name) for name in ("2023-Q1", "2023-Q4")] == ["2023-33", "2023-36"]


def _listing(start: str | None, end: str | None, episodes: int) -> PlatformListing:
    return PlatformListing("platform", "example.org", 0, "source", "series", episodes, 1, None, None, "CN", start, end)


def _series(days: int, place: str | None = None) -> ObservedSeries:
    return ObservedSeries(
        "source", "series", "Series", None, "CN", place, None, None, None, None, None, "rule", days, None, None, []
    )


def test_an_episode_that_began_before_the_first_list_has_no_beginning() -> None:
    listing = _listing("../2023-11-05", "2025-03-31/..", 1)
    assert listing_period(listing, _series(258)) == {"start": None, "end": None, "episodes": 0}
    listing = _listing("2024-03-05/2024-10-08", "2024-12-01", 2)
    assert listing_period(listing, _series(258)) == {"start": "2024-03-05/2024-10-08", "end": "2024-12-01", "episodes": 2}
    assert listing_period(_listing(None, None, 1), _series(0)) == {"start": None, "end": None, "episodes": 0}


def test_nationwide_series_come_first_and_undated_ones_last() -> None:
    rows = [_series(3, "Henan"), _series(0), _series(2)]
    assert dated_first(rows) == [rows[2], rows[0], rows[1]]


@pytest.mark.ci
def test_lists_that_others_may_not_have_are_in_no_file(tmp_path: Path) -> None:
    atlas = measured_atlas(tmp_path, {NATIONAL: {"2024-03-03": ["x.com"]}}, dns=["x.com"])
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(EVERYTHING, OPEN_ONLY), encoding="utf-8")
    release = atlas.build()
    served = ServeSettings(Workspace.open(atlas.root), release, public=True)
    public = Client(create_app(served))
    assert gzip.decompress(public.get("/blocked.csv.gz").content).count(b"\n") == 1, "the names of the columns alone"
    assert public.get("/country/CN/blocked.csv").text.count("\n") == 1
    assert "Overt has no lists of what is blocked." in public.get("/domain").text
    sites = make_sites(served, prepare(served))
    assert not {part.address for part in parts(sites)} & {"/domain", "/blocked.csv.gz", "/country/CN/blocked.csv"}
    sites["en"].database.close()
    here = Client(create_app(replace(served, public=False)))
    assert gzip.decompress(here.get("/blocked.csv.gz").content).count(b"x.com") == 2
