"""Data Package 2 (datapackage.org): the tables as CSV with the type and meaning of each column, and all other files."""

from typing import Any

from overt.export.descriptions.export_folder_files_and_licences import KEYWORDS, ExportFolder, File, Licence
from overt.language.number_and_money_formats import web_address
from overt.language.single_line import single_line
from overt.model.schema import RecordType
from overt.release.columns.column_descriptions import describe_columns

NAME = "datapackage.json"
_TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date"}


def describe(folder: ExportFolder) -> dict[str, Any]:
    """Return the descriptor. Tables have foreign keys where a property refers to a single record."""
    tables = {kind.table: kind for kind in folder.release.content.schema.types.values()}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": folder.slug,
        "title": folder.title,
        "description": folder.description,
        "version": folder.release_id,
        **({"homepage": folder.address} if folder.address else {}),
        **({"created": f"{folder.day}T00:00:00Z"} if folder.day else {}),
        "keywords": list(KEYWORDS),
        "contributors": [{"title": folder.title, "roles": ["publisher"]}],
        "sources": [_source(row) for row in folder.release.sources],
        **({"licenses": [_licence(licence) for licence in folder.licences]} if folder.licences else {}),
        "resources": [_resource(folder, tables, file) for file in folder.files],
    }


def _source(row: dict[str, Any]) -> dict[str, Any]:
    address = web_address(row["address"])
    return {"title": single_line(row["title"]), **({"path": address} if address else {}), "version": row["snapshot"]}


def _licence(licence: Licence) -> dict[str, str]:
    name = licence.spdx or "".join(
        character if character.isascii() and character.isalnum() else "-" for character in licence.name
    )
    return {"name": name, "title": licence.name, **({"path": licence.address} if licence.address else {})}


def _resource(folder: ExportFolder, tables: dict[str, RecordType], file: File) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": file.table or file.path.replace("/", "-").lower(),
        "title": file.title,
        "path": file.path,
        "format": file.format,
        "mediatype": file.media,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.table:
        schema = _schema(folder, file.table, tables.get(file.table), tables)
        return {**resource, "type": "table", "encoding": "utf-8", "schema": schema}
    return {**resource, "type": "file"}


def _schema(folder: ExportFolder, table: str, kind: RecordType | None, tables: dict[str, RecordType]) -> dict[str, Any]:
    """Return the columns of a table with their types and descriptions, and its keys."""
    columns = {row["column_name"]: row["column_type"] for row in folder.release.rows(f'DESCRIBE "{table}"')}
    fields = []
    descriptions = describe_columns(folder.release.content.schema, table)
    for name, column_type in columns.items():
        field = {"name": name, "type": _type(column_type)}
        if described := descriptions.get(name):
            field |= {"title": described.title} if described.title else {}
            field["description"] = described.description
        fields.append(field)
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    }
    if kind:
        schema["primaryKey"] = ["id"]
        schema["foreignKeys"] = _references(kind, {record_type.name: name for name, record_type in tables.items()})
    if not schema.get("foreignKeys"):
        schema.pop("foreignKeys", None)
    return schema


def _references(kind: RecordType, tables: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"fields": [prop.column], "reference": {"resource": tables[prop.record], "fields": ["id"]}}
        for prop in kind.properties.values()
        if prop.type == "record" and prop.record and not prop.many
    ]


def _type(kind: str) -> str:
    """Return the Table Schema type for a DuckDB type."""
    if kind.endswith("[]"):
        return "array"
    return "number" if kind.startswith("DECIMAL") else _TYPES.get(kind, "string")
