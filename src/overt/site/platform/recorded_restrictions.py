"""Recorded restrictions of a platform, and restrictions of other services that it replaces."""

import re
from pathlib import Path
from typing import NamedTuple

from overt.model.engines.named_sql import load_queries
from overt.queries import records
from overt.queries.database import Reader, json_array
from overt.queries.labels import Term
from overt.queries.rows.records import Record
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)


class Recorded(NamedTuple):
    """The restrictions that name a platform."""

    restricted: list[Record]
    """Restrictions of the platform itself."""
    replaces: list[Record]
    """Restrictions of other services, which it replaces."""


def term_names(term: Term) -> set[str]:
    """Return the names of a term in both languages. For `X (Twitter)`, these are `X (Twitter)`, `X` and `Twitter`."""
    parts = (part for label in (term.label, term.other) if label for part in (label, *re.split("[()（）]", label)))
    return {name for part in parts if (name := part.strip())}


def recorded(site: Site, reader: Reader, platform: str) -> Recorded:
    """Return the recorded restrictions that name a platform. Those that began most recently come first."""
    names = sorted(term_names(site.words.terms["platforms"][platform]))
    rows = reader.select(_QUERIES["queries.restrictions"], {"platform": platform, "names": json_array(names)})
    return Recorded(
        *(_records(reader, [row["id"] for row in rows if row["property"] == name]) for name in ("platform", "replacement"))
    )


def recorded_platforms(site: Site, reader: Reader) -> list[str]:
    """Return the ids of the platforms that restrictions name, including platforms that replace others."""
    rows = reader.select(_QUERIES["queries.named"])
    named = {row["value"] for row in rows if row["property"] == "platform"}
    replacements = {row["value"] for row in rows if row["property"] == "replacement"}
    terms = site.words.terms.get("platforms", {})
    return [platform for platform, term in terms.items() if platform in named or term_names(term) & replacements]


def _records(reader: Reader, ids: list[str]) -> list[Record]:
    return sorted(records.records(reader, ids), key=lambda row: (row.value("start") or "", row.id), reverse=True)
