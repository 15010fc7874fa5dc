"""A directory is recognised as an edition, however many files it has."""

from pathlib import Path

import orjson
import pytest

from overt.edition.manifest import FORM, MANIFEST, is_edition, write_manifest
from overt.model.workspace import Workspace

_FILES = {f"project/ovt-{number:012}/index.html": [number, f"{number:064x}"] for number in range(2_000)}


def test_format_comes_first(tmp_path: Path) -> None:
    write_manifest(Workspace.create(tmp_path / "atlas"), tmp_path, {"format": FORM, "date": "2026-01-01", "files": _FILES})
    assert next(iter(orjson.loads((tmp_path / MANIFEST).read_bytes()))) == "format"
    assert is_edition(tmp_path)


@pytest.mark.parametrize("form", [FORM, "another"])
def test_edition_is_recognized_with_sorted_keys(form: str, tmp_path: Path) -> None:
    """Only two short pieces of a manifest are read, however long it is."""
    manifest = orjson.dumps({"files": _FILES, "format": form}, option=orjson.OPT_INDENT_2)
    assert manifest.index(form.encode()) > 2 * 64 * 1024
    (tmp_path / MANIFEST).write_bytes(manifest)
    assert is_edition(tmp_path) == (form == FORM)


def test_directory_without_a_manifest_is_not_an_edition(tmp_path: Path) -> None:
    assert not is_edition(tmp_path)
    (tmp_path / MANIFEST).write_bytes(b"")
    assert not is_edition(tmp_path)
