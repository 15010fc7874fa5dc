"""`overt fetch --from FOLDER`: which files in a folder are used, and what the command says about the others."""

import shutil
from pathlib import Path

import pytest

from overt.archive import Archive
from tests.support.command_built_atlas import Atlas


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    return Atlas(tmp_path)


def test_files_without_a_pattern_are_counted_and_the_folder_may_be_the_one_in_the_pattern(atlas: Atlas, tmp_path: Path) -> None:
    """`--from data/ooni` used to leave out measurements silently: their pattern `ooni/measurements/**` needed `--from data`."""
    folder = tmp_path / "data" / "ooni"
    shutil.copytree(Path(str(atlas.workspace.content.source_folders["ooni"])) / "sample" / "ooni", folder)
    (folder / "measurements" / "20260305_XK_invented.tar.gz").rename(folder / "measurements" / "march.tar.gz")
    assert "left out" not in atlas.ok("fetch", "ooni", "--from", folder).err
    for name in ("targets.tsv", "qa/labelled.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    line = f"left out: 2 files below {folder} without a pattern of ooni (`overt sources` lists the patterns)"
    assert line in atlas.ok("fetch", "ooni", "--from", folder).err
    captures = Archive(atlas.root / "archive").snapshots("ooni")[-1].captures
    assert {capture.name for capture in captures} == {
        "fingerprints/fingerprints_http.csv", "measurements/20260301_XK_invented.jsonl.gz", "measurements/march.tar.gz",
    }  # fmt: skip


def test_the_folder_may_be_the_last_one_of_the_pattern(atlas: Atlas, tmp_path: Path) -> None:
    """This used to be refused: “no file for 'measurements' (it looks for ooni/measurements/**)”."""
    folder = tmp_path / "data" / "ooni" / "measurements"
    shutil.copytree(Path(str(atlas.workspace.content.source_folders["ooni"])) / "sample" / "ooni" / "measurements", folder)
    (folder / "20260305_XK_invented.tar.gz").rename(folder / "march.tar.gz")
    assert "left out" not in atlas.ok("fetch", "ooni", "--from", folder).err
    captures = Archive(atlas.root / "archive").snapshots("ooni")[-1].captures
    assert {capture.name for capture in captures} == {"20260301_XK_invented.jsonl.gz", "march.tar.gz"}


def test_nothing_promises_to_download_measurements(atlas: Atlas) -> None:
    """`overt sources` used to promise that `overt fetch ooni` downloads them, but it requested OONI's page about its data."""
    outcome = atlas.overt("fetch", "ooni")
    assert outcome.code == 2 and "ooni: its publisher has no stable address of the files; use --from DIR" in outcome.err
    listed = atlas.ok("sources").out
    assert "`overt fetch ooni --from DIR`" in listed and "`overt fetch ooni`, which downloads" not in listed
    assert "`overt fetch vdem`, which downloads them" in listed
