"""Sentences on when a project was agreed, when it came into use, and when its use was last confirmed, for its page."""

from collections.abc import Sequence
from datetime import date, timedelta

from overt.language.language import N_
from overt.queries.as_of.spans_and_records_in_period import RecordSpan
from overt.queries.rows.records import Record
from overt.site.as_of.span_sentences import BEGAN, DateMessages, span_sentences
from overt.site.project.other_reported_statuses import first_day
from overt.site.site import Site

_BEGUN = {
    "operational": DateMessages(N_("In use since %(date)s."), N_("In use since a day between %(first)s and %(last)s.")),
    "completed": DateMessages(N_("Completed %(date)s."), N_("Completed between %(first)s and %(last)s.")),
}
"""Messages on the beginning of a project's use, by the property that gives its date. The first known property counts."""

_STEPS = {
    "construction-start": N_("Construction began %(date)s."),
    "started": N_("Started %(date)s."),
}
"""Messages on steps before a project's use, by the property that gives the date of the step."""
_LATER = 365
"""The newest document is mentioned if it is more than this many days newer than the last confirmation of a project's use."""


def use_sentences(
    site: Site,
    span: RecordSpan | None,
    record: Record,
    documents: Sequence[Record],
    *,
    has_answers: bool = False,
    stated_day: str = "",
) -> list[str]:
    """Return sentences on when a project was agreed and on its use.

    `documents`: documents about the project. `has_answers`: whether its page lists statements that answer something.
    `stated_day`: the day that the page gives beside the project's status.
    """
    property_of_use = next((name for name in _BEGUN if record.fact(name)), "")
    begun = _BEGUN.get(property_of_use, BEGAN) if span and span.rules[1] == "date" else BEGAN
    published = [value for document in documents if (value := document.value("published"))]
    dated = [(day, value) for value in published if (day := first_day(value))]
    day, newest = max(dated, default=("", ""))
    is_newer = bool(span and span.confirmed and not span.end_latest and day and _days(span.confirmed, day) > _LATER)
    agreed = record.fact("agreed")
    first = [site.gettext("Agreed %(date)s.", date=site.formats.date(agreed.value))] if agreed else []
    beginning = _only_started(site, span, record) or _steps_and_use(site, span, record) if span and span.begun else ""
    return [
        *first,
        *span_sentences(
            site,
            span,
            begun=begun,
            newest=newest if is_newer else "",
            has_answers=has_answers,
            beginning=beginning,
            stated_day=stated_day,
            confirmed=as_precise_as_published(span.confirmed or "", published) if span else "",
            stated=(record.value(property_of_use), record.value("ended")),
        ),
    ]


def as_precise_as_published(day: str, published: Sequence[str]) -> str:
    """Return a day (ISO 8601), or only its month or year if the documents that give it are dated no more precisely.

    A document of April 2019 confirms a project's use on 1 April 2019, the first day on which it may have been written. For this
    day, `2019-04` is returned, unless another document is of 1 April 2019. `published`: the documents' dates (EDTF).
    """
    dates = {text.rstrip("~?%") for text in published}
    shorter = (part for part in (day[:7], day[:4]) if part in dates and first_day(part) == day)
    return day if day in dates else next(shorter, day)


def _only_started(site: Site, span: RecordSpan, record: Record) -> str:
    """Return a sentence on a project that a source reports as started, if no source shows it in place; empty otherwise.

    A source that dates a start may mean the agreement, the work or the use.
    """
    started = record.fact("started")
    if not started or span.begin_latest or span.rules[0] != "earlier-step":
        return ""
    day = site.formats.date(started.value)
    return site.gettext("Started %(date)s; no source here says whether that was the agreement, the work or the use.", date=day)


def _steps_and_use(site: Site, span: RecordSpan, record: Record) -> str:
    """Return sentences on the dated steps before a project's use, and on the day by which it was in place.

    Empty if a source dates the use itself, if the earliest day of use isn't derived from such a step, or if no source shows the
    project in place. The sentences give no range of days in which the use began, because we only infer it.
    """
    if span.rules[0] != "earlier-step" or span.rules[1] == "date" or not span.begin_latest:
        return ""
    steps = [
        site.gettext(words, date=site.formats.date(fact.value))
        for name, words in _STEPS.items()
        if (fact := record.fact(name)) and first_day(fact.value) <= span.begin_latest
    ]
    last = date.fromisoformat(span.begin_latest)
    is_end = (last + timedelta(days=1)).day == 1
    day = site.formats.date(span.begin_latest[:7] if is_end else span.begin_latest)
    return site.language.gap.join([*steps, site.gettext("In place by %(date)s.", date=day)])


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
