"""What is known on changes of a law: its newest amendment if the description is older, or the date up to which it is known."""

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup

from overt.language.language import N_
from overt.model.values.date_comparison import first_day, last_day
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Claim, Record
from overt.site.agreement.law_documents import LawDocument
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.joined_parts import join
from overt.site.sentences.name_links import record_link
from overt.site.site import Site

_DAY_LENGTH = len("2022-10-18")
_AMENDED = {
    True: N_("Amended on %(date)s. What follows is from documents that don’t mention this change."),
    False: N_("Amended in %(date)s. What follows is from documents that don’t mention this change."),
}
_AMENDED_BY = {
    True: N_("Amended on %(date)s by the %(law)s. What follows is from documents that don’t mention this change."),
    False: N_("Amended in %(date)s by the %(law)s. What follows is from documents that don’t mention this change."),
}
"""Sentences on an amendment that the description doesn't include, by whether its day is known."""
_AS_OF = N_("As of %(date)s, the date of the newest document. Overt hasn’t checked for later changes.")
_UNDATED = N_("According to undated documents. Overt hasn’t checked for later changes.")


def law_changes(
    site: Site, record: Record, claims: Sequence[Claim], documents: Sequence[LawDocument], describing: Collection[str]
) -> Markup:
    """Return what a reader must know on a law's changes before its description.

    If the law was amended and no document behind the description mentions that, these are sentences on the newest amendment and
    the laws that made it. For any other law, they give the date up to which the law is known.

    `claims`: those of the law; `documents`: those that they cite; `describing`: ids of the documents behind its provisions.
    """
    if (amendment := _missing_amendment(site, record, claims, documents, describing)) is not None:
        day = amendment.rstrip("~?%")
        facts = [fact for fact in record.shown("amended-by") if fact.label is not None]
        links = [
            record_link(site, "agreement", RecordLabel(fact.value, fact.label or "", fact.label_lang, fact.label_zh))
            for fact in facts
        ]
        message = (_AMENDED_BY if links else _AMENDED)[len(day) == _DAY_LENGTH]
        sources = min((fact.independent_sources or 1 for fact in record.shown("amended")), default=1)
        words = site.markup(message, date=site.formats.date(amendment), law=join(site, links))
        return words + record_mark(site, "agreement", record.id, sources)
    newest = max((row.document.value("published") or "" for row in documents), default="")
    return site.markup(_AS_OF, date=site.formats.date(newest)) if newest else site.markup(_UNDATED)


def _missing_amendment(
    site: Site, record: Record, claims: Sequence[Claim], documents: Sequence[LawDocument], describing: Collection[str]
) -> str | None:
    """Return the date (EDTF) of the newest amendment if the description doesn't include it, and if it isn't after the edition.

    It is included if the law's version or its entry into force isn't older, if a document behind the description cites the
    amendment, or if such a document is of that day or later. Without provisions, nothing is described, so nothing is missing.
    Without an older date of the law, the law on record may be the one that the amendment made.
    """
    edition = date.fromisoformat(site.words.meta["manifest"]["date"])
    days = [fact.value for fact in record.shown("amended") if first_day(fact.value) <= edition]
    begun = [day for name in ("adopted", "signed", "in-force", "date") if (day := record.value(name))]
    if not days or not describing or not begun:
        return None
    newest = max(days, key=first_day)
    known = [record.value("date"), record.value("in-force")]
    known += [row.document.value("published") for row in documents if row.document.id in describing]
    citing = {
        place.document
        for claim in claims
        if claim.property == "amended" and claim.value == newest and claim.standing == "current"
        for place in claim.places
    }
    if citing & set(describing) or any(last_day(day) >= first_day(newest) for day in known if day):
        return None
    return newest
