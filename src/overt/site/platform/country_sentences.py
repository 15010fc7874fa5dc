"""Sentences on the countries that restrict a platform: all of them if they are few, otherwise how many, and recent reports."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import N_
from overt.model.values.date_comparison import first_day, has_open_start, last_day
from overt.site.platform import country_sentence_messages as messages
from overt.site.platform.lasting_blocks import is_lasting, precedes_beginning
from overt.site.platform.restriction_state_by_country import (
    BLOCKED,
    EARLIER,
    ENDED,
    EVENT,
    OPEN,
    RECENT,
    SLOWED_EARLIER,
    THROTTLED,
    CountryState,
)
from overt.site.sentences.joined_parts import join_sentences
from overt.site.sentences.name_links import text_link
from overt.site.site import Site

MAX_NAMED = 12
"""Maximum number of countries for which the answer names all of them, with years."""
_EXAMPLES = 5
"""Number of countries to name if more than `MAX_NAMED` countries are in a state."""
_LONG_AGO = 10
"""Countries whose newest report is more than this many years older than recent ones are named last."""
_NEWEST = N_("These are reports, not today’s state: the newest is dated %(first)s.")
_MONTH = len("2026-11")
_YEAR = re.compile(r"\d{4}")


def country_sentences(
    site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str]
) -> list[Markup]:
    """Return paragraphs on the countries that block or throttle a platform; none if all of them have a reported end.

    The first names those without a reported end, state by state: first those with recent reports, with the day or year in which
    the restriction began, then those with older ones only, with the year of the newest. If more than `MAX_NAMED` are in one
    state, it names `_EXAMPLES` and counts the others. The second is on cuts around exams, elections or protests, which don't
    count as in force, and on those that ended. It names all these countries if the page has at most `MAX_NAMED`; otherwise, it
    gives their numbers, which match the key, and names those with cuts around events by the same rule as above.

    `grouped`: from `by_state`; `since`: the first day (ISO) of recent reports; `ranked`: codes of countries, those with the
    most restrictions of any service first.
    """
    unended = [row for state in OPEN for row in grouped.get(state, ())]
    events, ended = grouped.get(EVENT, ()), grouped.get(ENDED, ())
    if not unended and not events:
        return []
    few = len(unended) + len(events) + len(ended) <= MAX_NAMED
    first = _in_force(site, name, grouped, since, ranked)
    if not first:
        total = len(events) + len(ended)
        first = [site.language.nmarkup(*messages.TOTAL[_what(grouped)], total, name=name)]
    rest = _named_others(site, grouped) if few else _counted_others(site, grouped, since, ranked, more=bool(unended))
    return [join_sentences(site, *first), *([join_sentences(site, *rest)] if rest else [])]


def open_reports(site: Site, states: Sequence[CountryState]) -> str:
    """Return a caveat with the date of the newest report on countries in an `OPEN` state; empty if none of them has a date."""
    newest = max((row.reported for row in states if row.state in OPEN and row.reported), key=first_day, default="")
    return site.gettext(_NEWEST, first=site.formats.date(newest)) if newest else ""


def leads_with_age(grouped: Mapping[str, Sequence[CountryState]]) -> bool:
    """Return whether the first sentence gives the age of the reports, because all blocks have only older ones, all dated."""
    return [state for state in BLOCKED if grouped.get(state)] == [EARLIER] and not _any_undated(grouped[EARLIER])


def years_old(site: Site, reported: str) -> int:
    """Return how many full years a report is older than the edition, at least. `reported`: its date (EDTF)."""
    edition, last = date.fromisoformat(site.words.meta["manifest"]["date"]), last_day(reported)
    return max(0, edition.year - last.year - ((edition.month, edition.day) < (last.month, last.day)))


def _in_force(
    site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str]
) -> list[Markup]:
    """Return the sentences on countries in an `OPEN` state, each with the beginning of its restriction."""
    blocked = [(state, rows) for state in BLOCKED if (rows := grouped.get(state, ()))]
    total = sum(len(rows) for _, rows in blocked)
    sentences = list[Markup]()
    if [state for state, _ in blocked] == [EARLIER]:
        countries = _named(site, EARLIER, blocked[0][1], since, ranked)
        if leads_with_age(grouped):
            age = _age(site, [years_old(site, row.reported) for row in blocked[0][1]])
            sentences.append(site.language.nmarkup(*messages.LAST_BLOCKED, total, name=name, countries=countries, age=age))
        else:
            sentences.append(site.language.nmarkup(*messages.BLOCKED, total, name=name, countries=countries))
    elif blocked:
        sentences.append(site.language.nmarkup(*messages.BLOCKED_IN, total, name=name))
        for state, rows in blocked:
            countries = _named(site, state, rows, since, ranked, by_report=True)
            words = messages.OLD_OR_UNDATED if state == EARLIER and _any_undated(rows) else messages.CONFIRMED[state]
            sentences.append(
                site.language.nmarkup(*(words if len(blocked) > 1 else messages.BY_REPORTS), len(rows), countries=countries)
            )
    for state, slowed in (
        (THROTTLED, messages.SLOWED_RECENTLY),
        (SLOWED_EARLIER, messages.ONLY_SLOWED if blocked else messages.SLOWED),
    ):
        if rows := grouped.get(state, ()):
            sentences.append(site.markup(slowed, name=name, countries=_named(site, state, rows, since, ranked)))
    return sentences


def _age(site: Site, years: Sequence[int]) -> str:
    """Return the ages of reports in words, such as “5 to 7 years”."""
    low, high = max(1, min(years)), max(1, *years)
    return site.ngettext(*messages.YEARS, low) if low == high else site.gettext(messages.YEARS_BETWEEN, low=low, high=high)


def _any_undated(rows: Sequence[CountryState]) -> bool:
    return any(not row.reported for row in rows)


def _named(
    site: Site, state: str, rows: Sequence[CountryState], since: str, ranked: Sequence[str], *, by_report: bool = False
) -> Markup:
    """Return the countries of a state with dates. Of more than `MAX_NAMED`, `_EXAMPLES` are named and the others counted.

    `by_report`: whether those in the state `EARLIER` have the year of the newest report instead of the beginning, because the
    sentence calls these reports old.
    """
    named = rows if len(rows) <= MAX_NAMED else _most_restrictive(rows, since, ranked)
    if by_report and state == EARLIER:
        countries = _with_reports(site, named)
    else:
        countries = _with_dates(site, named) if state in (RECENT, THROTTLED) else _with_years(site, named)
    if more := len(rows) - len(named):
        countries.append(site.language.nmarkup(*messages.MORE, more))
    return _joined(site, countries)


def _named_others(site: Site, grouped: Mapping[str, Sequence[CountryState]]) -> list[Markup]:
    """Return sentences that name the countries with cuts around events and those with ended restrictions."""
    sentences = list[Markup]()
    if events := grouped.get(EVENT, ()):
        sentences.append(site.markup(messages.AROUND_EVENTS, countries=_joined(site, _with_years(site, events))))
    if ended := grouped.get(ENDED, ()):
        sentences.append(
            site.markup(messages.ALL_ENDED[_what({ENDED: ended})], countries=_joined(site, _with_years(site, ended)))
        )
    return sentences


def _counted_others(
    site: Site, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str], *, more: bool
) -> list[Markup]:
    """Return sentences with the numbers of countries in all states that aren't `OPEN`; those with cuts around events are named.

    `more`: whether sentences before them have countries in an `OPEN` state.
    """
    sentences = list[Markup]()
    for state, words in (
        {EVENT: messages.MORE_EVENTS if more else messages.EVENTS, ENDED: messages.ENDED} | messages.ELSEWHERE
    ).items():
        if rows := grouped.get(state, ()):
            countries = _named(site, state, rows, since, ranked) if state == EVENT else ""
            sentences.append(site.language.nmarkup(*words, len(rows), countries=countries))
    return sentences


def _what(grouped: Mapping[str, Sequence[CountryState]]) -> str:
    """Return the key of the messages that fit: `blocks`, `throttling` or `both`.

    Ended restrictions and those around events count, too.
    """
    slowed = any(grouped.get(state) for state in (THROTTLED, SLOWED_EARLIER))
    blocked = any(grouped.get(state) for state in BLOCKED)
    past = [*grouped.get(EVENT, ()), *grouped.get(ENDED, ())]
    kinds = {fact.value for row in past for fact in row.row.record.shown("kind")}
    slowed, blocked = slowed or "throttling" in kinds, blocked or bool(kinds - {"throttling"})
    return "both" if blocked and slowed else "throttling" if slowed else "blocks"


def _most_restrictive(countries: Sequence[CountryState], since: str, ranked: Sequence[str]) -> list[CountryState]:
    """Return at most `_EXAMPLES` countries, those with the most restrictions first.

    Countries whose newest report is more than `_LONG_AGO` years older than recent ones come last.
    """
    order = {code: rank for rank, code in enumerate(ranked)}
    long_ago = f"{int(since[:4]) - _LONG_AGO:04}"
    return sorted(countries, key=lambda row: (row.reported < long_ago, order.get(row.code, len(order))))[:_EXAMPLES]


def _by_name(site: Site, countries: Sequence[CountryState]) -> list[tuple[CountryState, Markup]]:
    """Return countries in alphabetical order, each with its link."""
    names = {country.code: site.words.area(country.code) for country in countries}
    ordered = sorted(countries, key=lambda country: sort_key(names[country.code]))
    return [(country, text_link(site.url(f"/country/{country.code}"), names[country.code])) for country in ordered]


def _with_years(site: Site, countries: Sequence[CountryState]) -> list[Markup]:
    """Return links to countries, each with the years of its restriction in brackets.

    These are the year in which it began and, if it ended, that of its end; without either, the year of the newest report.
    """
    return [
        site.markup("%(country)s (%(date)s)", country=link, date=_years(site, country))
        for country, link in _by_name(site, countries)
    ]


def _years(site: Site, country: CountryState) -> str:
    """Return the years of a restriction in words: `on record from 2021`, `2016 to 2018`, or `report of 2023` without a beginning.

    Cuts around events have only the year. Lasting blocks, and restrictions with only older reports, also have the month of the
    newest one.
    """
    start, end = (_YEAR.search(country.row.record.value(name) or "") for name in ("start", "end"))
    if country.state == ENDED and end:
        return site.formats.period(start[0], end[0]) if start and start[0] != end[0] else end[0]
    lasting = country.state in (RECENT, EARLIER) and is_lasting(country.row)
    older = lasting or country.state in (EARLIER, SLOWED_EARLIER)
    if older and country.reported and not precedes_beginning(country.row):
        report = site.formats.date(country.reported[:_MONTH])
        if start and _began(country):
            words = (
                N_("on record since %(year)s; last report %(date)s")
                if lasting
                else N_("on record from %(year)s; last report %(date)s")
            )
            return site.gettext(words, year=start[0], date=report)
        return site.gettext("last report %(date)s", date=report)
    if start and _began(country):
        if country.state == EVENT:
            return start[0]
        words = N_("announced for %(year)s") if precedes_beginning(country.row) else N_("on record from %(year)s")
        return site.gettext(words, year=start[0])
    reported = _YEAR.search(country.reported)
    return site.gettext("report of %(year)s", year=reported[0]) if reported else site.gettext("undated")


def _began(country: CountryState) -> bool:
    """Return whether a source gives the beginning of a restriction, and not only a day by which it had begun."""
    start = country.row.record.value("start") or ""
    return bool(start) and not has_open_start(start)


def _joined(site: Site, parts: Sequence[Markup]) -> Markup:
    return Markup(site.language.join([str(part) for part in parts]))  # noqa: S704 (the parts are markup already)


def _with_reports(site: Site, countries: Sequence[CountryState]) -> list[Markup]:
    """Return links to countries, each with the year of its newest report in brackets, or that it is undated.

    A block that reports show to have lasted also has its beginning.
    """
    return [
        site.markup("%(country)s (%(date)s)", country=link, date=_report(site, country))
        for country, link in _by_name(site, countries)
    ]


def _report(site: Site, country: CountryState) -> str:
    if is_lasting(country.row) and _began(country):
        return _years(site, country)
    reported = _YEAR.search(country.reported)
    return reported[0] if reported else site.gettext("undated")


def _with_dates(site: Site, countries: Sequence[CountryState]) -> list[Markup]:
    """Return links to countries, each with the beginning of its restriction or, if none is known, the month of its report.

    A block that reports show to have lasted has the year in which it began, and the month of its newest report.
    """
    parts = []
    for country, link in _by_name(site, countries):
        start = country.row.record.value("start") or ""
        if is_lasting(country.row):
            words = _years(site, country)
        elif start and "/" not in start:
            words = site.gettext("from %(date)s", date=site.formats.date(start))
        else:
            words = site.gettext("report of %(date)s", date=site.formats.date(country.reported[:_MONTH]))
        parts.append(site.markup("%(country)s (%(date)s)", country=link, date=words))
    return parts
