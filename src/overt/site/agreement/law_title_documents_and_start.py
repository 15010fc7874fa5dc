"""The title of a law without its number, the date of its entry into force, and the documents in which to read it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record, cited_documents
from overt.site.agreement.law_status import planned_start
from overt.site.claim.cited_evidence import host_of, is_public_body
from overt.site.site import Site

_IN_TEXT = re.compile(
    r"(?:whole|full) text|text(?: of|[ ,;:]|$)|head(?:er)?(?: of| and|$)|(?:list|arrangement) of sections"
    r"|(?:head, |(?:head|order|preamble) and )?(?:articles?|sections?|rules?) \d",
    re.IGNORECASE,
)
"""Matches the beginning of a register's `place-in-document` if the document contains the text of the law itself."""
_REPORTS = ("press-report", "research-report")
_COPY = re.compile(r"\b(?:copy|mirror|Scribd|repeated by|Wikipedia)\b", re.IGNORECASE)
"""Matches publishers of copies and of pages that users write or upload."""


_NUMBERED = re.compile(r"(?P<kind>(?:[A-Z][\w-]+ ){1,4})(?P<number>No\. ?\S*\d\S*(?: of \d{4})?)(?P<rest> .+)")
"""Matches names such as `Decree No. 60 on measures` and `Cybersecurity Law No. 1/2025 (Myanmar)`."""
_NUMBER_BEHIND = re.compile(r"(?P<plain>[^()]+?),? \((?P<number>[^()]*\bNo\. ?[^()]*\d[^()]*)\)")
"""Matches names such as `VPN law (Federal Law No. 276-FZ, Russia)`, in which the number follows the common name."""

_BUDDHIST_ERA = re.compile(r"\bB\.E\. ?(\d{4})\b")
_BUDDHIST_YEARS = 543
"""How many years the Buddhist era, by which Thailand counts, is ahead of the common era."""


class LawTitle(NamedTuple):
    """The name of a law in two parts."""

    plain: str
    number: str
    """Empty for a name without a number."""


def number_unbroken(name: str) -> str:
    """Return a name in which a line can't break between “No.” and the number."""
    return re.sub(r"\bNo\. (?=\d)", "No.\u00a0", name)


def common_era_year(name: str) -> tuple[str, str] | None:
    """Return the year of the Buddhist era in a law's name and the year of the common era; None if it names none."""
    match = _BUDDHIST_ERA.search(name)
    return (match[1], str(int(match[1]) - _BUDDHIST_YEARS)) if match else None


class LawDocument(NamedTuple):
    """A document from which a law is known."""

    document: Record
    host: str
    """Host of the document's address, without `www.`; empty without an address."""
    kind: str
    """`text` for the text of the law, `official` for another document of a public body, and empty otherwise."""


def law_title(site: Site, record: Record) -> LawTitle | None:
    """Split an English name into a title that names the law's own country, and the law's number.

    For “Decree No. 53/2022/ND-CP detailing the Law on Cybersecurity (Vietnam)” these are “Decree detailing the Law on
    Cybersecurity (Vietnam)” and “No. 53/2022/ND-CP”. For “VPN law (Federal Law No. 276-FZ, Russia)” they are “VPN law (Russia)”
    and “Federal Law No. 276-FZ”. For “E-Commerce Law” the title is “E-Commerce Law (China)”, and the number is empty. None if
    the law has no name, and on pages in another language.
    """
    if not record.label or site.language.code != "en":
        return None
    countries = [site.words.area(fact.value) for fact in record.shown("party-country")]
    country = "|".join(map(re.escape, countries))
    if match := _NUMBER_BEHIND.fullmatch(record.label):
        number = re.sub(rf",? (?:{country})$", "", match["number"]) if country else match["number"]
        return LawTitle(_with_country(site, match["plain"], countries), number)
    match = _NUMBERED.fullmatch(record.label)
    if match is None:
        return LawTitle(_with_country(site, record.label, countries), "")
    joint = ", " if match["number"].endswith(",") else " "
    plain = f"{match['kind'].strip()}{joint}{match['rest'].strip()}".strip()
    return LawTitle(_with_country(site, plain, countries), match["number"].rstrip(","))


def _with_country(site: Site, name: str, countries: list[str]) -> str:
    """Return a law's name followed by its countries in brackets, or unchanged if it names one of them, even as in “Russian”."""
    if not countries or any(re.search(rf"(?<![\w-]){re.escape(country)}n?(?![\w-])", name) for country in countries):
        return name
    return f"{name} ({site.language.join(countries)})"


def in_force(site: Site, record: Record, newest: str) -> str:
    """Return a sentence on when a law came or comes into force, as of the newest document on it; empty if no source says when.

    `newest`: when that document was published (EDTF); empty without a date.
    """
    start = record.value("in-force")
    if not start:
        return ""
    dates = {"date": site.formats.date(start), "document": site.formats.date(newest)}
    if not newest:
        return site.gettext("In force from %(date)s.", date=dates["date"])
    if planned := planned_start(site, record, newest):
        return planned
    day = newest.rstrip("~?%")
    if day < start[: len(day)]:
        return site.gettext("In force from %(date)s. The newest document on it is of %(document)s.", **dates)
    return site.gettext("In force from %(date)s, according to documents up to %(document)s.", **dates)


def law_documents(reader: Reader, claims: Sequence[Claim]) -> list[LawDocument]:
    """Return the documents from which a law is known: its text first, then official ones, then the others.

    A document counts as the law's text if the register cites a place in that text, such as `whole text` or `articles 1–4`, and
    doesn't call the document a report. It is official if the law is known from an official statement in it. Among documents of
    the same kind, those on public bodies' sites come first, and copies last.
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


def undated_status(site: Site, law: Record, claims: Sequence[Claim], documents: Sequence[LawDocument]) -> str:
    """Return who says that a law is in force if none of these documents has a date, and none says since when; else empty.

    `claims`: those of the law. `documents`: those that they cite.
    """
    if law.value("status") != "in-force" or law.value("in-force"):
        return ""
    of_status = [claim for claim in claims if claim.property == "status" and claim.value == "in-force"]
    cited = {cited.id for claim in of_status if claim.standing == "current" for cited in cited_documents(claim)}
    rows = [row.document for row in documents if row.document.id in cited]
    if not rows or any(row.value("published") for row in rows):
        return ""
    names = list(dict.fromkeys(row.value("publisher") or site.called(row) for row in rows))
    return site.gettext("In force, according to %(names)s (undated)", names=site.language.join(names))
