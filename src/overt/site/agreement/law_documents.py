"""The documents from which a law is known: its text first, then official documents, then the others."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record
from overt.site.claim.document_publisher_kinds import host_of, is_public_body

_IN_TEXT = re.compile(
    r"(?:whole|full) text|text(?: of|[ ,;:]|$)|head(?:er)?(?: of| and|$)|(?:list|arrangement) of sections"
    r"|(?:head, |(?:head|order|preamble) and )?(?:articles?|sections?|rules?) \d",
    re.IGNORECASE,
)
"""Matches the beginning of a register's `place-in-document` if the document contains the text of the law itself."""
_REPORTS = ("press-report", "research-report")
_COPY = re.compile(r"\b(?:copy|mirror|Scribd|repeated by|Wikipedia)\b", re.IGNORECASE)
"""Matches names of publishers of copies, and of pages that users write or upload."""


class LawDocument(NamedTuple):
    """A document from which a law is known."""

    document: Record
    host: str
    """Host of the document's address, without `www.`; empty without an address."""
    kind: str
    """`text` for the text of the law, `official` for another document of a public body, and empty otherwise."""


def law_documents(reader: Reader, claims: Sequence[Claim]) -> list[LawDocument]:
    """Return the documents from which a law is known: its text first, then official ones, then the others.

    A document counts as the law's text if the register cites a place in that text, such as `whole text` or `articles 1–4`,
    and doesn't call the document a report. A document is official if the register calls it an official statement. Among
    documents of the same kind, those on public bodies' sites come first, and copies last.
    """
    official, texts, reports, cited = set(), set(), set(), dict[str, None]()
    for claim in claims:
        for place in claim.places if claim.standing == "current" else ():
            if place.document:
                cited[place.document] = None
                if claim.property == "known-from" and claim.value == "official-statement":
                    official.add(place.document)
                if claim.property == "known-from" and claim.value in _REPORTS:
                    reports.add(place.document)
                if claim.property == "place-in-document" and is_in_text(claim.value):
                    texts.add(place.document)
    texts -= reports
    rows = [
        LawDocument(
            document, host_of(document), "text" if document.id in texts else "official" if document.id in official else ""
        )
        for document in records.records(reader, cited)
    ]
    return sorted(rows, key=weakness)


def weakness(row: LawDocument) -> tuple[bool, bool, bool, bool]:
    """Return the sort key of a document: the text comes first, then official documents, then others.

    Among equals, documents on public bodies' sites come first and copies last. Pages that users write or upload count as
    copies.
    """
    copied = bool(_COPY.search(row.document.value("publisher") or ""))
    return row.kind != "text", row.kind != "official", not is_public_body(row.host), copied


def is_in_text(place: str) -> bool:
    """Return whether a place in a document, in the register's words, is in the text of a law and not in a report on it."""
    return bool(_IN_TEXT.match(place))
