"""Sentences on the countries that restrict a platform: how many in all, what recent reports say, and what only older ones say."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import N_, NN_
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.sentence_parts import text_link
from overt.site.platform.country_states import EARLIER, ENDED, EVENT, RECENT, SLOWED_EARLIER, THROTTLED, CountryState
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
_NONE_RECENT = N_("No report on these is of the last 12 months.")
_OLDER = NN_(
    "%(n)s has only %(reports)s, not confirmed since: %(countries)s.",
    "%(n)s have only %(reports)s, not confirmed since: %(countries)s.",
)
_OTHER_OLDER = NN_(
    "The other has only %(reports)s, not confirmed since: %(countries)s.",
    "The other %(n)s have only %(reports)s, not confirmed since: %(countries)s.",
)
_MANY_OTHER_OLDER = N_("The other %(n)s have only %(reports)s, not confirmed since, among them %(countries)s.")
_MANY_OLDER = N_("%(n)s have only %(reports)s, not confirmed since, among them %(countries)s.")
_EVENTS = NN_(
    "%(n)s of these %(all)s was blocked around exams, elections or protests.",
    "%(n)s of these %(all)s were blocked around exams, elections or protests.",
)
_ONLY_EVENTS = NN_("This was around exams, elections or protests.", "All %(n)s were blocked around exams, elections or protests.")
_OLDER_REPORTS, _UNDATED_REPORTS, _OLDER_OR_UNDATED = N_("older reports"), N_("undated reports"), N_("older or undated reports")
_AGES = ((RECENT, THROTTLED), (EARLIER, EVENT, SLOWED_EARLIER))
"""The states without a reported end: with a recent report, and without one."""
_NAMED = 3
"""Maximum number of countries named if only older reports say that they block or throttle a platform."""
_LONG_AGO = 10
"""Countries whose newest report is more than this many years older than recent ones are named last."""
_YEAR, _MONTH = len("2026"), len("2026-11")


def country_sentences(
    site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str]
) -> list[Markup]:
    """Return paragraphs on the countries that block or throttle a platform; none if all of them have a reported end.

    The first says in how many countries it was ever cut and in how many no end is reported, and names those with a recent report,
    with the beginning. The second is on those without one: it names up to three, so that whoever reads no further doesn't take
    them for free of blocks, and says how many were blocked around exams, elections or protests.
    `grouped`: from `by_state`; `since`: the first day (ISO) of recent reports; `ranked`: codes of countries, those with the most
    restrictions of any service first.
    """
    recent, older = ([row for state in states for row in grouped.get(state, ())] for states in _AGES)
    total = len(recent) + len(older) + len(grouped.get(ENDED, ()))
    if not recent and not older:
        return []
    nmarkup = site.language.nmarkup
    unended = len(recent) + len(older)
    ends = nmarkup(*(_NO_END_AT_ALL if unended == total else _NO_END), unended)
    first = site.markup(_TOTAL_AND_ENDS, total=nmarkup(*_TOTAL[_what(grouped)], total, name=name), ends=ends)
    second = site.markup(_RECENT, countries=_since(site, recent)) if recent else site.markup(_NONE_RECENT)
    paragraphs = [join_sentences(site, first, second)]
    if older:
        paragraphs.append(_older_reports(site, older, _most_restrictive(older, since, ranked), after_recent=bool(recent)))
    return paragraphs


def _what(grouped: Mapping[str, Sequence[CountryState]]) -> str:
    """Return which messages fit: `blocks`, `throttling`, or `both`, also if ended restrictions can be of either kind."""
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
    """Return a paragraph on countries without a recent report.

    `named`: those to name if there are many; `after_recent`: whether a sentence on countries with a recent one comes before.
    """
    words = {"reports": _reports(site, countries), "countries": _list(site, named)}
    if len(countries) > _NAMED:
        sentence = site.markup(_MANY_OTHER_OLDER if after_recent else _MANY_OLDER, n=len(countries), **words)
    else:
        sentence = site.language.nmarkup(*(_OTHER_OLDER if after_recent else _OLDER), len(countries), **words)
    events = sum(row.state == EVENT for row in countries)
    if not events:
        return sentence
    nmarkup = site.language.nmarkup
    if events == len(countries):
        return join_sentences(site, sentence, nmarkup(*_ONLY_EVENTS, events))
    return join_sentences(site, sentence, nmarkup(*_EVENTS, events, all=len(countries)))


def _most_restrictive(countries: Sequence[CountryState], since: str, ranked: Sequence[str]) -> list[CountryState]:
    """Return up to three countries, those with the most restrictions first, and those last reported very long ago last."""
    order = {code: rank for rank, code in enumerate(ranked)}
    long_ago = f"{int(since[:4]) - _LONG_AGO:04}"
    return sorted(countries, key=lambda row: (row.reported < long_ago, order.get(row.code, len(order))))[:_NAMED]


def _by_name(site: Site, countries: Sequence[CountryState]) -> list[tuple[CountryState, Markup]]:
    """Return countries in alphabetical order, each with its link."""
    names = {country.code: site.words.area(country.code) for country in countries}
    ordered = sorted(countries, key=lambda country: sort_key(names[country.code]))
    return [(country, text_link(site.url(f"/country/{country.code}"), names[country.code])) for country in ordered]


def _list(site: Site, countries: Sequence[CountryState]) -> Markup:
    """Return links to countries, each with the year of its newest report in brackets."""
    parts = []
    for country, link in _by_name(site, countries):
        date = site.formats.date(country.reported[:_YEAR]) if country.reported else site.gettext("undated")
        parts.append(str(site.markup("%(country)s (%(date)s)", country=link, date=date)))
    return Markup(site.language.join(parts))  # noqa: S704 (the parts are markup already)


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
        parts.append(str(site.markup(message, country=link, date=date)))
    return Markup(site.language.join(parts))  # noqa: S704 (the parts are markup already)
