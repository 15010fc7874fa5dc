"""Sources: what each covers, how the import treated its rows, and its archived files and rules.

`not_tried` returns the sources that the sensitivity analysis skipped.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader
from overt.release.figures.sensitivity import TOO_MANY_RECORDS


class Capture(NamedTuple):
    """An archived file of a source."""

    sha256: str
    role: str | None
    name: str | None
    address: str | None
    retrieved: str | None
    licence: str | None
    bytes: int | None


class Rule(NamedTuple):
    """A rule that coded or computed claims."""

    rule: str
    meaning: str | None


class Source(NamedTuple):
    """A source of the release."""

    source: str
    title: str
    publisher: str | None
    address: str | None
    licence: str | None
    licence_url: str | None
    attribution: str | None
    reuse: str | None
    transcribed: str | None
    own: int
    covers: str | None
    not_covered: str | None
    snapshot: str | None
    retrieved: str | None
    as_of: str | None
    as_of_said: str | None
    """The place in the source's files that gives `as_of`; None if source.yml gives it."""
    part: str | None
    """Which part of the publisher's data the source contains; None if all."""
    suppliers: str | None
    """Why the source names no supplier."""
    other_edition: str | None
    """How its counts differ from those of the edition for which the importer was written; None if they don't."""
    rows_read: int | None
    imported: int | None
    out_of_scope: int | None
    problems: int | None
    claims: int | None
    out_of_scope_by_rule: list[dict[str, Any]]
    """For each scope rule, its `rule`, `meaning` and number of `rows`, as the release stores them."""
    records: list[dict[str, Any]]
    """For each record type, its `type` and number of `records`, as the release stores them."""


class SourceFiles(NamedTuple):
    """The archived files and rules of a source."""

    captures: Sequence[Capture]
    """The first files of the source."""
    capture_count: int
    from_files: bool
    """Whether there are `captures` and none has an address, because editors supplied the files from a disk."""
    rules: Sequence[Rule]


_DECODE = {"out_of_scope_by_rule": lambda text: orjson.loads(text or "[]"), "records": orjson.loads}


def all_sources(reader: Reader) -> list[Source]:
    """Return all sources of the release, our own registers last, sorted by title."""
    return reader.query(Source, "sources.all", decode=_DECODE)


def not_tried(reader: Reader) -> list[str]:
    """Return the sources that the sensitivity analysis skipped because too many records depend on them."""
    return [row["source"] for row in reader.rows("sources.not_tried", [TOO_MANY_RECORDS])]


def find(reader: Reader, slug: str) -> Source | None:
    """Return one source, or None."""
    return reader.query_first(Source, "sources.by_slug", [slug], decode=_DECODE)


def files(reader: Reader, slug: str, file: str = "") -> SourceFiles:
    """Return up to 200 files and all rules of a source. The file whose SHA-256 is `file` comes first."""
    captures = reader.query(Capture, "sources.captures", {"source": slug, "file": file})
    [(capture_count,)] = reader.tuples("sources.capture_count", [slug])
    from_files = bool(captures) and not any(capture.address for capture in captures)
    return SourceFiles(captures, capture_count, from_files, reader.query(Rule, "sources.rules", [slug]))
