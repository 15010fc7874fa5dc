"""The newest documents on an organisation's projects and its part in them, and the age of those on its systems."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from overt.language.language import NN_
from overt.model.engines.named_sql import load_queries
from overt.model.values.date_comparison import latest_date
from overt.queries.database import Reader, json_array
from overt.queries.labels import RecordLabel
from overt.site.report_ages import whole_years
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
_NEWEST = 5
"""Maximum number of documents to list."""
_OLD = 3
"""If the newest document is at least this many years old, the lead gives its date."""
_NEWEST_ON_SYSTEMS = NN_(
    "The newest dated document on its system is of %(date)s.", "The newest dated document on its systems is of %(date)s."
)


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


def age_sentence(site: Site, reader: Reader, systems: Sequence[str]) -> str:
    """Return a sentence on the newest dated document on systems if it was at least `_OLD` years old at the edition's date.

    Empty if it is newer, or if there are no systems or no dated documents. `systems`: ids of the systems.
    """
    rows = reader.select(_QUERIES["queries.document_dates"], [json_array(systems)]) if systems else ()
    newest = latest_date(row["published"] for row in rows)
    if not newest or whole_years(newest, site.words.meta["manifest"]["date"]) < _OLD:
        return ""
    return site.ngettext(*_NEWEST_ON_SYSTEMS, len(systems), date=site.formats.date(newest))
