"""Each format holds what its report says, the same bytes each time."""

from pathlib import Path

import pytest

from overt.export.public_release import Holdings
from overt.export.registry import FORMATS
from overt.export.run import export
from overt.model.atomic_files import sha256_file
from tests.support.exports import RECORD_COUNTERS, ExportedFile

EACH = pytest.mark.parametrize("name", FORMATS)


@EACH
def test_the_report_counts_all_records_of_the_edition(exports: dict[str, ExportedFile], holdings: Holdings, name: str) -> None:
    """What is not written of a type is among what is not carried, with its count."""
    said = exports[name].report
    assert {kind: held["in_edition"] for kind, held in said["records"].items()} == holdings.records
    lost = {loss["what"]: loss["count"] for loss in said["not_carried"]}
    for kind, held in said["records"].items():
        assert held["in_edition"] - held["written"] == lost.get(f"records of type {kind}", 0), kind


@EACH
def test_the_files_hold_as_many_records_as_the_report_says(exports: dict[str, ExportedFile], name: str) -> None:
    path, said = exports[name]
    assert +RECORD_COUNTERS[name](path) == {kind: held["written"] for kind, held in said["records"].items() if held["written"]}


@EACH
def test_the_report_has_the_hash_of_each_file(exports: dict[str, ExportedFile], name: str) -> None:
    path, said = exports[name]
    for file in said["files"]:
        held = path / file["path"] if path.is_dir() else path
        assert (sha256_file(held), held.stat().st_size) == (file["sha256"], file["bytes"])
    assert len(said["files"]) == (sum(one.is_file() for one in path.rglob("*")) if path.is_dir() else 1)


@EACH
def test_equal_editions_give_equal_bytes(exports: dict[str, ExportedFile], holdings: Holdings, tmp_path: Path, name: str) -> None:
    again = export(holdings, FORMATS[name], tmp_path / exports[name].path.name)
    assert again == exports[name].report
