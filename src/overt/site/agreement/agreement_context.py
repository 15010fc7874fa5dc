"""The content of the page of an agreement or law: its title, status, documents and provisions, and the law it is based on."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from overt.language.first_letter_case import lower_first
from overt.language.language import N_
from overt.model.values.date_comparison import is_over, is_single_day, latest_date
from overt.queries import agreements, records
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Record
from overt.site.agreement.agreements_laws_and_past_laws import HISTORY
from overt.site.agreement.law_article_names_and_order import article_name
from overt.site.agreement.law_changes import law_changes
from overt.site.agreement.law_documents import law_documents
from overt.site.agreement.law_name_parts import common_era_year, law_title, names_year, number_unbroken
from overt.site.agreement.law_no_longer_in_force import NEVER_IN_FORCE, past_law
from overt.site.agreement.law_status import in_force, law_statuses, planned_ends, planned_start, undated_status
from overt.site.agreement.other_laws_of_country import laws_beside
from overt.site.agreement.provisions_by_topic import (
    common_documents,
    documents_of_provisions,
    leading_provisions,
    provisions_by_topic,
    topic_ids,
    topic_links,
)
from overt.site.agreement.unadopted_laws import UNADOPTED
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.linked_record_and_company_names import record_link
from overt.site.site import Site

_SHORT_LIST = 6
"""If a law has at most this many provisions, all from the same documents, the list leaves out those in the first sentences.

On such a short page, readers would see the same text twice.
"""
_REPLACED = N_("The law that it details, the %(law)s, is replaced by the %(newer)s.")
_TO_BE_REPLACED = N_(
    "The law that it details, the %(law)s, was to be replaced by the %(newer)s from %(date)s; no newer source here confirms it."
)
_REPLACED_FROM = N_("The law that it details, the %(law)s, is replaced by the %(newer)s from %(date)s.")
_REPLACED_ON = N_("The law that it details, the %(law)s, was replaced by the %(newer)s on %(date)s.")
_REPLACED_IN = N_("The law that it details, the %(law)s, was replaced by the %(newer)s in %(date)s.")


def agreement_parts(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    """Return the additional context for the template of an agreement or law."""
    rows = agreements.provisions(reader, record.id)
    topics = provisions_by_topic(site, rows, documents_of_provisions(reader, rows))
    noted = [article for group in topics for article in group.noted if article.documents]
    described = [{document.id for document in article.documents} for article in noted]
    describing = {name for names in described for name in names}
    claims = records.claims(reader, record.id)
    documents = law_documents(reader, claims)
    # Documents that describe provisions come first. The page lists each kind of document separately.
    documents.sort(key=lambda row: row.document.id not in describing)
    is_law = agreements.is_law(site.words, record)
    newest = latest_date(row.document.value("published") for row in documents) or ""
    beside = laws_beside(site, reader, record) if is_law else []
    older = agreements.older_versions(reader, record.id)
    ends = planned_ends(site, reader, [record, *older]) if is_law else {}
    is_past = record.value("status") in HISTORY and record.id not in ends
    was_in_force = is_law and is_past and record.value("status") not in NEVER_IN_FORCE
    leading = leading_provisions(topics) if is_law and not was_in_force else []
    common = common_documents(topics)
    led_apart = bool(leading and common) and len(rows) <= _SHORT_LIST
    rest = [group.without({row.id for row in leading}) for group in topics] if led_apart else topics
    listed = [group for group in rest if group.size]
    planned = is_law and bool(planned_start(site, record, newest))
    has_changes = is_law and not was_in_force and not planned
    return {
        "is_law": is_law,
        "is_past": is_past,
        "was_in_force": was_in_force,
        "past_law": past_law(site, record, topic_links(site, topics)) if was_in_force else "",
        "title": law_title(site, record) if is_law else None,
        "number_unbroken": number_unbroken,
        "names_year": names_year,
        "era_year": common_era_year(record.label or ""),
        "in_force": in_force(site, record, newest) if is_law else "",
        "is_planned": planned,
        "changes": law_changes(site, record, claims, documents, described) if has_changes else "",
        "unadopted": is_law and record.value("status") in UNADOPTED,
        "planned_ends": ends,
        "topics": topics,
        "topic_links": topic_links(site, topics),
        "leading": leading,
        "led_apart": led_apart,
        "listed_topics": listed,
        "unlisted_topics": [name for name in topic_ids(topics) if name not in topic_ids(listed)],
        "article_names": _names_after_runs(site, leading),
        "law_statuses": law_statuses(site, reader, [record, *beside], brief=True) if is_law else {},
        "undated_status": undated_status(site, record, claims, documents) if is_law else "",
        "provision_count": len(rows),
        "common_documents": common,
        "documents": documents,
        "newest_document": newest,
        "basis": _lapsed_basis(site, reader, record),
        "older": older,
        "laws_beside": beside,
    }


def _names_after_runs(site: Site, provisions: Sequence[Record]) -> dict[str, str]:
    """Return the name of each provision's article, by the provision's id.

    If consecutive provisions belong to one article, only the last of them has its name. The others have an empty string.
    """
    names = [article_name(site, row) for row in provisions]
    following = [*names[1:], ""]
    return {row.id: name if name != following[at] else "" for at, (row, name) in enumerate(zip(provisions, names, strict=True))}


def _lapsed_basis(site: Site, reader: Reader, record: Record) -> Markup | None:
    """Return a sentence on the law on which a rule is based; None unless the law is past (HISTORY) and the rule is not."""
    law = agreements.law_carried_out(reader, record)
    status = law.value("status") if law else None
    if law is None or status not in HISTORY or record.value("status") in HISTORY:
        return None
    link, newer = record_link(site, "agreement", law), law.fact("superseded-by")
    if newer is None or newer.label is None:
        status = lower_first(site.language, site.words.term("statuses", status))
        return site.markup("The law that it details, the %(law)s, is on record as %(status)s.", law=link, status=status)
    successor = record_link(site, "agreement", RecordLabel(newer.value, newer.label, newer.label_lang, newer.label_zh))
    end = law.value("repealed")
    words = replaced_on(end, site.words.meta["manifest"]["date"]) if end else _REPLACED
    if planned_ends(site, reader, [law]):
        words = _TO_BE_REPLACED
    sentence = site.markup(words, law=link, newer=successor, date=site.formats.date(end) if end else "")
    return sentence + record_mark(site, "agreement", law.id, newer.independent_sources or 1)


def replaced_on(end: str, day: str) -> str:
    """Return the untranslated message that another law replaces a law, in the past tense if that has happened by `day`.

    `end`: the date of the replacement (EDTF); `day`: the edition's date (ISO). A month or year isn't over before its last day.
    """
    if not is_over(end, day):
        return _REPLACED_FROM
    return _REPLACED_ON if is_single_day(end) else _REPLACED_IN
