"""Sentences about when a record was in place."""

from datetime import date, timedelta

from markupsafe import escape

from overt.language.language import N_
from overt.queries.as_of.record_spans import RecordSpan
from overt.site.site import Site

BEGAN = N_("Began: %(date)s.")
"""The sentence on a beginning whose date a source gives."""
_IN_PLACE = {"certainly": N_("certainly"), "possibly": N_("possibly"), "not": N_("not in place")}


def in_place_label(site: Site, answer: str) -> str:
    """Return the label of an in-place answer: certainly, possibly or not in place."""
    return site.gettext(_IN_PLACE[answer])


def span_sentences(site: Site, span: RecordSpan | None, *, begun: str = BEGAN, newest: str = "", speakers: str = "") -> list[str]:
    """Return sentences about a record's beginning and end; an empty list for records that don't last.

    `begun`: the message for a beginning whose date a source gives. `newest`: the date of the newest document about the record, if
    that is newer than what confirms that it was in place. `speakers`: who made the statements that its page lists, as text or
    markup; the sentences point to them, because such a statement can announce an end.
    """
    if span is None:
        return []
    if not span.begun:
        return [_not_begun(site, span)]
    ended = bool(span.end_latest)
    sentences = [_begin(site, span, begun), _end(site, span) if ended else _confirmed(site, span, newest, speakers)]
    if span.planned_end:
        when, day = site.formats.date(span.planned_end), site.formats.date(span.planned_end_as_of)
        with_day = site.gettext("Planned to end: %(date)s, as of %(day)s.", date=when, day=day)
        sentences.append(with_day if day else site.gettext("Planned to end: %(date)s.", date=when))
    if span.stale and not newest:
        sentences.append(site.gettext("No newer source confirms it."))
    return [sentence for sentence in sentences if sentence]


def date_text(first: str, last: str) -> str:
    """Return the days from `first` to `last` as EDTF: one day, a month or year if they are all its days, or an interval."""
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
        return site.gettext("It was given up, and no source says that it began.")
    if span.planned:
        when, day = site.formats.date(span.planned), site.formats.date(span.planned_as_of)
        with_day = site.gettext("Planned for %(date)s, as of %(day)s.", date=when, day=day)
        return with_day if day else site.gettext("Planned for %(date)s.", date=when)
    if span.status_as_of:
        return site.gettext("Planned, as of %(day)s; no source says that it began.", day=site.formats.date(span.status_as_of))
    return site.gettext("Planned; no source says that it began.")


def _begin(site: Site, span: RecordSpan, begun: str) -> str:
    if span.begin_earliest and span.begin_latest:
        return site.gettext(begun, date=site.formats.date(date_text(span.begin_earliest, span.begin_latest)))
    if span.rules[1] in ("in-place", "done") and not (span.status_as_of or span.confirmed):
        # The bound is then only the day on which the source was retrieved, which tells readers nothing.
        return site.gettext("A source without a date says that it was in place; none says since when.")
    if span.begin_latest:
        return site.gettext("In place by %(date)s; no source says since when.", date=site.formats.date(span.begin_latest))
    if span.begin_earliest:
        return site.gettext(
            "Not before %(date)s; no source shows that it was ever in place.", date=site.formats.date(span.begin_earliest)
        )
    return site.gettext("No source says when it began.")


def _end(site: Site, span: RecordSpan) -> str:
    if span.end_earliest and span.end_latest and span.rules[3] == "date":
        return site.gettext("Ended: %(date)s.", date=site.formats.date(date_text(span.end_earliest, span.end_latest)))
    return site.gettext("Over by %(date)s.", date=site.formats.date(span.end_latest))


def _confirmed(site: Site, span: RecordSpan, newest: str, speakers: str) -> str:
    if speakers:
        last = ""
        if span.confirmed and newest:
            last = site.gettext(
                "Last date on record of its use: %(date)s. Newest document about it: %(newest)s.",
                date=site.formats.date(span.confirmed),
                newest=site.formats.date(newest),
            )
        elif span.confirmed and not (span.begin_latest and span.confirmed < span.begin_latest):
            last = site.gettext("Last confirmed: %(date)s.", date=site.formats.date(span.confirmed))
        pointer = site.markup("No source confirms an end; see the statements below, by %(names)s.", names=speakers)
        return escape(site.language.gap).join([last, pointer] if last else [pointer])
    if span.confirmed and newest:
        return site.gettext(
            "Last date on record of its use: %(date)s. Newest document about it: %(newest)s. No source gives an end.",
            date=site.formats.date(span.confirmed),
            newest=site.formats.date(newest),
        )
    if span.confirmed and not (span.begin_latest and span.confirmed < span.begin_latest):
        return site.gettext("Last confirmed: %(date)s; no source gives an end.", date=site.formats.date(span.confirmed))
    return site.gettext("No source gives an end.")
