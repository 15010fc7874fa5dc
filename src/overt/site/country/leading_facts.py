"""The first sentences of a country's page: its gravest reported restriction, and what its systems are for."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.language.language import N_, NN_
from overt.language.mid_sentence import upper_first
from overt.model.values.date_comparison import first_day
from overt.queries.rows.records import Record
from overt.site.blocked.affected_service_names import is_plural, listed_services, service_names
from overt.site.blocking_sentences import event_words, has_sentence, is_around_event, known_end, restriction_sentence
from overt.site.country.documented_projects import DocumentedProject
from overt.site.country.system_table import in_table
from overt.site.organization.system_and_country_texts import system_count
from overt.site.sentence_parts import join, record_mark, text_link
from overt.site.site import Site

_GRAVITY = {"shutdown": 20.0, "blocking": 3.0, "throttling": 1.0}
"""Weight of a day of a restriction, by its kind."""
_OTHER_GRAVITY = 0.5
_OPEN_DAYS = 30
"""Minimum number of days that count for a restriction whose end no source gives."""
_MOST_DAYS = 730
_FADING = 0.8
"""Factor by which the weight of a restriction falls with each year since it ended or, without a known end, was last reported."""
_MOST_SOURCES = 3
_RECENT_YEARS = 2
"""Restrictions that ended or, without a known end, were reported in the last years before the edition come before older ones."""
_WIDE = ("nationwide", "most-of-the-country")
"""Scopes of restrictions for which a sentence may speak of the whole country."""
_DAYS_A_MONTH = 30.44
_BLOCKED_FOR = NN_(
    "%(names)s was blocked for %(months)s months (%(period)s).", "%(names)s were blocked for %(months)s months (%(period)s)."
)
_BLOCKED = NN_("%(names)s was blocked (%(period)s).", "%(names)s were blocked (%(period)s).")
_BLOCKED_FROM = NN_(
    "%(names)s was blocked from %(start)s; no source reports an end.",
    "%(names)s were blocked from %(start)s; no source reports an end.",
)
_AROUND_EVENT = NN_(
    "%(names)s was blocked around %(event)s (%(start)s); the end is not reported.",
    "%(names)s were blocked around %(event)s (%(start)s); the end is not reported.",
)
_PURPOSES = {
    ("filtering",): N_("%(n)s to filter or block traffic"),
    ("spyware",): N_("%(n)s to break into phones or computers"),
    ("interception",): N_("%(n)s to intercept communications"),
    ("digital-forensics",): N_("%(n)s to copy what is on devices"),
    ("social-media-surveillance",): N_("%(n)s to watch social media"),
    ("facial-recognition",): N_("%(n)s to recognise faces"),
    ("smart-city", "video-surveillance"): N_("%(n)s to watch places with cameras or sensors"),
    ("digital-identity",): N_("%(n)s to identify people"),
    ("smart-policing", "police-it"): N_("%(n)s for police or security data"),
    (): N_("%(n)s for surveillance of other kinds"),
}
"""What systems are for, by their kinds. A system counts only in the first group that has one of its kinds."""


class LeadingFact(NamedTuple):
    """The sentence on the gravest restriction, and the id of its record."""

    sentence: Markup
    restriction: str


def gravest_restriction(site: Site, restrictions: Sequence[Record], reported: Mapping[str, str]) -> LeadingFact | None:
    """Return the gravest of a country's reported restrictions; None if there is no sentence for any of them.

    Those of the last `_RECENT_YEARS` come before older ones. The weight of a restriction depends on its kind. It grows with the
    square roots of its length in days and of its number of independent sources, and falls with the years since. Restrictions
    without a date or without named services are left out, but not shutdowns of most of the country. So are those of a part of
    the country. `reported`: the dates (EDTF) of the newest reports by restriction, for those without a known end: until then, a
    restriction lasted, unless it was around an event.
    """
    today = date.fromisoformat(site.words.meta["manifest"]["date"])
    weighed = [
        (_years_between(last, today) <= _RECENT_YEARS, weight, row.id, row)
        for row in restrictions
        if has_sentence(row) and _names(site, row)
        if (last := _last_known_day(row, reported.get(row.id, ""))) and (weight := _weight(row, last, today))
    ]
    if not weighed:
        return None
    *_, identity, row = max(weighed, key=lambda entry: entry[:3])
    sentence = escape(_sentence(site, row, reported.get(identity, ""))) + record_mark(site, "restriction", identity, row.voices)
    return LeadingFact(sentence, identity)


def _weight(row: Record, last: date, today: date) -> float:
    """Return the weight of a restriction that lasted at least until `last`; 0 if its beginning is unknown.

    One without a known end that was reported again in the last years before the edition counts until the edition.
    """
    begin = _day(row.value("start"))
    if begin is None:
        return 0
    is_open = not known_end(row)
    until = today if is_open and last > begin and _years_between(last, today) <= _RECENT_YEARS else last
    days = max((until - begin).days, _OPEN_DAYS if is_open else 1)
    gravity = _GRAVITY.get(row.value("kind") or "", _OTHER_GRAVITY)
    fading = math.pow(_FADING, _years_between(last, today))
    return gravity * math.sqrt(min(days, _MOST_DAYS) * min(row.voices, _MOST_SOURCES)) * fading


def _last_known_day(row: Record, reported: str) -> date | None:
    """Return the day on which a restriction ended or, without a known end, was last reported or began; None without a date.

    For one around an event (`is_around_event`), the newest report doesn't count.
    """
    begin, newest = _day(row.value("start")), _day(reported)
    if (end := _day(known_end(row))) or is_around_event(row, reported):
        return end or begin
    return max((day for day in (begin, newest) if day), default=None)


def _years_between(last: date, today: date) -> float:
    """Return the years between two days; 0 if the first is the later one."""
    return max(0, (today - last).days) / 365


def _day(text: str | None) -> date | None:
    """Return the first day of a date with a known year, approximate or not; None for an interval or an unknown date."""
    return first_day(text) if text and not {"/", "X"} & {*text} else None


def _names(site: Site, row: Record) -> list[str]:
    """Return what the sentence on a restriction names: the services or, for a shutdown of most of the country, the internet.

    Empty if there is no sentence: for a part of the country, for a shutdown of named services or of unknown scope, or for
    several services that are restricted but not blocked.
    """
    names, scope = service_names(site, row), row.value("scope")
    if scope not in _WIDE and (scope or row.value("area")):
        return []
    if row.value("kind") == "shutdown":
        return [site.gettext("The internet")] if scope in _WIDE and not names else []
    return names if row.value("kind") == "blocking" or not is_plural(row) else []


def _sentence(site: Site, row: Record, reported: str) -> str:
    """Return the sentence on a restriction. `reported`: the date (EDTF) of the newest report on it, empty if unknown."""
    if row.value("kind") != "blocking":
        return restriction_sentence(site.language, site.words, upper_first(site.language, _names(site, row)[0]), row, reported)
    start, end, number = row.value("start") or "", known_end(row), 2 if is_plural(row) else 1
    values = {"names": upper_first(site.language, listed_services(site, row)), "start": site.formats.date(start)}
    if is_around_event(row, reported):
        return site.ngettext(*_AROUND_EVENT, number, **values, event=event_words(site.language, site.words, row))
    if not end:
        return site.ngettext(*_BLOCKED_FROM, number, **values)
    begin, last = _day(start), _day(end)
    months = round((last - begin).days / _DAYS_A_MONTH) if begin and last and len(start) > 4 and len(end) > 4 else 0
    values |= {"period": site.formats.period(start, end), "months": site.formats.number(months)}
    return site.ngettext(*(_BLOCKED_FOR if months > 1 else _BLOCKED), number, **values)


def systems_sentence(site: Site, code: str, systems: Sequence[DocumentedProject]) -> Markup | None:
    """Return a sentence on how many counted surveillance and censorship systems a country has, and what they are for.

    None if it has none.
    """
    counted = [system for system in in_table(site, systems) if system.counts]
    if not counted:
        return None
    count = text_link(site.url(f"/country/{code}#systems"), system_count(site, counted))
    groups = Counter(next(kinds for kinds in _PURPOSES if not kinds or {*kinds} & {*system.kinds}) for system in counted)
    parts = [
        escape(site.gettext(words, n=site.formats.number(groups[kinds]))) for kinds, words in _PURPOSES.items() if groups[kinds]
    ]
    return site.language.nmarkup(
        "%(count)s is on record: %(purposes)s.", "%(count)s are on record: %(purposes)s.",
        len(counted), count=count, purposes=join(site, parts),
    )  # fmt: skip
