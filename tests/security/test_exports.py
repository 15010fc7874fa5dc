"""No export has a value, a name or an id of what others may not have, nor an editor: in the bytes of its files, unpacked."""

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles

from overt.export.public_release import Holdings, open_holdings
from overt.export.registry import FORMATS
from overt.export.report_files import REPORT
from overt.export.run import export
from overt.index.prepare import find_release
from tests.security.test_private import IDS, PRIVATE
from tests.support.atlas import SmallAtlas as Small
from tests.support.atlas import make_statements, own_id
from tests.support.exports import ExportedFile
from tests.support.small_atlas import JUDGEMENTS, RETRACTIONS, SmallAtlas, make_atlas
from tests.support.source_rows import SECRETS

MARKS = [mark.encode() for mark in (*SECRETS, PRIVATE.capture, *IDS)]
EDITORS = [str(said[name]).encode() for said in (*JUDGEMENTS, *RETRACTIONS) for name in ("who", "why")]
"""The names by which they signed, and their words."""
EACH = pytest.mark.parametrize("name", FORMATS)


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """All that lies in a file or below a folder: as it is, and unpacked where it is packed."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            yield file.name, file.read_bytes()
            yield from unpacked(file)


def unpacked(file: Path) -> Iterator[tuple[str, bytes]]:
    data = file.read_bytes()
    if data.startswith(b"PAR1"):
        yield f"{file.name} (rows)", str(pq.read_table(file).to_pylist()).encode()
        yield f"{file.name} (schema)", str(pq.read_schema(file)).encode()
    elif data.startswith(b"\x1f\x8b"):
        yield f"{file.name} (unpacked)", gzip.decompress(data)
    elif data.startswith(b"PMTiles"):
        with file.open("rb") as archive:
            source = MmapSource(archive)
            yield f"{file.name} (metadata)", str(Reader(source).metadata()).encode()
            yield f"{file.name} (tiles)", b"".join(gzip.decompress(tile) for _, tile in all_tiles(source))
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(file) as archive:
            for entry in archive.namelist():
                yield f"{file.name}:{entry}", archive.read(entry)


def found(path: Path, marks: list[bytes] = MARKS) -> set[bytes]:
    """Which of the marks are in it; of text also where JSON has escaped it."""
    held = set()
    for _, data in contents(path):
        held |= {mark for mark in marks if mark in data or mark.decode().encode("unicode_escape") in data}
    return held


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holdings]:
    """The same atlas, of which overt.toml lets others have all."""
    workspace, release = make_atlas(tmp_path_factory.mktemp("all") / "atlas")
    settings = workspace.root / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('republish = ["open"]', 'republish = ["open", "private"]'), encoding="utf-8")
    workspace = type(workspace).open(workspace.root)
    with open_holdings(workspace, find_release(workspace, release)) as held:
        yield held


# the private source tells of no cable (the last test has one), and no source of this atlas observes anything
@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"ofds", "observations"}))
def test_a_format_has_them_where_others_may(everything: Holdings, tmp_path: Path, name: str) -> None:
    """Else the tests below would prove nothing."""
    form = FORMATS[name]
    said = export(everything, form, tmp_path / f"all{form.ending}")
    assert found(tmp_path / f"all{form.ending}")
    assert found(tmp_path, EDITORS) == set(), "nobody may have those"
    untold = {loss["what"]: (loss["count"], loss["kept_in"]) for loss in said["not_carried"] if "table" in loss["what"]}
    assert untold["rows of table judgements"] == untold["rows of table retractions"] == (2, "")


def test_there_is_nothing_observed_that_could_be_found(everything: Holdings, tmp_path: Path) -> None:
    """What is observed and may not be had by others: tests/site/test_blocked_quarters.py."""
    form = FORMATS["observations"]
    path = tmp_path / f"all{form.ending}"
    said = export(everything, form, path)
    assert gzip.decompress(path.read_bytes()).count(b"\n") == 1, "the names of the columns alone"
    untold = {loss["what"]: (loss["count"], loss["kept_in"]) for loss in said["not_carried"] if "table" in loss["what"]}
    assert untold["rows of table judgements"] == untold["rows of table retractions"] == (2, "")


def test_the_release_has_the_editors(atlas: SmallAtlas) -> None:
    assert found(find_release(atlas.workspace, atlas.release), EDITORS) == set(EDITORS)


@EACH
def test_no_file_has_any_of_it(exports: dict[str, ExportedFile], name: str) -> None:
    assert found(exports[name].path, [*MARKS, *EDITORS]) == set()


@EACH
def test_no_report_has_any_of_it(exports: dict[str, ExportedFile], name: str) -> None:
    path = exports[name].path
    assert found(path.with_name(f"{path.name}{REPORT}"), [*MARKS, *EDITORS]) == set()


def test_what_is_not_for_commerce_is_left_out_as_well(tmp_path: Path) -> None:
    atlas = Small(tmp_path)
    atlas.source("shared_map", reuse="non-commercial")
    rows = make_statements("project", "hidden", name="Verborgenes Netz", kind="submarine-cable", country="KE")
    rows += make_statements(
        "place", "where", project="shared_map:hidden", name="Schattendorf", geometry="POINT (12.25 3.5)", precision="exact"
    )
    atlas.fetch("shared_map", rows)
    atlas.fetch("open_map", make_statements("project", "seen", name="Seen", kind="submarine-cable", country="KE"))
    release = atlas.build()
    marks = [
        mark.encode()
        for mark in ("Verborgenes", "Schattendorf", "12.25", own_id("shared_map:hidden"), own_id("shared_map:where"))
    ]
    with open_holdings(atlas.workspace, atlas.root / "releases" / release) as held:
        for name, form in FORMATS.items():
            path = tmp_path / f"out-{name}{form.ending}"
            reported = export(held, form, path)
            assert [(one["source"], one["reuse"]) for one in reported["left_out"]] == [("shared_map", "non-commercial")]
            for file, data in contents(path):
                assert not [mark for mark in marks if mark in data], (name, file)
