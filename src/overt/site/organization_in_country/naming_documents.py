"""The documents that name an organisation in a project, and how many separate sources they are."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from overt.model.engines.named_sql import load_queries
from overt.model.values.date_comparison import last_day
from overt.queries import records
from overt.queries.database import Reader, Row, json_array
from overt.queries.rows.records import Record
from overt.release.source_independence.independent_sources import Voice, count_voices, document_voices
from overt.release.source_independence.publisher_names import read_publisher
from overt.release.source_independence.same_and_cited_documents import Document
from overt.resolve.names import NameKeys
from overt.site.claim.documents_behind_claim import comparable_documents
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
_UNDATED = "9999"
"""Undated documents are sorted as if they were of this year."""


class NamingDocument(NamedTuple):
    """A document that names the organisation, or a source that cites none."""

    id: str
    """Id of the document; empty for a source."""
    publisher: str
    """The document's publisher or, without one, its title. For a source: the source's title."""
    published: str | None
    """The date of its publication (EDTF); None if unknown."""
    claim: str
    """Id of a claim that cites the document and names the organisation."""
    title: str = ""
    """The document's title; empty if it has none, and for a source."""


class NamedBy(NamedTuple):
    """The documents and sources that name an organisation in a project."""

    documents: Sequence[NamingDocument]
    """The documents and sources, newest first. Undated ones come last."""
    sources: int
    """The number of separate sources among them, but at most that of the project."""

    @property
    def first_published(self) -> str:
        """When the oldest of the documents with a date was published (EDTF); empty if none has a date."""
        return min((document.published for document in self.documents if document.published), default="")

    @property
    def publishers(self) -> list[str]:
        """The publishers of the documents, without the sources that cite no document."""
        return [document.publisher for document in self.documents if document.id]

    @property
    def claim(self) -> str:
        """Id of the only claim that names the organisation; empty if there are several."""
        claims = {document.claim for document in self.documents}
        return claims.pop() if len(claims) == 1 else ""


def naming_documents(
    site: Site, reader: Reader, projects: Iterable[str], organizations: Iterable[str], role: str = ""
) -> Mapping[str, NamedBy]:
    """Return the documents and sources that name any of these organisations in each of these projects, by the project's id.

    A project in which none of the organisations has a role is left out. `role`: the only role that counts; by default, all do.
    """
    values = {"projects": json_array(projects), "organizations": json_array(organizations), "role": role}
    rows: dict[str, list[Row]] = {}
    for row in reader.select(_QUERIES["queries.naming_documents"], values):
        rows.setdefault(row["project"], []).append(row)
    cited = {row["document"] for of_project in rows.values() for row in of_project if row["document"]}
    documents = {record.id: record for record in records.records(reader, cited)}
    compared = comparable_documents(reader, documents)
    return {project: _named_by(site, of_project, documents, compared) for project, of_project in rows.items()}


def documents_besides(
    reader: Reader, projects: Iterable[str], named: Mapping[str, NamedBy]
) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return, for each of these projects, the documents that don't name the organisation in it.

    The result has the ids of the claims that cite a document, by the project's and the document's id. `named`: the documents
    that do name the organisation, from `naming_documents`. Documents of statements on the project are left out.
    """
    besides: dict[str, dict[str, list[str]]] = {}
    for row in reader.select(_QUERIES["queries.project_documents"], {"projects": json_array(projects)}):
        by = named.get(row["project"])
        if by is None or row["document"] not in {document.id for document in by.documents}:
            besides.setdefault(row["project"], {}).setdefault(row["document"], []).append(row["claim_id"])
    return besides


def documents_beside(reader: Reader, project: str, named_by: NamedBy) -> list[Record]:
    """Return the records of the documents on a project that don't name the organisation in it (`documents_besides`)."""
    return records.records(reader, documents_besides(reader, [project], {project: named_by}).get(project, ()))


def original_document(documents: Iterable[NamingDocument]) -> NamingDocument | None:
    """Return the oldest document that, by its publisher field, passes on no other publisher's report; None if all do.

    An undated document counts as newer than dated ones.
    """
    forms = NameKeys()
    original = [document for document in documents if not read_publisher(forms, document.publisher).origins]
    return min(original, key=lambda document: last_day(document.published or _UNDATED), default=None)


def naming_words(site: Site, named_by: NamedBy | None, *, apart: bool) -> Markup | str:
    """Return words for who names the organisation: the only source with its date, if known, or the number of sources.

    `apart`: whether to call several sources “separate”. This is False if they pass on a report that isn't on record.
    """
    if named_by is not None and named_by.sources > 1 and not apart:
        return site.ngettext("%(n)s source", "%(n)s sources", named_by.sources)
    if named_by is None or named_by.sources > 1 or not named_by.documents:
        return site.ngettext("%(n)s separate source", "%(n)s separate sources", named_by.sources if named_by else 1)
    first = named_by.documents[0]
    publisher = site.names_marked(first.publisher)
    if not first.published:
        return publisher
    return site.markup("%(publisher)s, %(date)s,", publisher=publisher, date=site.formats.date(first.published))


def _named_by(site: Site, rows: Sequence[Row], documents: Mapping[str, Record], compared: Mapping[str, Document]) -> NamedBy:
    named: dict[str, NamingDocument] = {}
    voices = dict[str, Voice]()
    for row in rows:
        record = documents.get(row["document"] or "")
        if record:
            publisher = record.value("publisher") or site.called(record)
            document = NamingDocument(
                record.id, publisher, record.value("published"), row["claim_id"], record.value("title") or ""
            )
            named.setdefault(record.id, document)
        else:
            voices[row["source"]] = Voice(frozenset({f"source {row['source']}"}))
            named.setdefault(row["source"], NamingDocument("", site.title_of(row["source"]), None, row["claim_id"]))
    cited = {identity: compared[identity] for identity in named if identity in compared}
    voices |= document_voices(cited, site.words.country_names)
    ordered = sorted(named.values(), key=lambda document: document.published or "", reverse=True)
    return NamedBy(ordered, min(count_voices(voices.values()), rows[0]["project_sources"]))
