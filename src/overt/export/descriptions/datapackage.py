"""Data Package 2 (datapackage.org): the tables as CSV with the type and meaning of each column, and all other files."""

from typing import Any

from overt.export.descriptions.collection import KEYWORDS, Collection, File, Licence
from overt.language.citations import single_line
from overt.language.formats import web_address
from overt.model.schema import RecordType

NAME = "datapackage.json"
_TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date"}


def describe(collection: Collection) -> dict[str, Any]:
    """The descriptor. Tables refer to each other where a property names one record of another type."""
    tables = {kind.table: kind for kind in collection.holdings.content.schema.types.values()}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": collection.slug,
        "title": collection.title,
        "description": collection.description,
        "version": collection.release,
        **({"homepage": collection.address} if collection.address else {}),
        **({"created": f"{collection.day}T00:00:00Z"} if collection.day else {}),
        "keywords": list(KEYWORDS),
        "contributors": [{"title": collection.title, "roles": ["publisher"]}],
        "sources": [_source(row) for row in collection.holdings.sources],
        **({"licenses": [_licence(held) for held in collection.licences]} if collection.licences else {}),
        "resources": [_resource(collection, tables, file) for file in collection.files],
    }


def _source(row: dict[str, Any]) -> dict[str, Any]:
    address = web_address(row["address"])
    return {"title": single_line(row["title"]), **({"path": address} if address else {}), "version": row["snapshot"]}


def _licence(held: Licence) -> dict[str, str]:
    name = held.spdx or "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in held.name)
    return {"name": name, "title": held.name, **({"path": held.address} if held.address else {})}


def _resource(collection: Collection, tables: dict[str, RecordType], file: File) -> dict[str, Any]:
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
        schema = _schema(collection, file.table, tables.get(file.table), tables)
        return {**resource, "type": "table", "encoding": "utf-8", "schema": schema}
    return {**resource, "type": "file"}


def _schema(collection: Collection, table: str, kind: RecordType | None, tables: dict[str, RecordType]) -> dict[str, Any]:
    """The columns of a table, with what the schema of its record type says of them."""
    told = {prop.column: prop for prop in kind.properties.values()} if kind else {}
    fields = []
    for row in collection.holdings.rows(f'DESCRIBE "{table}"'):
        name, held = row["column_name"], row["column_type"]
        field = {"name": name, "type": _type(held)}
        if prop := told.get(name):
            field |= {"title": prop.label, "description": prop.description}
        fields.append(field)
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    }
    if kind:
        schema["primaryKey"] = ["id"]
        schema["foreignKeys"] = _references(collection, kind, {held.name: name for name, held in tables.items()})
    if not schema.get("foreignKeys"):
        schema.pop("foreignKeys", None)
    return schema


def _references(collection: Collection, kind: RecordType, tables: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"fields": [prop.column], "reference": {"resource": tables[prop.record], "fields": ["id"]}}
        for prop in kind.properties.values()
        if prop.type == "record" and prop.record and not prop.many
    ]


def _type(kind: str) -> str:
    """The type of a column in the words of Table Schema."""
    if kind.endswith("[]"):
        return "array"
    return "number" if kind.startswith("DECIMAL") else _TYPES.get(kind, "string")
