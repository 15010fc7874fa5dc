"""The provisions of an agreement by topic, those that best show what it does, and the documents that describe them."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.language.first_letter_case import lower_first
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Record, cited_documents
from overt.site.agreement.law_article_names_and_order import article_name, article_order
from overt.site.sentences.joined_parts import join
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_LEAD_PROVISIONS, _LEAD_LENGTH = 3, 300
"""Maximum number of provisions in a law's first sentences. No more are added once their notes have this many characters."""


class Article(NamedTuple):
    """A provision, the name of its article (`article_name`), and the documents that describe it."""

    record: Record
    name: str
    """Empty if no document says which article the provision is from."""
    documents: Sequence[Record]


class Topic(NamedTuple):
    """The provisions of an agreement on one topic."""

    topic: str
    noted: list[Article]
    """Provisions with a note about their content."""
    unnoted: list[Article]
    further: tuple[str, ...] = ()
    """Other topics with exactly the same provisions."""

    @property
    def size(self) -> int:
        """Number of provisions on the topic."""
        return len(self.noted) + len(self.unnoted)

    def without(self, left_out: Collection[str]) -> "Topic":
        """Return the topic without the provisions with the given ids."""
        noted, unnoted = ([row for row in rows if row.record.id not in left_out] for rows in (self.noted, self.unnoted))
        return self._replace(noted=noted, unnoted=unnoted)


def provisions_by_topic(site: Site, rows: Sequence[Record], documents: Mapping[str, Sequence[Record]]) -> list[Topic]:
    """Group provisions by topic in the vocabulary's order, and within a topic in the order of articles.

    A provision with two topics is in both groups. Topics with the same provisions form one group. Provisions without a topic
    are in a group whose topic is an empty string. `documents`: the documents that describe each provision, by its id.
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
    """Return the provisions that best show what a law does: for each topic, the first provision with a note.

    They are in the order of the topics, which begins with powers over people and over what they say. A provision on two topics
    is returned once. No more are added once there are `_LEAD_PROVISIONS`, or once their notes have `_LEAD_LENGTH` characters.
    If at most `_LEAD_PROVISIONS` provisions have both a topic and a note, all of these are returned. If no provision has both,
    the first `_LEAD_PROVISIONS` with a note are returned.
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
    if not noted:
        return [article.record for group in topics for article in group.noted][:_LEAD_PROVISIONS]
    return noted if len(noted) <= _LEAD_PROVISIONS else chosen


def topic_ids(topics: Sequence[Topic]) -> list[str]:
    """Return the ids of the topics. The id of the group of provisions without a topic is `none`."""
    return [name or "none" for group in topics for name in (group.topic, *group.further)]


def common_documents(topics: Sequence[Topic]) -> Sequence[Record]:
    """Return the documents that all provisions share; empty for a single provision, or if the documents of any two differ."""
    by_article = [article.documents for group in topics for article in (*group.noted, *group.unnoted)]
    ids = {frozenset(document.id for document in documents) for documents in by_article}
    return by_article[0] if len(by_article) > 1 and len(ids) == 1 else ()


def topic_links(site: Site, topics: Sequence[Topic]) -> Markup:
    """Return a list of the topics for the middle of a sentence, each as a link to its section; empty if there is no topic."""
    names = [topic for group in topics for topic in (group.topic, *group.further) if topic]
    labels = {topic: lower_first(site.language, site.words.term("provision-topics", topic)) for topic in names}
    return join(site, [text_link(f"#topic-{topic}", label) for topic, label in labels.items()])


def documents_of_provisions(reader: Reader, provisions: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the documents that the current claims about each provision cite, by the provision's id."""
    claims, _ = records.claims_of(reader, [record.id for record in provisions])
    cited: dict[str, dict[str, None]] = {}
    for claim in claims:
        if claim.standing == "current":
            cited.setdefault(claim.id, {}).update(dict.fromkeys(document.id for document in cited_documents(claim)))
    by_id = {row.id: row for row in records.records(reader, dict.fromkeys(name for names in cited.values() for name in names))}
    return {identity: [by_id[name] for name in names if name in by_id] for identity, names in cited.items()}
