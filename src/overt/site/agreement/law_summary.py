"""What a law does as a whole, in one sentence, and the documents in which to read it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from overt.language.language import N_
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record
from overt.site.claim.cited_evidence import host_of, is_public_body
from overt.site.site import Site

_MAX_TOPICS = 4
"""If a law has at least two topics more than this, the sentence names this many and counts the others."""
_CONCERNS = {
    "internet-shutdown": N_("the power to cut or restrict networks"),
    "content-liability": N_("forbidden content"),
    "lawful-access": N_("help and data for police and security bodies"),
    "data-localisation": N_("keeping data in the country"),
    "international-gateway": N_("connections abroad and circumvention"),
    "real-name-registration": N_("users’ real names"),
    "encryption": N_("encryption"),
    "biometrics": N_("face recognition and public cameras"),
    "publishing-licence": N_("licences to publish or to give access"),
    "cross-border-data": N_("sending data abroad"),
    "vendor-exclusion": N_("suppliers that may not be used"),
    "network-security-review": N_("security reviews of technology"),
    "critical-infrastructure": N_("critical infrastructure"),
    "algorithms": N_("recommendation algorithms"),
    "generative-ai": N_("generated content"),
    "personal-information": N_("personal information"),
    "minors": N_("minors online"),
}
"""What provisions on a topic concern, in words for the middle of a sentence. Other topics are named by their labels."""

_IN_TEXT = re.compile(
    r"(?:whole|full) text|text(?: of|[ ,;:]|$)|head(?:er)?(?: of| and)"
    r"|(?:head, |(?:head|order|preamble) and )?(?:articles?|sections?) \d",
    re.IGNORECASE,
)
"""How the register's words for a place begin if the document is the law's text itself."""
_REPORTS = ("press-report", "research-report")


class LawDocument(NamedTuple):
    """A document from which a law is known."""

    document: Record
    host: str
    """Host of the document's address, without `www.`; empty without an address."""
    kind: str
    """`text` for the text of the law, `official` for another document of a public body, and empty otherwise."""


def concerns(site: Site, topics: Iterable[str], provisions: int) -> str:
    """Return a sentence about what the provisions on record concern, in the order of `topics`; empty without a topic."""
    names = [
        site.gettext(_CONCERNS[topic]) if topic in _CONCERNS else site.words.term("provision-topics", topic)
        for topic in topics
        if topic
    ]
    if not names:
        return ""
    listed = names[:_MAX_TOPICS] if len(names) > _MAX_TOPICS + 1 else names
    if more := len(names) - len(listed):
        listed.append(site.ngettext("%(n)s more topic", "%(n)s more topics", more))
    return site.ngettext(
        "Its one provision on record concerns %(topics)s.", "Its %(n)s provisions on record concern %(topics)s.", provisions,
        topics=site.language.join(listed),
    )  # fmt: skip


def law_documents(reader: Reader, claims: Sequence[Claim]) -> list[LawDocument]:
    """Return the documents from which a law is known: its text first, then those of public bodies, then the others.

    A document is the law's text if the register's place in it is in a text, such as `whole text` or `articles 1–4`, and the law
    isn't known from a report in it. It is a public body's if the law is known from an official statement in it.
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
    return sorted(rows, key=lambda row: (row.kind != "text", row.kind != "official", not is_public_body(row.host)))


def is_in_text(place: str) -> bool:
    """Return whether a place in a document, in the register's words, is in the text of a law and not in a report on it."""
    return bool(_IN_TEXT.match(place))
