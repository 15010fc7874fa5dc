"""Corrections with the names of their records and values, for the pages that list them."""

from collections.abc import Sequence
from typing import Any

from overt.model.schema import Property
from overt.queries import records
from overt.queries.corrections import Correction
from overt.queries.database import Reader
from overt.site.site import Site


def correction_rows(site: Site, reader: Reader, rows: Sequence[Correction]) -> list[dict[str, Any]]:
    """Return corrections for a template, each with lists of the values `before` and `after` it.

    If a value is a record, it has the label and type of the record.
    """
    properties = [_property(site, row) for row in rows]
    ids = {
        value
        for row, property_ in zip(rows, properties, strict=True)
        if property_ is not None and property_.type == "record"
        for text in (row.old_value, row.new_value)
        for value in (text or "").split("; ")
        if value
    }
    named = {record.id: record for record in records.records(reader, sorted(ids))}

    def word(property_: Property | None, text: str) -> dict[str, Any]:
        value, unit = text, None
        if property_ is not None and property_.type in ("money", "number"):
            value, _, unit = text.partition(" ")
        record = named.get(value)
        return {
            "value": value,
            "unit": unit or None,
            "lang": None,
            "label": record.label if record else None,
            "label_lang": record.label_lang if record else None,
            "kind": record.type if record else None,
        }

    def words(property_: Property | None, text: str | None) -> list[dict[str, Any]]:
        if text is None:
            return []
        several = property_ is not None and property_.type not in ("text", "name")
        return [word(property_, part) for part in (text.split("; ") if several else [text])]

    return [
        {**row._asdict(), "before": words(property_, row.old_value), "after": words(property_, row.new_value)}
        for row, property_ in zip(rows, properties, strict=True)
    ]


def _property(site: Site, row: Correction) -> Property | None:
    kind = site.schema.types.get(row.type or "")
    return kind.properties.get(row.property or "") if kind else None
