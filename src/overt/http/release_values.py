"""JSON schemas of the parameter values that are valid for a release, for the OpenAPI descriptions."""

from collections.abc import Collection
from typing import Any

from overt.http.served import Served
from overt.queries.filters import SOURCE_COUNTS

VALUES = {
    "kind": "ProjectKind",
    "assessed": "ProjectKind",
    "layer": "Layer",
    "company": "RecordId",
    "supplier": "RecordId",
    "financier": "RecordId",
    "country": "AreaCode",
    "status": "Status",
    "source": "Source",
    "sources": "SourceCount",
    "precision": "Precision",
    "type": "RecordType",
}
"""Repeatable parameter → schema of one value."""


def values(served: Served) -> dict[str, dict[str, Any]]:
    """Return the schemas of the values that are valid for this release."""
    terms = served.words.terms
    return {
        "ProjectKind": _one_of(terms["project-kinds"], "A kind of project."),
        "Layer": _one_of(terms["layers"], "A layer of kinds."),
        "Status": _one_of(terms["statuses"], "A status of a project."),
        "Precision": _one_of(terms["precision"], "How exactly a place is known."),
        "AreaCode": _one_of(served.words.areas, "ISO 3166-1 alpha-2, or one of Overt’s codes."),
        "Source": _one_of(served.sources, "A source of this release."),
        "SourceCount": _one_of(SOURCE_COUNTS, "How many sources that do not copy one another; `3`: three or more."),
        "RecordType": _one_of(served.schema.types, "A type of record."),
        "RecordId": {"type": "string", "pattern": "^ovt-[a-z2-7]{12}$", "description": "A published id."},
    }


def _one_of(known: Collection[str], description: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(known), "description": description}
