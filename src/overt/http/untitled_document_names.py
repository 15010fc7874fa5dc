"""The names of documents without a title."""

from overt.language.language import Language
from overt.language.number_and_money_formats import Formats
from overt.queries.labels import Words
from overt.queries.rows.records import UntitledDocument

_REPORT = ("press-report", "research-report")
"""Values of `known-from` that describe the cited document itself, whoever published it."""
_BY_PUBLISHER = "company-statement"
"""The value of `known-from` that describes the document only if its publisher is an organisation on record.

If another publisher, such as a newspaper, published the document, it may merely report on such a statement.
"""


def untitled_name(language: Language, formats: Formats, words: Words, document: UntitledDocument) -> str:
    """Return a name for a document without a title: its publisher and date, with its kind if that is certain.

    Examples are `Company statement of Sandvine, 19 September 2024` and `Radio Tamazuj, 4 December 2017`. Without a publisher,
    it is called an untitled document. A missing date is left out.
    """
    what = document.publisher or language.gettext("Untitled document")
    is_kind = document.kind in _REPORT or (document.kind == _BY_PUBLISHER and document.by_organization)
    if document.publisher and is_kind:
        kind = words.term("known-from", document.kind)
        what = language.gettext("%(kind)s of %(publisher)s", kind=kind, publisher=document.publisher)
    if not document.published:
        return what
    return language.gettext("%(document)s, %(date)s", document=what, date=formats.date(document.published))
