"""When a project was agreed, when it came into use, and when that was last confirmed, for its page."""

from collections.abc import Sequence
from datetime import date

from overt.language.language import N_
from overt.model.errors import ValueProblem
from overt.model.values.dates import date_bounds
from overt.queries.as_of.record_spans import RecordSpan
from overt.queries.rows.records import Record
from overt.site.as_of.span_texts import BEGAN, span_sentences
from overt.site.site import Site

_BEGUN = {"operational": N_("In use since %(date)s."), "completed": N_("Completed %(date)s.")}
"""What the beginning of a project is, by the property with its date. The first that a source gives counts."""


_LATER = 365
"""Days after the last confirmation of a project's use from which a newer document is named."""


def use_sentences(
    site: Site, span: RecordSpan | None, record: Record, documents: Sequence[Record], speakers: str = ""
) -> list[str]:
    """Return sentences on when a project was agreed and on its use.

    `documents`: those about it. `speakers`: who made the statements that its page lists, as text or markup.
    """
    begun = next((words for name, words in _BEGUN.items() if record.fact(name)), BEGAN)
    if span is None or span.rules[1] != "date":
        begun = BEGAN
    published = [value for document in documents if (value := document.value("published"))]
    dated = [(day, value) for value in published if (day := _first_day(value))]
    day, newest = max(dated, default=("", ""))
    is_newer = bool(span and span.confirmed and not span.end_latest and day and _days(span.confirmed, day) > _LATER)
    agreed = record.fact("agreed")
    first = [site.gettext("Agreed %(date)s.", date=site.formats.date(agreed.value))] if agreed else []
    return [*first, *span_sentences(site, span, begun=begun, newest=newest if is_newer else "", speakers=speakers)]


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _first_day(value: str) -> str:
    try:
        return date_bounds(value)[0].isoformat()
    except ValueProblem:
        return ""
