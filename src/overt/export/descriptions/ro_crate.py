"""RO-Crate 1.1: describes the folder as a research object that can be deposited without changes."""

from collections.abc import Mapping
from typing import Any

from overt.export.descriptions.export_folder_files_and_licences import KEYWORDS, ExportFolder, File, licence_of
from overt.language.number_and_money_formats import web_address
from overt.language.single_line import single_line

NAME = "ro-crate-metadata.json"
_AUTHOR = "#atlas"
_NEWER_TERMS = {name: f"http://schema.org/{name}" for name in ("creditText", "sha256")}
"""Terms that schema.org added after RO-Crate 1.1 adopted its vocabulary."""


def describe(folder: ExportFolder) -> dict[str, Any]:
    """Return the metadata of the crate: its root, every file, the sources and their licences."""
    licences = {licence.name: _licence(licence.name, licence.address) for licence in folder.licences}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": folder.title,
        "description": folder.description,
        "identifier": folder.release_id,
        "version": folder.release_id,
        "datePublished": folder.day or "1970-01-01",
        "keywords": ", ".join(KEYWORDS),
        "license": _single_or_list([{"@id": licence["@id"]} for licence in licences.values()]),
        "author": {"@id": _AUTHOR},
        "publisher": {"@id": _AUTHOR},
        "isBasedOn": _single_or_list([{"@id": f"#source-{row['source']}"} for row in folder.release.sources]),
        "hasPart": _single_or_list([{"@id": file.path} for file in folder.files]),
        **_optional("url", folder.address),
    }
    return {
        "@context": ["https://w3id.org/ro/crate/1.1/context", _NEWER_TERMS],
        "@graph": [
            {
                "@id": NAME,
                "@type": "CreativeWork",
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
                "about": {"@id": "./"},
            },
            root,
            {"@id": _AUTHOR, "@type": "Organization", "name": folder.title, **_optional("url", folder.release.address)},
            *licences.values(),
            *(_source(row, licences) for row in folder.release.sources),
            *map(_file, folder.files),
        ],
    }


def _licence(name: str, address: str | None) -> dict[str, Any]:
    identity = address or "#licence-" + "".join(
        character if character.isascii() and character.isalnum() else "-" for character in name
    )
    return {"@id": identity, "@type": "CreativeWork", "name": name, "description": f"Licence of a source: {name}"}


def _source(row: Mapping[str, Any], licences: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    address = web_address(row["address"])
    return {
        "@id": f"#source-{row['source']}",
        "@type": "CreativeWork",
        "name": single_line(row["title"]),
        "creditText": single_line(row["attribution"]),
        "license": {"@id": licences[licence_of(row).name]["@id"]},
        **_optional("url", address),
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.title,
        "encodingFormat": file.media,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _optional(name: str, value: str | None) -> dict[str, str]:
    return {name: value} if value else {}


def _single_or_list(references: list[dict[str, str]]) -> Any:
    """Return several references as a list, but a single reference without a list, as RO-Crate requires."""
    return references[0] if len(references) == 1 else references
