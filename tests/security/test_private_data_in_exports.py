"""No export has a value, name or id of private sources, or the name of an editor, in the unpacked bytes of its files."""

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles

from overt.export.atomic_export import export
from overt.export.export_report import REPORT_ENDING
from overt.export.format_registry import FORMATS
from overt.export.public_release_reader import PublicRelease, open_public_release
from overt.index.release_preparation import find_release
from tests.security.test_private_sources import IDS, PRIVATE
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import JUDGEMENTS, RETRACTIONS, SmallAtlas, make_atlas
from tests.support.small_atlas_exports import ExportedFile

MARKS = [mark.encode() for mark in (*SECRETS, PRIVATE.capture, *IDS)]
EDITORS = [str(entry[name]).encode() for entry in (*JUDGEMENTS, *RETRACTIONS) for name in ("who", "why")]
"""Names and reasons of editors in the ledger."""
EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of every file as stored, and then of everything that the file unpacks to."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            yield file.name, file.read_bytes()
            yield from unpack(file)


def unpack(file: Path) -> Iterator[tuple[str, bytes]]:
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


def find_marks(path: Path, marks: list[bytes] = MARKS) -> set[bytes]:
    """Return the marks found in a file or folder, including those escaped in JSON."""
    found_marks = set()
    for _, data in contents(path):
        found_marks |= {mark for mark in marks if mark in data or mark.decode().encode("unicode_escape") in data}
    return found_marks


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicRelease]:
    """The small atlas with settings that allow everything to be republished."""
    workspace, release = make_atlas(tmp_path_factory.mktemp("all") / "atlas")
    settings = workspace.root / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('republish = ["open"]', 'republish = ["open", "private"]'), encoding="utf-8")
    workspace = type(workspace).open(workspace.root)
    with open_public_release(workspace, find_release(workspace, release)) as public_release:
        yield public_release


# The private source has no cable, so `ofds` can't have marks, and no source of this atlas has observations.
@pytest.mark.slow(after=1)
@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"ofds", "observations"}))
def test_exports_have_the_marks_if_everything_is_allowed(everything: PublicRelease, tmp_path: Path, name: str) -> None:
    """If the complete exports lacked the marks, the tests below would prove nothing."""
    form = FORMATS[name]
    report = export(everything, form, tmp_path / f"all{form.ending}")
    assert find_marks(tmp_path / f"all{form.ending}")
    assert find_marks(tmp_path, EDITORS) == set(), "editors are never published"
    losses = {loss["what"]: (loss["count"], loss["kept_in"]) for loss in report["not_carried"] if "table" in loss["what"]}
    assert losses["rows of table judgements"] == losses["rows of table retractions"] == (2, "")


def test_the_small_atlas_has_no_observations(everything: PublicRelease, tmp_path: Path) -> None:
    """tests/site/test_quarters_and_periods_of_blocklists.py tests private observations."""
    form = FORMATS["observations"]
    path = tmp_path / f"all{form.ending}"
    report = export(everything, form, path)
    assert gzip.decompress(path.read_bytes()).count(b"\n") == 1, "only the header"
    losses = {loss["what"]: (loss["count"], loss["kept_in"]) for loss in report["not_carried"] if "table" in loss["what"]}
    assert losses["rows of table judgements"] == losses["rows of table retractions"] == (2, "")


def test_the_release_has_the_reasons_of_editors_and_no_name(atlas: SmallAtlas) -> None:
    names = {str(entry["who"]).encode() for entry in (*JUDGEMENTS, *RETRACTIONS)}
    assert find_marks(find_release(atlas.workspace, atlas.release), EDITORS) == set(EDITORS) - names


@EVERY_FORMAT
def test_no_file_has_a_mark(exports: dict[str, ExportedFile], name: str) -> None:
    assert find_marks(exports[name].path, [*MARKS, *EDITORS]) == set()


@EVERY_FORMAT
def test_no_report_has_a_mark(exports: dict[str, ExportedFile], name: str) -> None:
    path = exports[name].path
    assert find_marks(path.with_name(f"{path.name}{REPORT_ENDING}"), [*MARKS, *EDITORS]) == set()


@pytest.mark.slow
def test_non_commercial_sources_are_left_out(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
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
    with open_public_release(atlas.workspace, atlas.root / "releases" / release) as public_release:
        for name, form in FORMATS.items():
            path = tmp_path / f"out-{name}{form.ending}"
            report = export(public_release, form, path)
            assert [(source["source"], source["reuse"]) for source in report["left_out"]] == [("shared_map", "non-commercial")]
            for file, data in contents(path):
                assert not [mark for mark in marks if mark in data], (name, file)
