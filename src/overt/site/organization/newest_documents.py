"""The newest documents on an organisation's projects and on its part in them."""

from pathlib import Path
from typing import Any, NamedTuple

from overt.model.engines.named_sql import load_queries
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel

_QUERIES = load_queries(Path(__file__).parent)
_NEWEST = 5
"""Maximum number of these documents."""


class NewestDocument(NamedTuple):
    """A document on a project of the organisation, or on its part in it."""

    document: RecordLabel
    published: str
    publisher: str | None
    project: RecordLabel


def newest_documents(reader: Reader, organization: str) -> list[NewestDocument]:
    """Return the newest dated documents on an organisation's projects or its part in them, the newest first."""
    rows: list[dict[str, Any]] = reader.select(_QUERIES["queries.newest_evidence"], [organization, _NEWEST])
    return [
        NewestDocument(
            RecordLabel(row["id"], row["label"], row["label_lang"], row["label_zh"]),
            row["published"],
            row["publisher"],
            RecordLabel(row["project"], row["project_label"], row["project_lang"], row["project_zh"]),
        )
        for row in rows
    ]
