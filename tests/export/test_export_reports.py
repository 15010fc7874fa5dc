"""Each format contains what its report lists, and exporting the same release again gives the same bytes."""

from pathlib import Path

import pytest

from overt.export.atomic_export import export
from overt.export.format_registry import FORMATS
from overt.export.public_release_reader import PublicRelease
from overt.model.files.file_digests import sha256_file
from tests.support.small_atlas_exports import RECORD_COUNTERS, ExportedFile

EACH_FORMAT = pytest.mark.parametrize("name", FORMATS)


def test_no_two_formats_have_the_same_file_name_ending() -> None:
    """In the folder of all formats, one of them would overwrite the other."""
    endings = [form.ending for form in FORMATS.values() if not form.is_folder]
    assert len(set(endings)) == len(endings) > 1


@EACH_FORMAT
def test_the_report_counts_all_records_of_the_release(
    exports: dict[str, ExportedFile], public_release: PublicRelease, name: str
) -> None:
    """Records that are not written are reported as losses, with their number."""
    report = exports[name].report
    assert {kind: counts["in_edition"] for kind, counts in report["records"].items()} == public_release.record_counts
    lost = {loss["what"]: loss["count"] for loss in report["not_carried"]}
    for kind, counts in report["records"].items():
        assert counts["in_edition"] - counts["written"] == lost.get(f"records of type {kind}", 0), kind


@EACH_FORMAT
def test_the_files_have_as_many_records_as_the_report_counts(exports: dict[str, ExportedFile], name: str) -> None:
    path, report = exports[name]
    assert +RECORD_COUNTERS[name](path) == {
        kind: counts["written"] for kind, counts in report["records"].items() if counts["written"]
    }


@EACH_FORMAT
def test_the_report_has_the_hash_of_each_file(exports: dict[str, ExportedFile], name: str) -> None:
    path, report = exports[name]
    for entry in report["files"]:
        file = path / entry["path"] if path.is_dir() else path
        assert (sha256_file(file), file.stat().st_size) == (entry["sha256"], entry["bytes"])
    assert len(report["files"]) == (sum(file.is_file() for file in path.rglob("*")) if path.is_dir() else 1)


@pytest.mark.slow(after=1)
@EACH_FORMAT
def test_equal_releases_give_equal_bytes(
    exports: dict[str, ExportedFile], public_release: PublicRelease, tmp_path: Path, name: str
) -> None:
    again = export(public_release, FORMATS[name], tmp_path / exports[name].path.name)
    assert again == exports[name].report
