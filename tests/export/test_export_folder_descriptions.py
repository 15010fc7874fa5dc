"""The folder with all formats: validators accept the files that describe it."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.export import folder_with_all_formats as bundle
from overt.export.descriptions.export_folder_files_and_licences import ExportFolder, licence_of
from overt.export.export_format import ExportFormat
from overt.export.export_result_and_losses import ExportResult, Loss, NothingToWrite
from overt.export.format_registry import FORMATS
from overt.export.public_release_reader import PublicRelease
from overt.model.files.file_digests import sha256_file
from tests.support.small_atlas_exports import ExportedFile
from tests.validators import check

DESCRIPTIONS = {
    "datapackage.json",
    "croissant.json",
    "dcat.jsonld",
    "schema-org.jsonld",
    "ro-crate-metadata.json",
    "CITATION.cff",
}


@pytest.fixture
def folder(exports: dict[str, ExportedFile]) -> Path:
    return exports["all"].path


def read_json(folder: Path, name: str) -> Any:
    return orjson.loads((folder / name).read_bytes())


def data_files(folder: Path) -> dict[str, Path]:
    """Return all files except descriptions and checksums, by name."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert files.keys() >= DESCRIPTIONS
    return {name: path for name, path in files.items() if name not in DESCRIPTIONS | {"SHA256SUMS"}}


def test_checksums_are_those_of_the_files(folder: Path) -> None:
    process = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout
    assert len(process.stdout.splitlines()) == len(data_files(folder)) + len(DESCRIPTIONS)


def test_every_description_names_every_file(folder: Path) -> None:
    expected = {name: sha256_file(path) for name, path in data_files(folder).items()}
    package = {file["path"]: file["hash"].removeprefix("sha256:") for file in read_json(folder, "datapackage.json")["resources"]}
    croissant = {file["contentUrl"]: file["sha256"] for file in read_json(folder, "croissant.json")["distribution"]}
    search = {file["contentUrl"]: file["sha256"] for file in read_json(folder, "schema-org.jsonld")["distribution"]}
    entities = read_json(folder, "ro-crate-metadata.json")["@graph"]
    crate = {entity["@id"]: entity["sha256"] for entity in entities if entity["@type"] == "File"}
    catalogue = {
        file["dcat:downloadURL"]["@id"]: file["spdx:checksum"]["spdx:checksumValue"]["@value"]
        for file in read_json(folder, "dcat.jsonld")["dcat:distribution"]
    }
    assert package == croissant == search == crate == catalogue == expected


@pytest.mark.slow
def test_frictionless_accepts_the_data_package(folder: Path, public_release: PublicRelease) -> None:
    result = check("datapackage", folder / "datapackage.json")
    assert (result["valid"], result["errors"], result["warnings"]) == (True, [], [])
    assert {name: rows or 0 for name, rows in result["rows"].items()} == {
        name: public_release.row_count(name) for name in public_release.tables
    }


def test_frictionless_rejects_a_changed_cell(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    path = tmp_path / "copy" / "csv" / "assessments.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2019,", ",MMXIX,"), encoding="utf-8")
    result = check("datapackage", tmp_path / "copy" / "datapackage.json")
    assert not result["valid"] and any("hash" in error for error in result["errors"]), result["errors"]


def test_mlcroissant_reads_the_records(folder: Path, public_release: PublicRelease) -> None:
    result = check("croissant", folder / "croissant.json", "projects", "roles")
    assert (result["errors"], result["warnings"]) == ([], [])
    assert result["rows"] == {"projects": public_release.row_count("projects"), "roles": public_release.row_count("roles")}
    assert result["record_sets"] == len(public_release.tables)


def test_the_crate_has_all_that_its_profile_requires(folder: Path) -> None:
    """Only the publisher's URL is missing, because overt.toml has no address."""
    issues = check("ro_crate_profile", folder)["issues"]
    assert [(issue["severity"], issue["message"]) for issue in issues] == [("RECOMMENDED", "The organization SHOULD have a URL.")]


def test_a_crate_without_a_file_that_it_names_is_rejected(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    (tmp_path / "copy" / "overt.jsonl").unlink()
    assert [issue for issue in check("ro_crate_profile", tmp_path / "copy")["issues"] if issue["severity"] == "REQUIRED"]


def test_the_citation_fits_its_schema(folder: Path) -> None:
    assert check("citation", folder / "CITATION.cff") == {"errors": []}


def test_dcat_has_the_address_of_each_file(folder: Path) -> None:
    base = "https://atlas.example/files/"
    triples = [tuple(triple) for triple in check("json_ld_triples", folder / "dcat.jsonld", base)]
    dcat = "http://www.w3.org/ns/dcat#"
    [dataset] = [subject for subject, name, value in triples if name.endswith("#type") and value == f"{dcat}Dataset"]
    assert dataset == base
    files = {value.removeprefix(base) for _, name, value in triples if name == f"{dcat}downloadURL"}
    assert files == data_files(folder).keys()
    assert len([1 for subject, name, _ in triples if subject == base and name == f"{dcat}distribution"]) == len(files)


def test_a_format_without_data_is_reported(public_release: PublicRelease, tmp_path: Path) -> None:
    def write_nothing(release: PublicRelease, target: Path) -> ExportResult:
        target.mkdir()
        raise NothingToWrite("there is no hue")

    forms = [FORMATS["jsonl"], ExportFormat("hues", "colours", "", write_nothing)]
    result = bundle.write(public_release, tmp_path / "all", forms)
    assert result.losses == (Loss("format hues", 1, "there is no hue", ""),)
    assert not (tmp_path / "all" / "hues").exists()
    assert "overt.jsonl" in data_files(tmp_path / "all")


def test_licences_have_their_spdx_ids() -> None:
    def spdx_and_address(name: str, address: str | None = None) -> tuple[str | None, str | None]:
        licence = licence_of({"licence": name, "licence_url": address})
        return licence.spdx, licence.address

    assert spdx_and_address("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/") == (
        "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/",
    )  # fmt: skip
    assert spdx_and_address("CC BY-NC-SA 3.0") == ("CC-BY-NC-SA-3.0", None)
    assert spdx_and_address("ODC-BY 1.0") == ("ODC-By-1.0", None)
    assert spdx_and_address("All rights reserved", "javascript:alert(1)") == (None, None)


def test_a_folder_has_the_address_of_its_release_if_the_site_has_one(public_release: PublicRelease, folder: Path) -> None:
    with_address = ExportFolder(replace(public_release, address="https://atlas.example"), folder)
    assert with_address.address == f"https://atlas.example/release/{public_release.id}"
    assert ExportFolder(public_release, folder).address is None
