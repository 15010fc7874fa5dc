"""Sentences on the countries that restrict a platform. They name all countries if these are few, otherwise some."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.label_order import sort_key
from overt.site.platform import country_sentence_messages as messages
from overt.site.platform.restriction_state_by_country import (
    BEGAN,
    BLOCKED,
    EARLIER,
    ENDED,
    EVENT,
    OPEN,
    SLOWED_EARLIER,
    THROTTLED,
    CountryState,
)
from overt.site.report_ages import whole_years
from overt.site.restriction_facts import event_words, known_end
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

MAX_NAMED = 12
"""If a state has at most this many countries, the answer names all of them, with their newest reports."""
_ENDED_NAMED = 15
"""If at most this many countries have an ended restriction, they are named. A list further down the page has all of them."""
_EXAMPLES = 5
"""Number of countries to name if more than `MAX_NAMED` countries are in a state."""
_LONG_AGO = 10
"""If a country's newest report is more than this many years older than recent reports, the country is named last."""
_MONTH = len("2026-11")
_YEAR = re.compile(r"\d{4}")


def country_sentences(
    site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str]
) -> list[Markup]:
    """Return paragraphs on the countries that block or throttle a platform; an empty list if all of them have a reported end.

    The first paragraph names the countries in an `OPEN` state, state by state: those with recent reports come first. If a state
    has more than `MAX_NAMED` countries, the paragraph names `_EXAMPLES` and gives the number of the others. The second
    paragraph is on restrictions that don't count as in force: those reported only when they began, those around exams,
    elections or protests, with the occasion, and those that ended. If no country is in an `OPEN` state, the first paragraph
    only gives a total. The numbers match the key. Each country without a reported end is followed by the month of its newest
    report.

    `grouped`: from `by_state`; `since`: the first day (ISO) of recent reports; `ranked`: codes of countries, those with the
    most restrictions of any service first.
    """
    unended = [row for state in OPEN for row in grouped.get(state, ())]
    doubtful = [row for state in (BEGAN, EVENT) for row in grouped.get(state, ())]
    if not unended and not doubtful:
        return []
    first = _in_force(site, name, grouped, since, ranked)
    if not first:
        total = len(doubtful) + len(grouped.get(ENDED, ()))
        first = [site.language.nmarkup(*messages.TOTAL[_what(grouped)], total, name=name)]
    else:
        first.append(escape(site.gettext(messages.IN_BRACKETS)))
    rest = _further(site, grouped, since, ranked, more=bool(unended))
    if not unended:
        rest.insert(0, escape(site.gettext(messages.IN_BRACKETS)))
    return [join_sentences(site, *first), *([join_sentences(site, *rest)] if rest else [])]


def leads_with_age(grouped: Mapping[str, Sequence[CountryState]]) -> bool:
    """Return whether the first sentence gives the age of the reports: every block has a dated report, but none a recent one."""
    return [state for state in BLOCKED if grouped.get(state)] == [EARLIER] and not _any_undated(grouped[EARLIER])


def years_old(site: Site, reported: str) -> int:
    """Return the minimum number of full years between a report and the edition. `reported`: the report's date (EDTF)."""
    return whole_years(reported, site.words.meta["manifest"]["date"])


def _in_force(
    site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str]
) -> list[Markup]:
    """Return the sentences on countries in an `OPEN` state, each with the month of its newest report."""
    blocked = [(state, rows) for state in BLOCKED if (rows := grouped.get(state, ()))]
    total = sum(len(rows) for _, rows in blocked)
    sentences = list[Markup]()
    if [state for state, _ in blocked] == [EARLIER]:
        countries = _named(site, blocked[0][1], since, ranked)
        if leads_with_age(grouped):
            age = _age(site, [years_old(site, row.reported) for row in blocked[0][1]])
            sentences.append(site.language.nmarkup(*messages.LAST_BLOCKED, total, name=name, countries=countries, age=age))
        else:
            sentences.append(site.language.nmarkup(*messages.BLOCKED, total, name=name, countries=countries))
    elif blocked:
        sentences.append(site.language.nmarkup(*messages.BLOCKED_IN, total, name=name))
        for state, rows in blocked:
            countries = _named(site, rows, since, ranked)
            words = messages.OLD_OR_UNDATED if state == EARLIER and _any_undated(rows) else messages.CONFIRMED[state]
            sentences.append(
                site.language.nmarkup(*(words if len(blocked) > 1 else messages.BY_REPORTS), len(rows), countries=countries)
            )
    for state, slowed in (
        (THROTTLED, messages.SLOWED_RECENTLY),
        (SLOWED_EARLIER, messages.ONLY_SLOWED if blocked else messages.SLOWED),
    ):
        if rows := grouped.get(state, ()):
            sentences.append(site.markup(slowed, name=name, countries=_named(site, rows, since, ranked)))
    return sentences


def _age(site: Site, years: Sequence[int]) -> str:
    """Return the ages of reports in words, such as “5 to 7 years”."""
    low, high = max(1, min(years)), max(1, *years)
    return site.ngettext(*messages.YEARS, low) if low == high else site.gettext(messages.YEARS_BETWEEN, low=low, high=high)


def _any_undated(rows: Sequence[CountryState]) -> bool:
    return any(not row.reported for row in rows)


def _named(site: Site, rows: Sequence[CountryState], since: str, ranked: Sequence[str]) -> Markup:
    """Return the countries of a state with their newest reports. If there are more than `MAX_NAMED`, only some are named."""
    named = rows if len(rows) <= MAX_NAMED else _most_restrictive(rows, since, ranked)
    countries = _with_reports(site, named)
    if more := len(rows) - len(named):
        countries.append(site.language.nmarkup(*messages.MORE, more))
    return join(site, countries)


def _further(
    site: Site, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str], *, more: bool
) -> list[Markup]:
    """Return sentences with the numbers of countries in states that aren't `OPEN`. Countries without an end are also named.

    Countries in which the restriction ended are named if there are at most `_ENDED_NAMED`. `more`: whether the sentences follow
    some on countries in an `OPEN` state.
    """
    sentences = list[Markup]()
    if rows := grouped.get(BEGAN, ()):
        words = messages.MORE_BEGAN if more else messages.BEGAN
        sentences.append(site.language.nmarkup(*words, len(rows), countries=_named(site, rows, since, ranked)))
        more = True
    if rows := grouped.get(EVENT, ()):
        words = messages.MORE_EVENTS if more else messages.EVENTS
        sentences.append(site.language.nmarkup(*words, len(rows), occasions=_occasions(site, rows, since, ranked)))
        sentences.append(site.language.nmarkup(*messages.NOT_LASTING, len(rows)))
    if ended := grouped.get(ENDED, ()):
        named = len(ended) <= _ENDED_NAMED
        countries = join(site, _with_ends(site, ended)) if named else Markup()
        sentences.append(
            site.language.nmarkup(*(messages.ENDED_IN if named else messages.ENDED), len(ended), countries=countries)
        )
    for state, words in messages.ELSEWHERE.items():
        if rows := grouped.get(state, ()):
            sentences.append(site.language.nmarkup(*words, len(rows)))
    return sentences


def _occasions(site: Site, rows: Sequence[CountryState], since: str, ranked: Sequence[str]) -> Markup:
    """Return the occasions of restrictions with their countries, most frequent first.

    If there are more than `MAX_NAMED` countries, return all occasions together.
    """
    if len(rows) > MAX_NAMED:
        return site.markup(messages.ANY_OCCASION, countries=_named(site, rows, since, ranked))
    by_event = dict[str, list[CountryState]]()
    for row in rows:
        by_event.setdefault(event_words(site.language, site.words, row.row.record), []).append(row)
    ordered = sorted(by_event.items(), key=lambda item: (-len(item[1]), item[0]))
    parts = [site.markup(messages.OCCASION, event=event, countries=join(site, _with_reports(site, of))) for event, of in ordered]
    return escape(site.gettext("; ")).join(parts)


def _what(grouped: Mapping[str, Sequence[CountryState]]) -> str:
    """Return whether the restrictions were blocks, throttling or both, as a key of `messages.TOTAL`.

    Restrictions that ended, were around events, or were reported only when they began count, too.
    """
    slowed = any(grouped.get(state) for state in (THROTTLED, SLOWED_EARLIER))
    blocked = any(grouped.get(state) for state in BLOCKED)
    past = [*grouped.get(BEGAN, ()), *grouped.get(EVENT, ()), *grouped.get(ENDED, ())]
    kinds = {fact.value for row in past for fact in row.row.record.shown("kind")}
    slowed, blocked = slowed or "throttling" in kinds, blocked or bool(kinds - {"throttling"})
    return "both" if blocked and slowed else "throttling" if slowed else "blocks"


def _most_restrictive(countries: Sequence[CountryState], since: str, ranked: Sequence[str]) -> list[CountryState]:
    """Return at most `_EXAMPLES` countries, those with the most restrictions first.

    Countries whose newest report is more than `_LONG_AGO` years older than recent reports come last.
    """
    order = {code: rank for rank, code in enumerate(ranked)}
    long_ago = f"{int(since[:4]) - _LONG_AGO:04}"
    return sorted(countries, key=lambda row: (row.reported < long_ago, order.get(row.code, len(order))))[:_EXAMPLES]


def _by_name(site: Site, countries: Sequence[CountryState]) -> list[tuple[CountryState, Markup]]:
    """Return countries in alphabetical order, each with its link."""
    names = {country.code: site.words.area(country.code) for country in countries}
    ordered = sorted(countries, key=lambda country: sort_key(names[country.code]))
    return [(country, text_link(site.url(f"/country/{country.code}"), names[country.code])) for country in ordered]


def _with_reports(site: Site, countries: Sequence[CountryState]) -> list[Markup]:
    """Return links to countries, each followed by the month of its newest report, or by “undated”, in brackets."""
    return [
        site.markup(
            "%(country)s (%(date)s)", country=link, date=site.formats.date(country.reported[:_MONTH]) or site.gettext("undated")
        )
        for country, link in _by_name(site, countries)
    ]


def _with_ends(site: Site, countries: Sequence[CountryState]) -> list[Markup]:
    """Return links to countries, each with the year in which its restriction ended, if a source gives it."""
    parts = []
    for country, link in _by_name(site, countries):
        end = _YEAR.search(known_end(country.row.record) or "")
        parts.append(site.markup("%(country)s (until %(date)s)", country=link, date=end[0]) if end else link)
    return parts
