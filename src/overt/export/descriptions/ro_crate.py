"""RO-Crate 1.1: the folder as a research object that can be deposited as it is."""

from collections.abc import Mapping
from typing import Any

from overt.export.descriptions.collection import KEYWORDS, Collection, File, licence_of
from overt.language.citations import single_line
from overt.language.formats import web_address

NAME = "ro-crate-metadata.json"
_AUTHOR = "#atlas"
_LATER = {name: f"http://schema.org/{name}" for name in ("creditText", "sha256")}
"""Words that schema.org has and had not yet when RO-Crate 1.1 took its own from there."""


def describe(collection: Collection) -> dict[str, Any]:
    """The metadata of the crate: its root, every file, the sources and their licences."""
    licences = {held.name: _licence(held.name, held.address) for held in collection.licences}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": collection.title,
        "description": collection.description,
        "identifier": collection.release,
        "version": collection.release,
        "datePublished": collection.day or "1970-01-01",
        "keywords": ", ".join(KEYWORDS),
        "license": _one_or_all([{"@id": held["@id"]} for held in licences.values()]),
        "author": {"@id": _AUTHOR},
        "publisher": {"@id": _AUTHOR},
        "isBasedOn": _one_or_all([{"@id": f"#source-{row['source']}"} for row in collection.holdings.sources]),
        "hasPart": _one_or_all([{"@id": file.path} for file in collection.files]),
        **_some("url", collection.address),
    }
    return {
        "@context": ["https://w3id.org/ro/crate/1.1/context", _LATER],
        "@graph": [
            {
                "@id": NAME,
                "@type": "CreativeWork",
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
                "about": {"@id": "./"},
            },
            root,
            {"@id": _AUTHOR, "@type": "Organization", "name": collection.title, **_some("url", collection.holdings.address)},
            *licences.values(),
            *(_source(row, licences) for row in collection.holdings.sources),
            *map(_file, collection.files),
        ],
    }


def _licence(name: str, address: str | None) -> dict[str, Any]:
    identity = address or "#licence-" + "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
    return {"@id": identity, "@type": "CreativeWork", "name": name, "description": f"Licence of a source: {name}"}


def _source(row: Mapping[str, Any], licences: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    address = web_address(row["address"])
    return {
        "@id": f"#source-{row['source']}",
        "@type": "CreativeWork",
        "name": single_line(row["title"]),
        "creditText": single_line(row["attribution"]),
        "license": {"@id": licences[licence_of(row).name]["@id"]},
        **_some("url", address),
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


def _some(name: str, value: str | None) -> dict[str, str]:
    return {name: value} if value else {}


def _one_or_all(held: list[dict[str, str]]) -> Any:
    """A list of one as that one, as RO-Crate asks for."""
    return held[0] if len(held) == 1 else held
