"""Sentences on the countries that restrict a platform: all of them if they are few, otherwise how many, and recent reports."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import N_, NN_
from overt.site.country.briefing_texts import join_sentences
from overt.site.platform.country_states import EARLIER, ENDED, EVENT, RECENT, SLOWED_EARLIER, THROTTLED, CountryState
from overt.site.sentence_parts import text_link
from overt.site.site import Site

_TOTAL = {
    "blocks": NN_(
        "%(name)s was reported blocked in %(n)s country at some time",
        "%(name)s was reported blocked in %(n)s countries at some time",
    ),
    "throttling": NN_(
        "%(name)s was reported throttled in %(n)s country at some time",
        "%(name)s was reported throttled in %(n)s countries at some time",
    ),
    "both": NN_(
        "%(name)s was reported blocked or throttled in %(n)s country at some time",
        "%(name)s was reported blocked or throttled in %(n)s countries at some time",
    ),
}
_NO_END = NN_("for %(n)s of them, no end is reported", "for %(n)s of them, no end is reported")
_NO_END_AT_ALL = NN_("no end is reported", "no end is reported for any of them")
_TOTAL_AND_ENDS = N_("%(total)s; %(ends)s.")
_RECENT = N_("Reports of the last 12 months are on %(countries)s.")
_MANY_OTHER_OLDER = N_("For the other %(n)s, there are only %(reports)s, as on %(countries)s.")
_MANY_OLDER = N_("For these %(n)s, there are only %(reports)s, as on %(countries)s.")
_EVENTS = NN_(
    "%(n)s of these %(all)s was blocked around exams, elections or protests.",
    "%(n)s of these %(all)s were blocked around exams, elections or protests.",
)
_OLDER_REPORTS, _UNDATED_REPORTS, _OLDER_OR_UNDATED = N_("older reports"), N_("undated reports"), N_("older or undated reports")
_BLOCKED = N_("%(name)s was reported blocked in %(countries)s, and no end is reported.")
_BLOCKED_RECENTLY = N_("Reports of the last 12 months say that %(name)s is blocked in %(countries)s.")
_BLOCKED_EARLIER = N_("Older reports, with no end reported, are on blocks in %(countries)s.")
_SLOWED = N_("%(name)s was reported throttled, that is, slowed down, in %(countries)s, and no end is reported.")
_ONLY_SLOWED = N_("It was only throttled, that is, slowed down, in %(countries)s, and no end is reported.")
_SLOWED_RECENTLY = N_("Reports of the last 12 months say that %(name)s is throttled, that is, slowed down, in %(countries)s.")
_ALL_ENDED = {
    "blocks": N_("Blocks ended in %(countries)s."),
    "throttling": N_("Throttling ended in %(countries)s."),
    "both": N_("Blocks or throttling ended in %(countries)s."),
}
_AROUND_EVENTS = N_("Around exams, elections or protests: %(countries)s.")
_AGES = ((RECENT, THROTTLED), (EARLIER, EVENT, SLOWED_EARLIER))
"""The states without a reported end: with a recent report, and without one."""
MAX_NAMED = 12
"""Maximum number of countries for which the answer names all of them, with years."""
_EXAMPLES = 3
"""Number of countries named if more than `MAX_NAMED` block or throttle a platform and only older reports say so."""
_LONG_AGO = 10
"""Countries whose newest report is more than this many years older than recent ones are named last."""
_MONTH = len("2026-11")
_YEAR = re.compile(r"\d{4}")


def country_sentences(
    site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str]
) -> list[Markup]:
    """Return paragraphs on the countries that block or throttle a platform; none if all of them have a reported end.

    Up to `MAX_NAMED` countries are all named with their years, blocks and throttling separately. Of more, the first paragraph
    says in how many countries it was ever cut and in how many no end is reported, and names those with a recent report, with the
    beginning; the second is on those without one: it names three, so that whoever reads no further doesn't take them for free of
    blocks, and says how many were blocked around exams, elections or protests.
    `grouped`: from `by_state`; `since`: the first day (ISO) of recent reports; `ranked`: codes of countries, those with the most
    restrictions of any service first.
    """
    recent, older = ([row for state in states for row in grouped.get(state, ())] for states in _AGES)
    total = len(recent) + len(older) + len(grouped.get(ENDED, ()))
    if not recent and not older:
        return []
    if total <= MAX_NAMED:
        return _all_named(site, name, grouped)
    nmarkup = site.language.nmarkup
    unended = len(recent) + len(older)
    ends = nmarkup(*(_NO_END_AT_ALL if unended == total else _NO_END), unended)
    first = site.markup(_TOTAL_AND_ENDS, total=nmarkup(*_TOTAL[_what(grouped)], total, name=name), ends=ends)
    second = site.markup(_RECENT, countries=_since(site, recent)) if recent else ""
    paragraphs = [join_sentences(site, first, second)]
    if older:
        paragraphs.append(_older_reports(site, older, _most_restrictive(older, since, ranked), after_recent=bool(recent)))
    return paragraphs


def _all_named(site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]]) -> list[Markup]:
    """Return the answer for few countries, each of them named with its years. A second paragraph has the ends and the events."""
    recent, older = grouped.get(RECENT, ()), [*grouped.get(EARLIER, ()), *grouped.get(EVENT, ())]
    parts = [
        (_BLOCKED_RECENTLY, recent),
        (_BLOCKED_EARLIER if recent else _BLOCKED, older),
        (_SLOWED_RECENTLY, grouped.get(THROTTLED, ())),
        (_ONLY_SLOWED if recent or older else _SLOWED, grouped.get(SLOWED_EARLIER, ())),
    ]
    open_cuts = [site.markup(words, name=name, countries=_with_years(site, rows)) for words, rows in parts if rows]
    rest = list[Markup]()
    if ended := grouped.get(ENDED, ()):
        rest.append(site.markup(_ALL_ENDED[_what({ENDED: ended})], countries=_with_years(site, ended)))
    if events := grouped.get(EVENT, ()):
        rest.append(site.markup(_AROUND_EVENTS, countries=_joined(site, [link for _, link in _by_name(site, events)])))
    return [join_sentences(site, *open_cuts), *([join_sentences(site, *rest)] if rest else [])]


def _what(grouped: Mapping[str, Sequence[CountryState]]) -> str:
    """Return the key of the messages that fit: `blocks`, `throttling` or `both`. Ended restrictions count with the others."""
    slowed = any(grouped.get(state) for state in (THROTTLED, SLOWED_EARLIER))
    blocked = any(grouped.get(state) for state in (RECENT, EARLIER, EVENT))
    kinds = {fact.value for row in grouped.get(ENDED, ()) for fact in row.row.record.shown("kind")}
    slowed, blocked = slowed or "throttling" in kinds, blocked or bool(kinds - {"throttling"})
    return "both" if blocked and slowed else "throttling" if slowed else "blocks"


def _reports(site: Site, countries: Sequence[CountryState]) -> str:
    """Return the words for the newest reports on countries without a recent one: older, undated, or both."""
    dated = [bool(country.reported) for country in countries]
    return site.gettext(_OLDER_REPORTS if all(dated) else _OLDER_OR_UNDATED if any(dated) else _UNDATED_REPORTS)


def _older_reports(site: Site, countries: Sequence[CountryState], named: Sequence[CountryState], *, after_recent: bool) -> Markup:
    """Return a paragraph on many countries without a recent report.

    `named`: those to name; `after_recent`: whether a sentence on countries with a recent one comes before.
    """
    message = _MANY_OTHER_OLDER if after_recent else _MANY_OLDER
    sentence = site.markup(
        message, n=len(countries), reports=_reports(site, countries), countries=_with_years(site, named, measure=True)
    )
    events = sum(row.state == EVENT for row in countries)
    if not events:
        return sentence
    return join_sentences(site, sentence, site.language.nmarkup(*_EVENTS, events, all=len(countries)))


def _most_restrictive(countries: Sequence[CountryState], since: str, ranked: Sequence[str]) -> list[CountryState]:
    """Return up to three countries, those with the most restrictions first, and those last reported very long ago last."""
    order = {code: rank for rank, code in enumerate(ranked)}
    long_ago = f"{int(since[:4]) - _LONG_AGO:04}"
    return sorted(countries, key=lambda row: (row.reported < long_ago, order.get(row.code, len(order))))[:_EXAMPLES]


def _by_name(site: Site, countries: Sequence[CountryState]) -> list[tuple[CountryState, Markup]]:
    """Return countries in alphabetical order, each with its link."""
    names = {country.code: site.words.area(country.code) for country in countries}
    ordered = sorted(countries, key=lambda country: sort_key(names[country.code]))
    return [(country, text_link(site.url(f"/country/{country.code}"), names[country.code])) for country in ordered]


def _with_years(site: Site, countries: Sequence[CountryState], *, measure: bool = False) -> Markup:
    """Return links to countries, each with the years of its restriction in brackets.

    These are the year in which it began and, if it ended, that of its end; without either, the year of the newest report.
    `measure`: whether the brackets also say whether it is blocked or throttled, if they have the year in which it began.
    """
    parts = []
    for country, link in _by_name(site, countries):
        words = _years(site, country)
        if measure and _began(country):
            slowed = country.state == SLOWED_EARLIER
            words = site.gettext(N_("throttled %(years)s") if slowed else N_("blocked %(years)s"), years=words)
        parts.append(site.markup("%(country)s (%(date)s)", country=link, date=words))
    return _joined(site, parts)


def _years(site: Site, country: CountryState) -> str:
    """Return the years of a restriction in words: `from 2021`, `2016 to 2018`, or `report of 2023` without a beginning."""
    start, end = (_YEAR.search(country.row.record.value(name) or "") for name in ("start", "end"))
    if country.state == ENDED and end:
        return site.formats.period(start[0], end[0]) if start and start[0] != end[0] else end[0]
    if start and _began(country):
        return site.gettext("from %(year)s", year=start[0])
    reported = _YEAR.search(country.reported)
    return site.gettext("report of %(year)s", year=reported[0]) if reported else site.gettext("undated")


def _began(country: CountryState) -> bool:
    """Return whether a source gives the beginning of a restriction, and not only a day by which it had begun."""
    start = country.row.record.value("start") or ""
    return bool(start) and not start.startswith(("../", "/"))


def _joined(site: Site, parts: Sequence[Markup]) -> Markup:
    return Markup(site.language.join([str(part) for part in parts]))  # noqa: S704 (the parts are markup already)


def _since(site: Site, countries: Sequence[CountryState]) -> Markup:
    """Return links to countries, each with the beginning of its restriction or, if none is known, the month of its report."""
    parts = []
    for country, link in _by_name(site, countries):
        start = country.row.record.value("start") or ""
        slowed = country.state == THROTTLED
        if start and "/" not in start:
            message = N_("%(country)s (throttled since %(date)s)") if slowed else N_("%(country)s (blocked since %(date)s)")
            date = site.formats.date(start)
        else:
            message = (
                N_("%(country)s (throttled; report of %(date)s)") if slowed else N_("%(country)s (blocked; report of %(date)s)")
            )
            date = site.formats.date(country.reported[:_MONTH])
        parts.append(site.markup(message, country=link, date=date))
    return _joined(site, parts)
