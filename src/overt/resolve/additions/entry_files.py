"""Read entries from YAML, or from a table with one entry per row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from overt.importing.readers import read_rows
from overt.importing.readers.file_layout_guess import sniff
from overt.model.errors import OvertError, UsageError
from overt.model.schema import Schema
from overt.model.spelling_suggestions import similar_hint
from overt.model.yaml_reading_and_validation import read_yaml

COMMITMENT_COLUMNS = ("financier", "flow-type")
"""Columns of a table that describe the amount in the column `amount`."""
DOCUMENT_COLUMNS = {
    "document": "title",
    "url": "url",
    "document-place": "place",
    "publisher": "publisher",
    "published": "published",
}
SEPARATOR = ";"
"""Separates several values in one cell of a table."""


@dataclass
class AddedEntry:
    """An entry as an editor wrote it."""

    where: str
    """The file and the place in it, for messages."""
    fields: dict[str, Any]
    problems: list[str] = field(default_factory=list)


def read_entries(path: Path, schema: Schema, roles: Mapping[str, object]) -> list[AddedEntry]:
    """Return the entries of a YAML file, or of a table in any format that `overt source new` reads.

    An unknown column of a table is a problem of each entry that has a value in it. Raises UsageError for a file that is missing
    or has no entries, and OvertError for an unreadable file.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file")
    is_yaml = path.suffix.lower() in (".yml", ".yaml")
    entries = _yaml_entries(path) if is_yaml else _table_entries(path, schema, roles)
    if not entries:
        raise UsageError(f"{path}: has no entries; `overt add --template project` prints an example")
    return entries


def _yaml_entries(path: Path) -> list[AddedEntry]:
    data = read_yaml(path)
    items = data if isinstance(data, list) else [data]
    if not all(isinstance(item, dict) for item in items):
        raise OvertError(f"{path}: is not a list of entries; begin each with `- record: project`")
    return [
        AddedEntry(f"{path.name}, entry {number}" if len(items) > 1 else path.name, {str(key): item[key] for key in item})
        for number, item in enumerate(items, start=1)
    ]


def _table_entries(path: Path, schema: Schema, roles: Mapping[str, object]) -> list[AddedEntry]:
    sniffed = sniff(path)
    entries = []
    for locator, cells in read_rows(sniffed.input(), sniffed.spec()):
        texts = {name: cell.text for name, cell in cells.items() if cell.text}
        entry = AddedEntry(f"{path.name}, {locator}", {"record": texts.pop("record", "project")})
        record_type = schema.types.get(entry.fields["record"])
        properties = record_type.properties if record_type else {}
        known = [*properties, *roles, *DOCUMENT_COLUMNS, "place", "amount", *COMMITMENT_COLUMNS, "id"]
        document: dict[str, str] = {}
        commitment: dict[str, Any] = {}
        for column, text in texts.items():
            name, _, lang = column.partition("@")
            if name in DOCUMENT_COLUMNS and name not in properties:
                document[DOCUMENT_COLUMNS[name]] = text
            elif name in ("amount", *COMMITMENT_COLUMNS) and "amount" in texts and name not in properties:
                commitment[name] = _parts(text) if name == "financier" else text
            elif name in properties:
                parts = _parts(text) if properties[name].many else [text]
                entry.fields.setdefault(name, []).extend({"value": part, "lang": lang} if lang else part for part in parts)
            elif column in roles or column in ("place", "id"):
                entry.fields[column] = text if column == "id" else _parts(text)
            else:
                entry.problems.append(f"there is no column {column!r}{similar_hint(column, known)}; use {', '.join(known)}")
        if document:
            entry.fields["document"] = document
        if commitment:
            entry.fields["commitment"] = commitment
        entries.append(entry)
    return entries


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]
