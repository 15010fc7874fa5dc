"""Agreements and laws on pages: past laws, provisions by topic, and an agreement's context."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.language.language import N_
from overt.language.mid_sentence import lower_first
from overt.queries import agreements, records
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Record, cited_documents
from overt.site.agreement.article_names import article_name, article_order
from overt.site.agreement.first_date import first_day_key
from overt.site.agreement.law_changes import law_changes
from overt.site.agreement.law_status import law_statuses, planned_ends, planned_start
from overt.site.agreement.law_title_documents_and_start import (
    common_era_year,
    in_force,
    law_documents,
    law_title,
    number_unbroken,
    undated_status,
)
from overt.site.agreement.other_laws import laws_beside
from overt.site.agreement.past_law import NEVER_IN_FORCE, is_over, past_law
from overt.site.sentence_parts import join, record_link, record_mark, text_link
from overt.site.site import Site

HISTORY = ("superseded", "repealed", "denied", "cancelled")
"""Statuses of laws and agreements that are no longer in force, or never were."""

_LEAD_PROVISIONS, _LEAD_LENGTH = 3, 300
"""Maximum number of provisions in a law's first sentences, and the total length of their notes at which no more are added."""
_SHORT_LIST = 6
"""If a law has at most this many provisions, the list leaves out those in the first sentences: both are on the same screen."""
_REPLACED = N_("The law that it details, the %(law)s, is replaced by the %(newer)s.")
_TO_BE_REPLACED = N_(
    "The law that it details, the %(law)s, was to be replaced by the %(newer)s from %(date)s; no newer source confirms it."
)
_REPLACED_FROM = N_("The law that it details, the %(law)s, is replaced by the %(newer)s from %(date)s.")
_REPLACED_ON = N_("The law that it details, the %(law)s, was replaced by the %(newer)s on %(date)s.")
_REPLACED_IN = N_("The law that it details, the %(law)s, was replaced by the %(newer)s in %(date)s.")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Article(NamedTuple):
    """A provision, the name of its article (`article_name`), and the documents that describe it."""

    record: Record
    name: str
    """Empty if no document says which article it is."""
    documents: Sequence[Record]


class Topic(NamedTuple):
    """The provisions of an agreement on one topic."""

    topic: str
    noted: list[Article]
    """Provisions with a note about their content."""
    unnoted: list[Article]
    further: tuple[str, ...] = ()
    """Other topics that have just the same provisions."""

    @property
    def size(self) -> int:
        """Number of its provisions."""
        return len(self.noted) + len(self.unnoted)

    def without(self, left_out: Collection[str]) -> "Topic":
        """Return the topic without these provisions (ids)."""
        noted, unnoted = ([row for row in rows if row.record.id not in left_out] for rows in (self.noted, self.unnoted))
        return self._replace(noted=noted, unnoted=unnoted)


class Split(NamedTuple):
    """Agreements and laws, separately."""

    agreements: list[Record]
    laws: list[Record]
    past: list[Record]
    """Laws that are no longer in force, or never were."""


def split_laws(site: Site, rows: Sequence[Record]) -> Split:
    """Separate laws from other agreements, and past laws from other laws. Laws are sorted from new to old."""
    laws = [record for record in rows if agreements.is_law(site.words, record)]
    laws.sort(key=first_day_key, reverse=True)
    past = [record for record in laws if record.value("status") in HISTORY]
    law_ids, past_ids = {record.id for record in laws}, {record.id for record in past}
    return Split(
        [record for record in rows if record.id not in law_ids], [record for record in laws if record.id not in past_ids], past
    )


def provisions_by_topic(site: Site, rows: Sequence[Record], documents: Mapping[str, Sequence[Record]]) -> list[Topic]:
    """Group provisions by topic in the vocabulary's order, and within a topic in the order of articles.

    A provision with two topics is in both; topics with the same provisions are one group. Provisions without a topic have an
    empty topic. `documents`: the documents that describe each provision, by its id.
    """
    ordered = sorted(rows, key=lambda record: (article_order(record.value("article") or ""), record.id))
    topics = [*site.words.terms["provision-topics"], ""]
    grouped: dict[str, list[Record]] = {topic: [] for topic in topics}
    for record in ordered:
        for topic in [fact.value for fact in record.shown("topic")] or [""]:
            grouped.setdefault(topic, []).append(record)

    def article(record: Record) -> Article:
        return Article(record, article_name(site, record), documents.get(record.id, ()))

    topics_of: dict[tuple[str, ...], list[str]] = {}
    for topic, provisions in grouped.items():
        if provisions:
            topics_of.setdefault(tuple(record.id for record in provisions), []).append(topic)
    return [
        Topic(
            topic,
            [article(record) for record in grouped[topic] if record.fact("note")],
            [article(record) for record in grouped[topic] if not record.fact("note")],
            tuple(further),
        )
        for topic, *further in topics_of.values()
    ]


def leading_provisions(topics: Sequence[Topic]) -> list[Record]:
    """Return the provisions that best show what a law does: the first one with a note of each topic, in the topics' order.

    The vocabulary begins with powers over people and over what they say. A provision on two topics counts once. At most
    `_LEAD_PROVISIONS` are returned, and none after their notes reach `_LEAD_LENGTH` characters. If no more than
    `_LEAD_PROVISIONS` provisions have both a topic and a note, all of these are returned.
    """
    chosen: list[Record] = []
    for group in topics:
        length = sum(len(record.value("note") or "") for record in chosen)
        if len(chosen) == _LEAD_PROVISIONS or length >= _LEAD_LENGTH:
            break
        first = next((article.record for article in group.noted if group.topic), None)
        if first is not None and first.id not in {record.id for record in chosen}:
            chosen.append(first)
    noted = list({article.record.id: article.record for group in topics if group.topic for article in group.noted}.values())
    return noted if len(noted) <= _LEAD_PROVISIONS else chosen


def _names_after_runs(site: Site, provisions: Sequence[Record]) -> dict[str, str]:
    """Return the name of each provision's article, by the provision's id; empty if the next provision is of the same article."""
    names = [article_name(site, row) for row in provisions]
    following = [*names[1:], ""]
    return {row.id: name if name != following[at] else "" for at, (row, name) in enumerate(zip(provisions, names, strict=True))}


def _topic_ids(topics: Sequence[Topic]) -> list[str]:
    """Return the ids of topics, `none` for provisions without a topic."""
    return [name or "none" for group in topics for name in (group.topic, *group.further)]


def agreement_parts(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    """Return the additional context for the template of an agreement."""
    rows = agreements.provisions(reader, record.id)
    topics = provisions_by_topic(site, rows, _documents_of(reader, rows))
    describing = {document.id for group in topics for article in group.noted for document in article.documents}
    claims = records.claims(reader, record.id)
    documents = law_documents(reader, claims)
    # Documents that describe provisions come first. The page lists each kind of document separately.
    documents.sort(key=lambda row: row.document.id not in describing)
    is_law = agreements.is_law(site.words, record)
    newest = max((row.document.value("published") or "" for row in documents), default="")
    beside = laws_beside(site, reader, record) if is_law else []
    older = agreements.older_versions(reader, record.id)
    ends = planned_ends(site, reader, [record, *older]) if is_law else {}
    is_past = record.value("status") in HISTORY and record.id not in ends
    was_in_force = is_law and is_past and record.value("status") not in NEVER_IN_FORCE
    leading = leading_provisions(topics) if is_law and not was_in_force else []
    common = _common_documents(topics)
    led_apart = bool(leading and common) and len(rows) <= _SHORT_LIST
    rest = [group.without({row.id for row in leading}) for group in topics] if led_apart else topics
    listed = [group for group in rest if group.size]
    planned = is_law and bool(planned_start(site, record, newest))
    return {
        "is_law": is_law,
        "is_past": is_past,
        "was_in_force": was_in_force,
        "past_law": past_law(site, record) if was_in_force else "",
        "title": law_title(site, record) if is_law else None,
        "number_unbroken": number_unbroken,
        "era_year": common_era_year(record.label or ""),
        "in_force": in_force(site, record, newest) if is_law else "",
        "is_planned": planned,
        "changes": law_changes(site, record, claims, documents, describing) if is_law and not is_past and not planned else "",
        "planned_ends": ends,
        "topics": topics,
        "topic_links": _topic_links(site, topics),
        "leading": leading,
        "led_apart": led_apart,
        "listed_topics": listed,
        "unlisted_topics": [name for name in _topic_ids(topics) if name not in _topic_ids(listed)],
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


def _lapsed_basis(site: Site, reader: Reader, record: Record) -> Markup | None:
    """Return a sentence on the law that a rule carries out if that law is past and the rule is not (see HISTORY); else None."""
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
    """Return the message that another law replaces a law, in the past tense if that has happened by `day`.

    `end`: the date of the replacement (EDTF); `day`: the edition's date (ISO). A month or year that contains `day` isn't over.
    """
    if not is_over(end, day):
        return _REPLACED_FROM
    return _REPLACED_ON if _DAY.fullmatch(end.rstrip("~?%")) else _REPLACED_IN


def _common_documents(topics: Sequence[Topic]) -> Sequence[Record]:
    """Return the documents of the provisions if there are several provisions and all have the same documents; otherwise none."""
    by_article = [article.documents for group in topics for article in (*group.noted, *group.unnoted)]
    ids = {frozenset(document.id for document in documents) for documents in by_article}
    return by_article[0] if len(by_article) > 1 and len(ids) == 1 else ()


def _topic_links(site: Site, topics: Sequence[Topic]) -> Markup:
    """Return the topics for the middle of a sentence, each as a link to its section; empty without a topic."""
    names = [topic for group in topics for topic in (group.topic, *group.further) if topic]
    labels = {topic: lower_first(site.language, site.words.term("provision-topics", topic)) for topic in names}
    return join(site, [text_link(f"#topic-{topic}", label) for topic, label in labels.items()])


def _documents_of(reader: Reader, provisions: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the documents that the current claims of each provision cite, by its id."""
    claims, _ = records.claims_of(reader, [record.id for record in provisions])
    cited: dict[str, dict[str, None]] = {}
    for claim in claims:
        if claim.standing == "current":
            cited.setdefault(claim.id, {}).update(dict.fromkeys(document.id for document in cited_documents(claim)))
    by_id = {row.id: row for row in records.records(reader, dict.fromkeys(name for names in cited.values() for name in names))}
    return {identity: [by_id[name] for name in names if name in by_id] for identity, names in cited.items()}
