"""When a project was agreed, when it came into use, and when that was last confirmed, for its page."""

from collections.abc import Sequence
from datetime import date

from overt.language.language import N_
from overt.queries.as_of.record_spans import RecordSpan
from overt.queries.rows.records import Record
from overt.site.as_of.span_texts import BEGAN, DateMessages, span_sentences
from overt.site.project.reported_status import first_day
from overt.site.site import Site

_BEGUN = {
    "operational": DateMessages(N_("In use since %(date)s."), N_("In use since a day between %(first)s and %(last)s.")),
    "completed": DateMessages(N_("Completed %(date)s."), N_("Completed between %(first)s and %(last)s.")),
}
"""What the beginning of a project is, by the property with its date. The first that a source gives counts."""


_LATER = 365
"""Days after the last confirmation of a project's use from which a newer document is named."""


def use_sentences(
    site: Site, span: RecordSpan | None, record: Record, documents: Sequence[Record], *, has_answers: bool = False
) -> list[str]:
    """Return sentences on when a project was agreed and on its use.

    `documents`: those about it. `has_answers`: whether its page lists statements that answer something.
    """
    begun = next((words for name, words in _BEGUN.items() if record.fact(name)), BEGAN)
    if span is None or span.rules[1] != "date":
        begun = BEGAN
    published = [value for document in documents if (value := document.value("published"))]
    dated = [(day, value) for value in published if (day := first_day(value))]
    day, newest = max(dated, default=("", ""))
    is_newer = bool(span and span.confirmed and not span.end_latest and day and _days(span.confirmed, day) > _LATER)
    agreed = record.fact("agreed")
    first = [site.gettext("Agreed %(date)s.", date=site.formats.date(agreed.value))] if agreed else []
    return [*first, *span_sentences(site, span, begun=begun, newest=newest if is_newer else "", has_answers=has_answers)]


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
