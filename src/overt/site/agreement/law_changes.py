"""Sentences about changes to a law: on its newest amendment if the description is older, or on the age of the information."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from overt.language.language import N_
from overt.model.values.date_comparison import first_day, is_before, is_over, is_single_day, latest_date
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Claim, Fact, Record
from overt.site.agreement.law_documents import LawDocument
from overt.site.agreement.unadopted_laws import UNADOPTED, unadopted
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import record_link
from overt.site.site import Site

_AMENDED = {
    True: N_("Amended on %(date)s."),
    False: N_("Amended in %(date)s."),
}
_AMENDED_BY = {
    True: N_("Amended on %(date)s by the %(law)s."),
    False: N_("Amended in %(date)s by the %(law)s."),
}
"""Sentences on an amendment that the description doesn't include. The key is whether the day of the amendment is known."""
_NOT_INCLUDED = N_("What follows is from documents that don’t mention this change.")
_PARTLY_INCLUDED = N_("Some of what follows is from documents that don’t mention this change.")
_AS_OF = N_("As of %(date)s, the date of the newest document. Overt hasn’t checked for later changes.")
_BEFORE_FORCE = N_("As of %(date)s, before it came into force (%(start)s). Overt hasn’t checked for later changes.")
_DATED_BEFORE_FORCE = N_(
    "The newest dated document is of %(date)s, before this came into force (%(start)s); others are undated. "
    "Overt hasn’t checked for later changes."
)
"""Sentences on a law whose dated documents are all older than its entry into force."""
_AS_AMENDED = {
    True: N_("As amended on %(date)s. Overt hasn’t checked for later changes."),
    False: N_("As amended in %(date)s. Overt hasn’t checked for later changes."),
}
"""Sentences on a description that includes an amendment newer than all dated documents."""
_UNDATED = N_("According to undated documents. Overt hasn’t checked for later changes.")
_REPLACEMENT = {
    True: N_("It was to be replaced by the %(law)s from %(date)s. No newer source here confirms it."),
    False: N_("It is to be replaced by the %(law)s from %(date)s."),
}
"""Sentences on a law that replaces this one. The key is whether the date of the replacement is past."""


def law_changes(
    site: Site, record: Record, claims: Sequence[Claim], documents: Sequence[LawDocument], described: Sequence[Collection[str]]
) -> Markup:
    """Return what a reader must know about changes to a law before reading its description.

    The first of these cases that applies decides what the sentences say:

    - The law was never adopted, as far as sources say: see `unadopted`.
    - Another law on record replaces it from a known date: which law, and from when.
    - The description of some or all provisions leaves out the newest amendment: the date of the amendment and, if no other is
      on record, the laws that made it. It counts as left out if all documents behind a provision are older or undated, and no
      claim about the amendment cites them. The version and the entry into force on record must be older, too.
    - Any other law: the date up to which the law is known. This is the date of its newest document, or of a newer amendment
      that the description includes. If the law came into force after that date, the sentence says so.

    `claims`: the claims about the law. `documents`: the documents that these claims cite. `described`: for each provision with
    a note, the ids of the documents behind it.
    """
    if record.value("status") in UNADOPTED:
        return unadopted(site, record, claims, documents)
    newer, end = record.fact("superseded-by"), record.value("repealed")
    if newer is not None and newer.label is not None and end:
        over = is_over(end, site.words.meta["manifest"]["date"])
        return site.markup(_REPLACEMENT[over], law=_law_link(site, newer), date=site.formats.date(end))
    newest = latest_date(row.document.value("published") for row in documents) or ""
    amendment = _newest_amendment(site, record)
    if amendment is None or not described:
        return _known_until(site, record, documents)
    is_day, day = is_single_day(amendment), site.formats.date(amendment)
    behind, citing = {name for names in described for name in names}, _documents_on(claims, amendment)
    if any(not is_before(known, amendment) for name in ("date", "in-force") if (known := record.value(name))):
        return _known_until(site, record, documents)
    aware = citing | {
        row.document.id
        for row in documents
        if (published := row.document.value("published")) and not is_before(published, amendment)
    }
    missing = [names for names in described if aware.isdisjoint(names)]
    if not missing:
        is_newer = bool(citing & behind) and (not newest or is_before(newest, amendment))
        return site.markup(_AS_AMENDED[is_day], date=day) if is_newer else _known_until(site, record, documents)
    facts = record.shown("amended")
    laws = [fact for fact in record.shown("amended-by") if fact.label is not None] if len(facts) == 1 else []
    links = [_law_link(site, fact) for fact in laws]
    sources = min((fact.independent_sources or 1 for fact in (*facts, *laws)), default=1)
    first = site.markup((_AMENDED_BY if links else _AMENDED)[is_day], date=day, law=join(site, links))
    rest = _NOT_INCLUDED if len(missing) == len(described) else _PARTLY_INCLUDED
    return join_sentences(site, first + record_mark(site, "agreement", record.id, sources), site.gettext(rest))


def _law_link(site: Site, law: Fact) -> Markup:
    return record_link(site, "agreement", RecordLabel(law.value, law.label or "", law.label_lang, law.label_zh))


def _known_until(site: Site, record: Record, documents: Sequence[LawDocument]) -> Markup:
    """Return a sentence with the date of a law's newest document or, if no document has a date, one that says so.

    If the law came into force after that date, the sentence also gives the date of the entry into force.
    """
    dates = [row.document.value("published") for row in documents]
    newest, start = latest_date(dates) or "", record.value("in-force")
    if not newest:
        return site.markup(_UNDATED)
    if start and is_before(newest, start):
        words = _BEFORE_FORCE if all(dates) else _DATED_BEFORE_FORCE
        return site.markup(words, date=site.formats.date(newest), start=site.formats.date(start))
    return site.markup(_AS_OF, date=site.formats.date(newest))


def _newest_amendment(site: Site, record: Record) -> str | None:
    """Return the date (EDTF) of a law's newest amendment up to the day of the edition; None if there is none.

    Also None if the law has no other date, because the record may then describe the law as amended.
    """
    days = [fact.value for fact in record.shown("amended") if first_day(fact.value) <= site.words.release_day]
    begun = any(record.value(name) for name in ("adopted", "signed", "in-force", "date"))
    return latest_date(days) if begun else None


def _documents_on(claims: Sequence[Claim], amendment: str) -> set[str]:
    """Return the ids of the documents that the current claims on an amendment cite."""
    return {
        place.document
        for claim in claims
        if claim.property == "amended" and claim.value == amendment and claim.standing == "current"
        for place in claim.places
        if place.document
    }
