"""The folder of all formats, as catalogues, archives and others' validators read what describes it."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.export import everything
from overt.export.descriptions.collection import Collection, licence_of
from overt.export.format import Format
from overt.export.public_release import Holdings
from overt.export.registry import FORMATS
from overt.export.result import Loss, NothingToWrite, Written
from overt.model.atomic_files import sha256_file
from tests.support.exports import ExportedFile
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


def said(folder: Path, name: str) -> Any:
    return orjson.loads((folder / name).read_bytes())


def data(folder: Path) -> dict[str, Path]:
    """Every file but those that describe the others."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert found.keys() >= DESCRIPTIONS
    return {name: path for name, path in found.items() if name not in DESCRIPTIONS | {"SHA256SUMS"}}


def test_the_sums_are_those_of_the_files(folder: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == len(data(folder)) + len(DESCRIPTIONS)


def test_every_description_names_every_file(folder: Path) -> None:
    expected = {name: sha256_file(path) for name, path in data(folder).items()}
    package = {one["path"]: one["hash"].removeprefix("sha256:") for one in said(folder, "datapackage.json")["resources"]}
    croissant = {one["contentUrl"]: one["sha256"] for one in said(folder, "croissant.json")["distribution"]}
    search = {one["contentUrl"]: one["sha256"] for one in said(folder, "schema-org.jsonld")["distribution"]}
    crate = {one["@id"]: one["sha256"] for one in said(folder, "ro-crate-metadata.json")["@graph"] if one["@type"] == "File"}
    catalogue = {
        one["dcat:downloadURL"]["@id"]: one["spdx:checksum"]["spdx:checksumValue"]["@value"]
        for one in said(folder, "dcat.jsonld")["dcat:distribution"]
    }
    assert package == croissant == search == crate == catalogue == expected


def test_frictionless_finds_nothing_wrong_with_the_data_package(folder: Path, holdings: Holdings) -> None:
    found = check("datapackage", folder / "datapackage.json")
    assert (found["valid"], found["errors"], found["warnings"]) == (True, [], [])
    assert {name: rows or 0 for name, rows in found["rows"].items()} == {name: holdings.count(name) for name in holdings.tables}


def test_frictionless_would_find_a_changed_cell(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    path = tmp_path / "copy" / "csv" / "assessments.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2019,", ",MMXIX,"), encoding="utf-8")
    found = check("datapackage", tmp_path / "copy" / "datapackage.json")
    assert not found["valid"] and any("hash" in error for error in found["errors"]), found["errors"]


def test_mlcroissant_reads_the_records(folder: Path, holdings: Holdings) -> None:
    found = check("croissant", folder / "croissant.json", "projects", "roles")
    assert (found["errors"], found["warnings"]) == ([], [])
    assert found["rows"] == {"projects": holdings.count("projects"), "roles": holdings.count("roles")}
    assert found["record_sets"] == len(holdings.tables)


def test_the_crate_has_all_that_its_profile_asks_for(folder: Path) -> None:
    """But an address of the publisher, where overt.toml names none."""
    found = check("crate", folder)["issues"]
    assert [(one["severity"], one["message"]) for one in found] == [("RECOMMENDED", "The organization SHOULD have a URL.")]


def test_a_crate_without_a_file_that_it_names_is_told(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    (tmp_path / "copy" / "overt.jsonl").unlink()
    assert [one for one in check("crate", tmp_path / "copy")["issues"] if one["severity"] == "REQUIRED"]


def test_the_citation_fits_its_schema(folder: Path) -> None:
    assert check("citation", folder / "CITATION.cff") == {"errors": []}


def test_dcat_says_of_each_file_where_it_is(folder: Path) -> None:
    base = "https://atlas.example/files/"
    triples = [tuple(triple) for triple in check("linked", folder / "dcat.jsonld", base)]
    dcat = "http://www.w3.org/ns/dcat#"
    [dataset] = [subject for subject, name, value in triples if name.endswith("#type") and value == f"{dcat}Dataset"]
    assert dataset == base
    files = {value.removeprefix(base) for _, name, value in triples if name == f"{dcat}downloadURL"}
    assert files == data(folder).keys()
    assert len([1 for subject, name, _ in triples if subject == base and name == f"{dcat}distribution"]) == len(files)


def test_a_format_for_which_there_is_nothing_is_told(holdings: Holdings, tmp_path: Path) -> None:
    def nothing(holdings: Holdings, target: Path) -> Written:
        target.mkdir()
        raise NothingToWrite("there is no hue")

    forms = [FORMATS["jsonl"], Format("hues", "colours", "", nothing)]
    written = everything.write(holdings, tmp_path / "all", forms)
    assert written.losses == (Loss("format hues", 1, "there is no hue", ""),)
    assert not (tmp_path / "all" / "hues").exists()
    assert "overt.jsonl" in data(tmp_path / "all")


def test_licences_are_named_as_others_name_them() -> None:
    def of(name: str, address: str | None = None) -> tuple[str | None, str | None]:
        found = licence_of({"licence": name, "licence_url": address})
        return found.spdx, found.address

    assert of("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/") == (
        "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/",
    )  # fmt: skip
    assert of("CC BY-NC-SA 3.0") == ("CC-BY-NC-SA-3.0", None)
    assert of("ODC-BY 1.0") == ("ODC-By-1.0", None)
    assert of("All rights reserved", "javascript:alert(1)") == (None, None)


def test_the_address_of_the_site_is_named_where_there_is_one(holdings: Holdings, folder: Path) -> None:
    held = Collection(replace(holdings, address="https://atlas.example"), folder)
    assert held.address == f"https://atlas.example/release/{holdings.release}"
    assert Collection(holdings, folder).address is None
