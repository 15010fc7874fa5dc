"""Describes a release in DCAT 3 and schema.org, as JSON-LD, for data catalogues and search engines.

Paths of files are relative to the file with the description.
"""

from collections.abc import Mapping
from typing import Any

from overt.export.descriptions.export_folder_files_and_licences import KEYWORDS, ExportFolder, File, licence_of
from overt.language.number_and_money_formats import web_address
from overt.language.single_line import single_line

DCAT, SCHEMA_ORG = "dcat.jsonld", "schema-org.jsonld"
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_IANA = "https://www.iana.org/assignments/media-types/"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def describe_as_dcat(folder: ExportFolder) -> dict[str, Any]:
    """Describe the release as a dcat:Dataset with a distribution for each file (W3C Recommendation of 22 August 2024)."""
    return {
        "@context": _PREFIXES,
        "@id": folder.address or "",
        "@type": "dcat:Dataset",
        "dct:identifier": folder.release_id,
        "dct:title": {"@value": folder.title, "@language": "en"},
        "dct:description": {"@value": folder.description, "@language": "en"},
        "dcat:version": folder.release_id,
        **({"dct:issued": {"@value": folder.day, "@type": "xsd:date"}} if folder.day else {}),
        **({"dcat:landingPage": {"@id": folder.address}} if folder.address else {}),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": folder.title},
        "dcat:keyword": list(KEYWORDS),
        "dct:license": [{"@id": licence.address} if licence.address else licence.name for licence in folder.licences],
        "dct:source": [_dcat_source(row) for row in folder.release.sources],
        "dcat:distribution": [_distribution(file) for file in folder.files],
    }


def _dcat_source(row: Mapping[str, Any]) -> dict[str, Any]:
    address, licence = web_address(row["address"]), licence_of(row)
    return {
        **({"@id": address} if address else {}),
        "@type": "dcat:Resource",
        "dct:title": single_line(row["title"]),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": single_line(row["publisher"])},
        "dct:license": {"@id": licence.address} if licence.address else licence.name,
        "dct:bibliographicCitation": single_line(row["attribution"]),
    }


def _distribution(file: File) -> dict[str, Any]:
    return {
        "@id": f"#{file.path}",
        "@type": "dcat:Distribution",
        "dct:title": file.title,
        "dcat:accessURL": {"@id": file.path},
        "dcat:downloadURL": {"@id": file.path},
        "dcat:mediaType": {"@id": f"{_IANA}{file.media}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": _SHA256},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def describe_as_schema_org(folder: ExportFolder) -> dict[str, Any]:
    """Describe the release as a schema.org Dataset."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        **({"@id": folder.address, "url": folder.address} if folder.address else {}),
        "name": folder.title,
        "description": folder.description,
        "identifier": folder.release_id,
        "version": folder.release_id,
        **({"datePublished": folder.day} if folder.day else {}),
        "creator": {"@type": "Organization", "name": folder.title},
        "keywords": list(KEYWORDS),
        "license": [licence.address or licence.name for licence in folder.licences],
        "isAccessibleForFree": True,
        "isBasedOn": [_source(row) for row in folder.release.sources],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "contentUrl": file.path,
                "encodingFormat": file.media,
                "contentSize": str(file.size),
                "sha256": file.sha256,
            }
            for file in folder.files
        ],
    }


def _source(row: Mapping[str, Any]) -> dict[str, Any]:
    address, licence = web_address(row["address"]), licence_of(row)
    return {
        "@type": "Dataset",
        "name": single_line(row["title"]),
        "publisher": {"@type": "Organization", "name": single_line(row["publisher"])},
        "license": licence.address or licence.name,
        "creditText": single_line(row["attribution"]),
        **({"url": address} if address else {}),
    }
