"""Croissant 1.0 (mlcommons.org/croissant): the tables as record sets, for dataset search and machine learning."""

import re
from typing import Any

from overt.export.descriptions.export_folder_files_and_licences import KEYWORDS, ExportFolder, File
from overt.release.columns.column_descriptions import describe_columns

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
"""The context that the specification requires. Programs may expect all of these names."""


def describe(folder: ExportFolder) -> dict[str, Any]:
    """Return the description. Its distribution lists all `files` of the folder.

    Each table of the CSV export is also a record set.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": folder.slug,
        "alternateName": folder.title,
        "description": folder.description,
        "version": _version(folder),
        **({"url": folder.address} if folder.address else {}),
        "license": [licence.address or licence.name for licence in folder.licences],
        **({"datePublished": folder.day} if folder.day else {}),
        "citeAs": f"{folder.title}. Release {folder.release_id}.",
        "keywords": list(KEYWORDS),
        "creator": {"@type": "sc:Organization", "name": folder.title},
        "publisher": {"@type": "sc:Organization", "name": folder.title},
        "distribution": [_file(file) for file in folder.files],
        "recordSet": [_record_set(folder, file, file.table) for file in folder.files if file.table],
    }


def _version(folder: ExportFolder) -> str:
    """Return the release's id as a semantic version, as Croissant recommends: the date, then `+` and the rest of the id.

    An id that doesn't begin with a date is returned unchanged.
    """
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)-(.+)", folder.release_id)
    if not parts:
        return folder.release_id
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


def _record_set(folder: ExportFolder, file: File, table: str) -> dict[str, Any]:
    columns = {row["column_name"]: row["column_type"] for row in folder.release.rows(f'DESCRIBE "{table}"')}
    descriptions = describe_columns(folder.release.content.schema, table)
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": f"Rows of the table {table}",
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table}/{name}",
                "name": name,
                "description": descriptions[name].description if name in descriptions else f"Column {name} of {table}",
                "dataType": _type(column_type),
                "source": {"fileObject": {"@id": file.path}, "extract": {"column": name}},
            }
            for name, column_type in columns.items()
        ],
    }


def _type(kind: str) -> str:
    return "sc:Float" if kind.startswith("DECIMAL") else _TYPES.get(kind, "sc:Text")
