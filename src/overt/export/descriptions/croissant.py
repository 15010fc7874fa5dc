"""Croissant 1.0 (mlcommons.org/croissant): the tables as record sets, for search for data sets and for machine learning."""

import re
from typing import Any

from overt.export.descriptions.collection import KEYWORDS, Collection, File

NAME = "croissant.json"
_TYPES = {"INTEGER": "sc:Integer", "BIGINT": "sc:Integer", "BOOLEAN": "sc:Boolean", "DATE": "sc:Date"}
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{
        name: f"cr:{name}"
        for name in (
            "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
            "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
            "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
        )
    },
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
}  # fmt: skip
"""The names that the specification gives; a reader may ask for all of them."""


def describe(collection: Collection) -> dict[str, Any]:
    """The description. Every file is one of its distribution; each CSV also a record set."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": collection.slug,
        "alternateName": collection.title,
        "description": collection.description,
        "version": _version(collection),
        **({"url": collection.address} if collection.address else {}),
        "license": [held.address or held.name for held in collection.licences],
        **({"datePublished": collection.day} if collection.day else {}),
        "citeAs": f"{collection.title}. Release {collection.release}.",
        "keywords": list(KEYWORDS),
        "creator": {"@type": "sc:Organization", "name": collection.title},
        "publisher": {"@type": "sc:Organization", "name": collection.title},
        "distribution": [_file(file) for file in collection.files],
        "recordSet": [_records(collection, file, file.table) for file in collection.files if file.table],
    }


def _version(collection: Collection) -> str:
    """The release as a semantic version, which Croissant asks for: the day, and behind a `+` what its id has besides."""
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)-(.+)", collection.release)
    if not parts:
        return collection.release
    year, month, day = (int(part) for part in parts.groups()[:3])
    return f"{year}.{month}.{day}+{re.sub('[^0-9A-Za-z.-]', '.', parts[4])}"


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.title,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": file.media,
        "sha256": file.sha256,
    }


def _records(collection: Collection, file: File, table: str) -> dict[str, Any]:
    columns = collection.holdings.rows(f'DESCRIBE "{table}"')
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": f"Rows of the table {table}",
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table}/{row['column_name']}",
                "name": row["column_name"],
                "description": f"Column {row['column_name']} of {table}",
                "dataType": _type(row["column_type"]),
                "source": {"fileObject": {"@id": file.path}, "extract": {"column": row["column_name"]}},
            }
            for row in columns
        ],
    }


def _type(kind: str) -> str:
    return "sc:Float" if kind.startswith("DECIMAL") else _TYPES.get(kind, "sc:Text")
