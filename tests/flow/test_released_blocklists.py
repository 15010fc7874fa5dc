"""Blocklists in a release: verified, and withheld from the public."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.archive import Archive
from overt.importing.folder_import_without_archive import import_folder
from overt.index.editions.filtered_project_subset import read_subset, take_subset
from overt.index.editions.public_edition import restrict
from overt.model.content_catalogue import Catalogue
from overt.release.blocklist_and_domain_tables import verify_observations
from tests.support.command_built_atlas import Atlas, fetch_samples
from tests.support.release_table_rows_and_file_hashes import query_release

SOURCES = ("gfw_report_daily", "gfw_report_mechanisms")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, Path]:
    atlas = Atlas(tmp_path_factory.mktemp("observed"))
    fetch_samples(atlas.workspace, [*SOURCES, "agreements"])
    return atlas, atlas.root / "releases" / atlas.build()


def test_a_release_has_the_observations_of_its_sources(released: tuple[Atlas, Path], content: Catalogue) -> None:
    observations = pq.read_table(released[1] / "tables" / "observations.parquet")
    lists = pq.read_table(released[1] / "tables" / "observed_lists.parquet")
    for source in SOURCES:
        sample = import_folder(content, source, Path(str(content.source_folders[source])) / "sample").observations
        assert sample is not None
        of_source = pa.compute.equal(observations["source"], source)
        assert observations.filter(of_source).to_pylist() == sample.episodes.to_pylist()
        assert lists.filter(pa.compute.equal(lists["source"], source)).to_pylist() == sample.lists.to_pylist()


def test_a_series_has_its_vantage_points_and_days(released: tuple[Atlas, Path]) -> None:
    rows = {row["series"]: row for row in query_release(released[1], "SELECT * FROM observed_series")}
    assert set(rows) == {"dns", "http", "https", "quic", "national", "henan"}
    henan, dns = rows["henan"], rows["dns"]
    assert (henan["country"], henan["place"], henan["protocol"], henan["vantage_points"]) == ("CN", "Henan", "https", 1)
    assert (henan["days"], str(henan["days_from"]), str(henan["days_to"])) == (4, "2024-03-04", "2024-10-10")
    assert henan["unmeasured"] == ["2024-03-05/2024-10-07"]
    assert (dns["days"], dns["days_from"], dns["unmeasured"]) == (0, None, None)


def test_platforms_have_domains(released: tuple[Atlas, Path]) -> None:
    rows = query_release(released[1], "SELECT platform, domain FROM platform_domains")
    assert {"platform": "x", "domain": "twitter.com"} in rows
    named = [row["domain"] for row in rows]
    assert len(named) == len(set(named)), "a domain counts as one platform"


@pytest.mark.slow
def test_verification_imports_observations_again(released: tuple[Atlas, Path], content: Catalogue, tmp_path: Path) -> None:
    atlas, release = released
    assert atlas.ok("verify").out.startswith("whole: ")
    archive = Archive(atlas.workspace.archive)
    assert list(verify_observations(release, archive, content)) == []
    copy = tmp_path / release.name
    shutil.copytree(release, copy)
    path = copy / "tables" / "observations.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[0]["measurements"] += 1
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    [line] = verify_observations(copy, archive, content)
    assert "observations recomputed from the archived files of gfw_report_daily differ" in line
    assert "(the same number of rows)" in line
    pq.write_table(table.slice(1), path)
    [line] = verify_observations(copy, archive, content)
    assert "(8 rows instead of 7)" in line
    of_other_rule = table.set_column(table.schema.get_field_index("rule"), "rule", pa.array(["of-old@1"] * table.num_rows))
    pq.write_table(of_other_rule, path)
    assert list(verify_observations(copy, archive, content)) == [], "observations by unknown rules are not compared"


def test_the_public_edition_has_no_observations(released: tuple[Atlas, Path], content: Catalogue, tmp_path: Path) -> None:
    edition = restrict(released[1], ["open"], content, tmp_path)
    for name in ("observations", "observed_lists", "observed_series"):
        assert edition.manifest["tables"][name]["rows"] == 0
    assert edition.manifest["tables"]["platform_domains"]["rows"] > 50
    assert b"alder.example" not in b"".join(path.read_bytes() for path in edition.tables.glob("*.parquet"))
    assert edition.manifest["tables"]["restrictions"]["rows"] == 0
    everything = restrict(released[1], ["open", "private"], content, tmp_path)
    assert everything.manifest["tables"]["observations"]["rows"] == 20


@pytest.mark.parametrize(("query", "count"), [("country=CN", 20), ("country=KE", 0), ("kind=smart-city", 0)])
def test_a_subset_has_the_observations_of_its_complete_countries(
    released: tuple[Atlas, Path], content: Catalogue, tmp_path: Path, query: str, count: int
) -> None:
    everything = restrict(released[1], ["open", "private"], content, tmp_path)
    part = take_subset(everything, released[1].name, read_subset([query], content), content, tmp_path, served=False)
    assert part.manifest["tables"]["observations"]["rows"] == count
