"""The restrictions of a platform, each with the documents and sources that report it."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Record, cited_documents
from overt.site.platform.publishers_citing_others import original_first
from overt.site.restriction_facts import known_end
from overt.site.site import Site

_REPORTERS = 3
"""Number of sources and publishers to name before “others”. A single further one is named, because “1 other” is no shorter."""


class RestrictionRow(NamedTuple):
    """A restriction with the documents and sources that report it."""

    record: Record
    documents: list[Record]
    """The documents that its sources cite, the newest first."""
    sources: list[str]
    """Slugs of the sources that state the restriction, without our own registers, which only cite documents."""

    @property
    def newest_document(self) -> Record | None:
        """The newest document; None if there is none.

        If it is older than the beginning of the restriction, a document that is dated only to the month or year of that
        beginning takes precedence, because it may be newer.
        """
        start = (self.record.value("start") or "").rstrip("~?%")
        later = [document for document in self.documents if start.startswith(_published(document) or "?")]
        newest = next(iter(self.documents), None)
        return later[0] if later and newest and _published(newest) < start else newest

    @property
    def reported(self) -> str:
        """Date (EDTF) of the newest document, without signs for uncertainty; empty without a date."""
        return _published(self.newest_document) if self.newest_document else ""

    @property
    def independent(self) -> int:
        """Number of separate sources among the restriction's sources and documents."""
        return self.record.voices

    @property
    def repeated(self) -> int:
        """Number of the restriction's sources and documents that repeat another, or cite the same origin as another."""
        return max(len(self.documents) + len(self.sources) - self.independent, 0)


class Restrictions(NamedTuple):
    """The restrictions of a platform."""

    rows: list[RestrictionRow]
    """Restrictions without a known end, followed by the others. In both parts, those that began most recently come first."""
    newest: str | None
    """When the newest document on the restrictions was published (EDTF); None if none is dated."""
    countries: list[str]
    """Codes of the countries in which the platform is or was restricted, each once."""


def restriction_rows(reader: Reader, restrictions: Sequence[Record]) -> Restrictions:
    """Return restrictions with the documents and sources that report them."""
    claims, _ = records.claims_of(reader, [record.id for record in restrictions])
    cited: dict[str, dict[str, None]] = {}
    stating: dict[str, dict[str, None]] = {}
    for claim in claims:
        if claim.standing == "current":
            cited.setdefault(claim.id, {}).update(dict.fromkeys(document.id for document in cited_documents(claim)))
            if not claim.own:
                stating.setdefault(claim.id, {})[claim.source] = None
    by_id = {document.id: document for document in records.records(reader, [name for names in cited.values() for name in names])}
    rows = [
        RestrictionRow(
            record,
            _newest_first([by_id[name] for name in cited.get(record.id, ()) if name in by_id]),
            list(stating.get(record.id, ())),
        )
        for record in restrictions
    ]
    rows.sort(key=lambda row: row.record.value("start") or "", reverse=True)
    rows.sort(key=lambda row: bool(known_end(row.record)))
    newest = max((row.reported for row in rows), default="")
    return Restrictions(rows, newest or None, list(dict.fromkeys(code for row in rows if (code := row.record.value("country")))))


def unended_rows(reader: Reader, restrictions: Sequence[Record]) -> Sequence[RestrictionRow]:
    """Return the restrictions that have no known end, with the documents and sources that report them."""
    unended = [record for record in restrictions if not known_end(record)]
    return restriction_rows(reader, unended).rows if unended else ()


def reported_by(site: Site, row: RestrictionRow) -> str:
    """Return a sentence with the sources and publishers that report a restriction; empty if none is known."""
    publishers = [name for document in row.documents if (name := original_first(site, document.value("publisher")))]
    names = list(dict.fromkeys([*(site.title_of(source) for source in row.sources), *publishers]))
    if not names:
        return ""
    listed = names[:_REPORTERS] if len(names) > _REPORTERS + 1 else names
    if more := len(names) - len(listed):
        listed = [*listed, site.ngettext("%(n)s other", "%(n)s others", more)]
    return site.gettext("Reported by %(publishers)s.", publishers=site.language.join(listed))


def _published(document: Record) -> str:
    return (document.value("published") or "").rstrip("~?%")


def _newest_first(documents: Sequence[Record]) -> list[Record]:
    return sorted(documents, key=_published, reverse=True)
