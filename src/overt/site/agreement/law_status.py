"""The status of a law in words, with the date of its evidence.

A document only shows that a law was in force when the document was published.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from overt.language.language import Language
from overt.language.number_and_money_formats import Formats
from overt.model.engines.named_sql import load_queries
from overt.model.values.date_comparison import is_before, is_over, latest_date
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.database import Reader, json_array
from overt.queries.labels import Words
from overt.queries.rows.records import Claim, Record, cited_documents
from overt.site.agreement.law_documents import LawDocument
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
_IN_FORCE = "in-force"


def law_statuses(site: Site, reader: Reader, laws: Iterable[Record], *, brief: bool = False) -> dict[str, str]:
    """Return the status of each law in words, by its id.

    For a law without a status, these are the words of `planned_start`. If they are empty, the law is left out. `brief`: as for
    `law_status`.
    """
    rows = list(laws)
    by_id = {law.id: law for law in rows if law.value("status")}
    spans = spans_and_records_in_period.spans(reader, by_id)
    words = {
        identity: law_status(site, law, spans[identity].status_as_of if identity in spans else None, brief=brief)
        for identity, law in by_id.items()
    }
    begun = [law for law in rows if law.id not in by_id and law.value("in-force")]
    newest = _newest_documents(reader, [law.id for law in begun])
    return words | {law.id: text for law in begun if (text := planned_start(site, law, newest.get(law.id, "")))}


def _newest_documents(reader: Reader, laws: Sequence[str]) -> Mapping[str, str]:
    """Return the date (EDTF) of the newest document of each law, by its id; laws without a dated document are left out."""
    dates = dict[str, list[str]]()
    for row in reader.select(_QUERIES["queries.document_dates"], [json_array(laws)]) if laws else ():
        dates.setdefault(row["id"], []).append(row["published"])
    return {identity: latest_date(days) or "" for identity, days in dates.items()}


def law_status(site: Site, law: Record, as_of: str | None, *, brief: bool = False) -> str:
    """Return a law's status in words; empty without a status.

    For a law in force, the words give the date of the newest document that says so. If no such document has a date, or if all
    are older than the law's entry into force, they give the date of the entry into force instead, and say that nobody has
    checked it since. Without either date, they say that the documents are undated. For any other law with a known end, they
    give the date of the end. If that date is past but all documents are older, they call the end a plan.

    `as_of`: the day for which sources state the status (EDTF). `brief`: whether to leave out that nobody has checked it since.
    A page can then say so once for all laws.
    """
    status, start = law.value("status"), law.value("in-force")
    if not status:
        return ""
    words = site.words.term("statuses", status)
    if status != _IN_FORCE:
        if planned := planned_end(site, law, as_of):
            return planned
        end = law.value("repealed")
        return site.gettext("%(status)s, in force until %(date)s", status=words, date=site.formats.date(end)) if end else words
    if as_of and not (start and is_before(as_of, start)):
        return site.gettext("In force as of %(date)s", date=site.formats.date(as_of))
    if start and brief:
        return site.gettext("In force from %(date)s", date=site.formats.date(start))
    if start:
        return site.gettext("In force from %(date)s; not checked since", date=site.formats.date(start))
    return site.gettext("In force, according to undated documents")


def planned_ends(site: Site, reader: Reader, laws: Iterable[Record]) -> dict[str, str]:
    """Return the words of `planned_end` by the id of the law. Laws for which they are empty are left out."""
    by_id = {law.id: law for law in laws if law.value("repealed")}
    spans = spans_and_records_in_period.spans(reader, by_id)
    words = {law.id: planned_end(site, law, spans[law.id].status_as_of) for law in by_id.values() if law.id in spans}
    return {identity: text for identity, text in words.items() if text}


def planned_start(site: Site, law: Record, newest: str) -> str:
    """Return when a law is or was to come into force, without a full stop, if all its documents are older; otherwise empty.

    Also empty if sources say that the law is in force, or if no document has a date. `newest`: the date (EDTF) of the newest
    document; empty if no document has a date.
    """
    start = law.value("in-force")
    if not start or not newest or law.value("status") == _IN_FORCE or not is_before(newest, start):
        return ""
    dates = {"date": site.formats.date(start), "document": site.formats.date(newest)}
    if is_over(start, site.words.meta["manifest"]["date"]):
        return site.gettext("Was to come into force on %(date)s, as of %(document)s; no newer source here confirms it", **dates)
    return site.gettext("Due to come into force on %(date)s, according to documents up to %(document)s", **dates)


def planned_end(site: Site, law: Record, as_of: str | None) -> str:
    """Return words on a law's planned end if that day is past but the status is from earlier documents; otherwise empty.

    `as_of`: the day for which sources state the status (EDTF).
    """
    return planned_end_words(site.language, site.words, law.value("repealed"), as_of)


def planned_end_words(language: Language, words: Words, end: str | None, as_of: str | None) -> str:
    """Return the words of `planned_end` for a law with this end (EDTF); empty if `end` or `as_of` is None."""
    if not end or not as_of or not is_before(as_of, end) or not is_over(end, words.meta["manifest"]["date"]):
        return ""
    formats = Formats(language)
    return language.gettext(
        "Was to be in force until %(date)s, as of %(document)s; no newer source here confirms its end",
        date=formats.date(end), document=formats.date(as_of),
    )  # fmt: skip


def in_force(site: Site, record: Record, newest: str) -> str:
    """Return a sentence on when a law came or comes into force, as of its newest document; empty if no source says when.

    `newest`: the date (EDTF) of the newest document; empty if no document has a date.
    """
    start = record.value("in-force")
    if not start:
        return ""
    dates = {"date": site.formats.date(start), "document": site.formats.date(newest)}
    if not newest:
        return site.gettext("In force from %(date)s.", date=dates["date"])
    if planned := planned_start(site, record, newest):
        return planned + site.gettext(".")
    if is_before(newest, start):
        return site.gettext("In force from %(date)s. The newest document on it is of %(document)s.", **dates)
    return site.gettext("In force from %(date)s, according to documents up to %(document)s.", **dates)


def undated_status(site: Site, law: Record, claims: Sequence[Claim], documents: Sequence[LawDocument]) -> str:
    """Return which publishers say that a law is in force, if none of their documents has a date and none says since when.

    Otherwise empty. `claims`: the claims about the law. `documents`: the documents that these claims cite.
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
