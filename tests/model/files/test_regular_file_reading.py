"""Files that people put in an atlas are read only if they are regular files. A pipe without a writer would block the reader."""

import os
import stat
from pathlib import Path

import pytest

from overt.importing.importers.importer_loading import load_importer
from overt.importing.importers.importer_trust import untrusted_importers
from overt.ledger.editor_key_and_name_files import read_names
from overt.model.content_catalogue import Catalogue
from overt.model.detached_file_signatures import load_public_key
from overt.model.errors import ContentError, OvertError, UsageError
from overt.model.files.atomic_writes import atomic_write, write_output
from overt.model.files.content_file_reading import read_content
from overt.model.workspace import Workspace
from overt.release.figures.figure_definition import load_figures
from overt.release.findings.finding_definition import load_findings


def read_all(atlas: Workspace) -> None:
    """Read every kind of file that an editor can add."""
    content = Catalogue(atlas.root)
    _ = content.vocabularies, content.areas, content.regions, content.town_choices, content.question_grammar
    _ = content.exchange_rates, content.sources
    load_figures(content)
    load_findings(content)
    for slug in content.source_folders:
        if content.is_own("sources", slug):
            untrusted_importers(atlas, [slug])
            load_importer(slug, content)
    content.digest("sources", "vocab", "figures", "findings")
    read_names(atlas)


@pytest.mark.parametrize(
    "name",
    [
        "sources/mine/source.yml", "sources/telegeography/importer.py", "sources/telegeography/rules.py", "vocab/mine.yml",
        "vocab/areas-mine.yml", "vocab/towns.yml", "vocab/exchange_rates.csv", "vocab/area_bounds.csv",
        "questions/grammar-mine.yml", "figures/mine/figure.yml", "findings/mine/finding.yml", "figures/notes.txt",
        "keys/editors.toml",
    ],
)  # fmt: skip
def test_a_pipe_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    atlas = Workspace.create(tmp_path / "atlas")
    path = atlas.root / name
    path.parent.mkdir(parents=True)
    if path.suffix == ".py":
        packaged = Catalogue().source_folders["telegeography"] / "source.yml"
        (path.parent / "source.yml").write_bytes(packaged.read_bytes())
        if path.name != "importer.py":
            (path.parent / "importer.py").write_text("def run(ctx): ...\n")
    os.mkfifo(path)
    with pytest.raises(OvertError) as caught:
        read_all(atlas)
    assert f"{path}: is a named pipe, not a file" in str(caught.value)


def test_a_query_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "figures" / "mine"
    folder.mkdir(parents=True)
    (folder / "figure.yml").write_text("title: T\n")
    os.mkfifo(folder / "query.sql")
    with pytest.raises(ContentError, match=r"query\.sql: is a named pipe, not a file"):
        load_figures(Catalogue(tmp_path))


def test_settings_that_are_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "overt.toml")
    with pytest.raises(UsageError, match=r"overt\.toml: is a named pipe, not a file; put a file there"):
        Workspace.open(tmp_path)


def test_a_key_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "release.key.pub")
    with pytest.raises(UsageError, match=r"release\.key\.pub: is a named pipe, not a file"):
        load_public_key(tmp_path / "release.key.pub")


def test_folders_and_devices_are_refused(tmp_path: Path) -> None:
    (tmp_path / "device").symlink_to("/dev/zero")
    with pytest.raises(ContentError, match="device: is a device, not a file"):
        read_content(tmp_path / "device")
    with pytest.raises(ContentError, match="is a folder, not a file"):
        read_content(tmp_path)


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    """An atomic write would rename a file over the device, and hide the error that the device is full."""
    device = tmp_path / "full"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 7))
        device.open("wb").close()
    except PermissionError:
        pytest.skip("needs the right to make a device")
    with pytest.raises(OSError, match="No space left"):
        write_output(device, b"x")
    with pytest.raises(UsageError, match="full: is a device, not a file; name another path"):
        atomic_write(device, b"x")
    assert stat.S_ISCHR(device.stat().st_mode)
    write_output(tmp_path / "new", b"x")
    assert (tmp_path / "new").read_bytes() == b"x"
