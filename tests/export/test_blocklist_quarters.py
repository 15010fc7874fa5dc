"""The table of blocklists by quarter: its days are the lists' days, each counted once."""

import csv
import gzip
import random
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from overt.export.atomic_export import export
from overt.export.format_registry import FORMATS
from overt.export.public_release_reader import open_public_release
from overt.model.workspace import Workspace
from tests.importing.blocklist_files import HENAN, NATIONAL
from tests.support.blocklist_atlas import EVERYTHING, OPEN_ONLY, measured_atlas
from tests.support.command_built_atlas import Atlas

SERIES = {"national": NATIONAL, "henan": HENAN}
NAMES = [f"{name}.example" for name in ("alder", "birch", "-m.cedar", "dogwood", "elder", "fir")]


def lists(seed: int) -> dict[str, dict[str, list[str]]]:
    """Return lists with changing names for some of the days in fifteen months."""
    generator = random.Random(seed)
    days = [(date(2023, 11, 5) + timedelta(days=at)).isoformat() for at in range(450)]
    return {
        place: {day: sorted(generator.sample(NAMES, generator.randint(1, 5))) for day in sorted(generator.sample(days, 60))}
        for place in SERIES.values()
    }


@pytest.fixture(scope="module")
def export_of_atlas(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, Path, str]:
    folder = tmp_path_factory.mktemp("observations")
    atlas = measured_atlas(folder, lists(7), dns=["birch.example", "other.example"])
    release = atlas.root / "releases" / atlas.build()
    with open_public_release(atlas.workspace, release) as public_release:
        for name in ("all.csv", "all.csv.gz", "again.csv.gz"):
            report = export(public_release, FORMATS["observations"], folder / name)
    listed = sum(len(names) for days in lists(7).values() for names in days.values())
    assert report["notes"][0].endswith(f"the days listed add up to {listed:,}.")
    return atlas, folder, release.name


@pytest.fixture(scope="module")
def exported(export_of_atlas: tuple[Atlas, Path, str]) -> Path:
    return export_of_atlas[1]


def test_days_by_quarter_are_those_of_the_lists(exported: Path) -> None:
    with (exported / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected: Counter[tuple[str, str, str]] = Counter()
    measured: Counter[tuple[str, str]] = Counter()
    for series, place in SERIES.items():
        for day, names in lists(7)[place].items():
            quarter = f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
            measured[series, quarter] += 1
            expected.update((name, series, quarter) for name in names)
    dated = [row for row in rows if row["quarter"]]
    days = {(row["domain"].removeprefix("'"), row["series"], row["quarter"]): int(row["days_listed"]) for row in dated}
    assert days == expected and len(days) == len(dated)
    assert all(int(row["days_measured"]) == measured[row["series"], row["quarter"]] for row in dated)
    assert {row["vantage_points"] for row in rows} == {"1"}
    undated = {(row["domain"], row["series"], row["days_listed"]) for row in rows if not row["quarter"]}
    assert ("birch.example", "dns", "") in undated and len(undated) == len(rows) - len(dated) == 5
    assert [row["domain"].removeprefix("'") for row in rows] == sorted(row["domain"].removeprefix("'") for row in rows)


def test_a_compressed_file_has_the_same_content_and_equal_bytes(exported: Path) -> None:
    packed = (exported / "all.csv.gz").read_bytes()
    assert gzip.decompress(packed) == (exported / "all.csv").read_bytes()
    assert packed == (exported / "again.csv.gz").read_bytes()


def test_a_release_without_lists_has_a_note(tmp_path: Path, export_of_atlas: tuple[Atlas, Path, str]) -> None:
    atlas, _, release = export_of_atlas
    root = shutil.copytree(atlas.root, tmp_path / "atlas")
    settings = root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(EVERYTHING, OPEN_ONLY), encoding="utf-8")
    with open_public_release(Workspace.open(root), root / "releases" / release) as public_release:
        report = export(public_release, FORMATS["observations"], tmp_path / "none.csv")
    assert (tmp_path / "none.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "domain,source,series,country,protocol,quarter,days_measured,days_listed,vantage_points"
    ]
    assert report["notes"] == ["The edition has no lists of what is blocked."]
    assert {source["source"] for source in report["left_out"]} == {"gfw_report_daily", "gfw_report_mechanisms"}
