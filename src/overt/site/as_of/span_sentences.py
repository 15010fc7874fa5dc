"""Sentences about when a record was in place."""

from datetime import date, timedelta
from typing import NamedTuple

from overt.language.language import N_
from overt.model.values.span import date_limits
from overt.queries.as_of.spans_and_records_in_period import RecordSpan
from overt.site.site import Site


class DateMessages(NamedTuple):
    """The messages for a beginning or an end for which a source gives a date."""

    known: str
    """The message for a date that is a single day, month or year. Its placeholder is `date`."""
    between: str
    """The message for a date that is only known to be between two days. Its placeholders are `first` and `last`."""


BEGAN = DateMessages(N_("Began: %(date)s."), N_("Began between %(first)s and %(last)s."))
_ENDED = DateMessages(N_("Ended: %(date)s."), N_("Ended between %(first)s and %(last)s."))
_IN_PLACE = {"certainly": N_("certainly"), "possibly": N_("possibly"), "not": N_("not in place")}
_ONLY_TWICE = N_("In place by %(first)s and on %(last)s; no source here gives a beginning or an end.")
_TWICE = N_("In place by %(first)s and on %(last)s.")


def in_place_label(site: Site, answer: str) -> str:
    """Return the label for the answer to whether a record was in place: `certainly`, `possibly` or `not`."""
    return site.gettext(_IN_PLACE[answer])


def span_sentences(
    site: Site,
    span: RecordSpan | None,
    *,
    begun: DateMessages = BEGAN,
    newest: str = "",
    has_answers: bool = False,
    beginning: str = "",
    stated_day: str = "",
    confirmed: str = "",
    stated: tuple[str | None, str | None] = (None, None),
) -> list[str]:
    """Return sentences about a record's beginning and end; an empty list if `span` is None, as for records that don't last.

    - `begun`: the messages for a beginning for which a source gives a date.
    - `newest`: the date of the newest document about the record, if it is newer than the last confirmation that the record was
      in place.
    - `has_answers`: whether statements about the record are on record. These can announce an end, so the sentences then don't
      say that no source gives one.
    - `beginning`: a sentence on the beginning, to use instead of one made from the span.
    - `stated_day`: the day of the record's status, if the page already states it. The sentences then don't repeat it.
    - `confirmed`: the date (EDTF) on which the record was last confirmed, as precise as published. By default, it is the day in
      the span.
    - `stated`: the dates (EDTF) on record for the beginning and the end. If one is uncertain or approximate, the sentences give
      it as the page does elsewhere, such as `about 21 May 2025`, and not as the days that it can mean.
    """
    if span is None:
        return []
    if not span.begun:
        return [_not_begun(site, span)]
    ended, last_known = bool(span.end_latest), confirmed or span.confirmed or ""
    if _is_seen_once(span, newest, beginning, has_answers=has_answers):
        sentences = [_seen_once(site, span, stated_day)]
    elif _is_seen_twice(span, newest, beginning):
        message = _TWICE if has_answers else _ONLY_TWICE
        first, last = site.formats.date(span.begin_latest), site.formats.date(last_known)
        sentences = [site.gettext(message, first=first, last=last)]
    else:
        end = _end(site, span, stated[1]) if ended else _confirmed(site, span, last_known, newest, has_answers=has_answers)
        sentences = [beginning or _begin(site, span, begun, stated[0]), end]
    if span.planned_end:
        when, day = site.formats.date(span.planned_end), site.formats.date(span.planned_end_as_of)
        with_day = site.gettext("Planned to end: %(date)s, as of %(day)s.", date=when, day=day)
        sentences.append(with_day if day else site.gettext("Planned to end: %(date)s.", date=when))
    if span.stale and not newest:
        sentences.append(site.gettext("No newer source here confirms it."))
    return [sentence for sentence in sentences if sentence]


def _is_seen_once(span: RecordSpan, newest: str, beginning: str, *, has_answers: bool) -> bool:
    """Return whether all that is known of a record's duration is one day, month or year in which it was in place."""
    bounded = span.begin_earliest or span.end_latest or newest or beginning or has_answers
    return not bounded and bool(span.begin_latest) and (span.confirmed or "") <= (span.begin_latest or "")


def _is_seen_twice(span: RecordSpan, newest: str, beginning: str) -> bool:
    """Return whether all that is known of a record's duration is two days on which it was in place."""
    bounded = span.begin_earliest or span.end_latest or newest or beginning
    return not bounded and bool(span.begin_latest and span.confirmed) and (span.begin_latest or "") < (span.confirmed or "")


def _seen_once(site: Site, span: RecordSpan, stated_day: str) -> str:
    if stated_day and (span.begin_latest or "").startswith(stated_day):
        return site.gettext("No source here says since when, or until when.")
    return site.gettext(
        "In place by %(date)s; no source here says since when, or until when.", date=site.formats.date(span.begin_latest)
    )


def date_text(first: str, last: str) -> str:
    """Return the days from `first` to `last` as EDTF: a day, a complete month, a complete year, or an interval."""
    if first == last:
        return first
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    following = end + timedelta(days=1)
    if begin.day == 1 and following.day == 1 and (begin.year, begin.month) == (end.year, end.month):
        return first[:7]
    if (begin.month, begin.day, end.month, end.day) == (1, 1, 12, 31) and begin.year == end.year:
        return first[:4]
    return f"{first}/{last}"


def _not_begun(site: Site, span: RecordSpan) -> str:
    if span.not_begun == "given-up":
        return site.gettext("It was given up, and no source here says that it began.")
    if span.planned:
        when, day = site.formats.date(span.planned), site.formats.date(span.planned_as_of)
        with_day = site.gettext("Planned for %(date)s, as of %(day)s.", date=when, day=day)
        return with_day if day else site.gettext("Planned for %(date)s.", date=when)
    if span.status_as_of:
        return site.gettext(
            "Planned, as of %(day)s; no source here says that it began.", day=site.formats.date(span.status_as_of)
        )
    return site.gettext("Planned; no source here says that it began.")


def _dated(site: Site, messages: DateMessages, first: str, last: str, stated: str | None) -> str:
    """Return a sentence on an event between the days `first` and `last`.

    If these are the bounds of a month or year, the sentence gives only the month or year. If they are all the days that the
    uncertain or approximate date `stated` (EDTF) can mean, it gives that date.
    """
    text = stated if stated and _means(stated, first, last) else date_text(first, last)
    if "/" not in text:
        return site.gettext(messages.known, date=site.formats.date(text))
    begin, end = (first[:4], last[:7]) if first.endswith("-01-01") and first[:4] < last[:4] else (first, last)
    return site.gettext(messages.between, first=site.formats.date(begin), last=site.formats.date(end))


def _means(text: str, first: str, last: str) -> bool:
    """Return whether a single date (EDTF) is uncertain or approximate, and can mean exactly the days from `first` to `last`."""
    is_vague = "/" not in text and any(mark in text for mark in "?~%")
    return is_vague and date_limits(text) == (date.fromisoformat(first), date.fromisoformat(last))


def _begin(site: Site, span: RecordSpan, begun: DateMessages, stated: str | None) -> str:
    if span.begin_earliest and span.begin_latest:
        return _dated(site, begun, span.begin_earliest, span.begin_latest, stated)
    if span.rules[1] in ("in-place", "done") and not (span.status_as_of or span.confirmed):
        # In this case, `begin_latest` is only the day on which the source was retrieved, which is of no use to readers.
        return site.gettext("A source without a date says that it was in place; none says since when.")
    if span.begin_latest:
        return site.gettext("In place by %(date)s; no source here says since when.", date=site.formats.date(span.begin_latest))
    if span.begin_earliest:
        # The date may be that of a reported start, so the sentence doesn't say that no source shows the record in place.
        return site.gettext(
            "Not before %(date)s; no source here says when it began.", date=site.formats.date(span.begin_earliest)
        )
    return site.gettext("No source here says when it began.")


def _end(site: Site, span: RecordSpan, stated: str | None) -> str:
    if span.end_earliest and span.end_latest and span.rules[3] == "date":
        return _dated(site, _ENDED, span.end_earliest, span.end_latest, stated)
    return site.gettext("Over by %(date)s.", date=site.formats.date(span.end_latest))


def _confirmed(site: Site, span: RecordSpan, last_known: str, newest: str, *, has_answers: bool) -> str:
    is_later = span.confirmed and not (span.begin_latest and span.confirmed < span.begin_latest)
    if span.confirmed and newest:
        words = site.gettext(
            "Last date on record of its use: %(date)s. Newest document about it: %(newest)s.",
            date=site.formats.date(last_known),
            newest=site.formats.date(newest),
        )
    elif is_later and has_answers:
        return site.gettext("Last confirmed: %(date)s.", date=site.formats.date(last_known))
    elif is_later:
        return site.gettext("Last confirmed: %(date)s; no source here gives an end.", date=site.formats.date(last_known))
    else:
        words = ""
    no_end = "" if has_answers else site.gettext("No source here gives an end.")
    return site.language.gap.join(part for part in (words, no_end) if part)
