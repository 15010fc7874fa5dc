"""Sentences on the countries that restrict a platform: where recent reports say so, and where only older ones do."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import N_, NN_
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.sentence_parts import text_link
from overt.site.platform.country_states import EARLIER, OPEN, RECENT, THROTTLED, CountryState
from overt.site.site import Site

_BLOCKED = NN_(
    "Reports dated within 12 months of this edition said that %(name)s was blocked in %(n)s country: %(countries)s.",
    "Reports dated within 12 months of this edition said that %(name)s was blocked in %(n)s countries: %(countries)s.",
)
_THROTTLED = NN_(
    "They said that it was throttled in %(n)s country: %(countries)s.",
    "They said that it was throttled in %(n)s countries: %(countries)s.",
)
_THROTTLED_ONLY = NN_(
    "Reports dated within 12 months of this edition said that %(name)s was throttled in %(n)s country: %(countries)s.",
    "Reports dated within 12 months of this edition said that %(name)s was throttled in %(n)s countries: %(countries)s.",
)
_OLDER = NN_(
    "%(reports)s said that it was blocked in %(n)s country: %(countries)s.",
    "%(reports)s said that it was blocked in %(n)s countries: %(countries)s.",
)
_OLDER_TOO = NN_(
    "%(reports)s said that it was blocked in %(n)s more country: %(countries)s.",
    "%(reports)s said that it was blocked in %(n)s more countries: %(countries)s.",
)
_MANY_OLDER = N_("%(reports)s said that it was blocked in %(n)s countries, among them %(countries)s.")
_MANY_OLDER_TOO = N_("%(reports)s said that it was blocked in %(n)s more countries, among them %(countries)s.")
_OLDER_THROTTLED = NN_(
    "%(reports)s said that it was only throttled in %(n)s country: %(countries)s.",
    "%(reports)s said that it was only throttled in %(n)s countries: %(countries)s.",
)
_MANY_OLDER_THROTTLED = N_("%(reports)s said that it was only throttled in %(n)s countries, among them %(countries)s.")
_NO_END = {
    "blocks": NN_(
        "No report says that the block in this country has ended.",
        "No report says that the blocks in these %(n)s countries have ended.",
    ),
    "throttling": NN_(
        "No report says that the throttling in this country has ended.",
        "No report says that the throttling in these %(n)s countries has ended.",
    ),
    "both": NN_(
        "No report says that the block or throttling in this country has ended.",
        "No report says that the blocks or throttling in these %(n)s countries have ended.",
    ),
}
_OLDER_REPORTS, _UNDATED_REPORTS, _OLDER_OR_UNDATED = N_("Older reports"), N_("Undated reports"), N_("Older or undated reports")
_NO_NEWER = NN_(
    "On the older one, this edition has no newer report.", "On the %(n)s older ones, this edition has no newer report."
)
_NO_DATED = NN_(
    "On the one with an undated report, this edition has no dated one.",
    "On the %(n)s with undated reports, this edition has no dated ones.",
)
_NO_NEWER_OR_DATED = N_("On the %(n)s with older or undated reports, this edition has no newer one.")
_NAMED = 3
"""Maximum number of countries named if only older reports say that they block or throttle a platform."""
_LONG_AGO = 10
"""Countries whose newest report is more than this many years older than recent ones are named last."""
_YEAR, _MONTH = len("2026"), len("2026-11")


def country_sentences(
    site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str, ranked: Sequence[str]
) -> list[Markup]:
    """Return sentences on the countries without a reported end, recent reports first; none without such a country.

    Each named country has the date of its newest report: the month if it is recent, otherwise the year. The first paragraph also
    names up to three countries with older reports only, so that whoever reads no further doesn't take them for free of blocks.
    The second says that no end is reported, and on how many countries there is no newer report.
    `grouped`: from `by_state`; `since`: the first day (ISO) of recent reports; `ranked`: codes of countries, those with the most
    restrictions of any service first.
    """
    blocked = list(grouped.get(RECENT, ()))
    throttled = [country for country in grouped.get(THROTTLED, ()) if country.reported >= since]
    older = [country for country in grouped.get(EARLIER, ()) if country.reported < since]
    older_throttled = [country for country in grouped.get(THROTTLED, ()) if country.reported < since]
    sentences = []
    nmarkup = site.language.nmarkup
    if blocked:
        sentences.append(nmarkup(*_BLOCKED, len(blocked), name=name, countries=_list(site, blocked, _MONTH)))
    if throttled:
        messages = _THROTTLED if blocked else _THROTTLED_ONLY
        sentences.append(nmarkup(*messages, len(throttled), name=name, countries=_list(site, throttled, _MONTH)))
    if not sentences and any(grouped.get(state) for state in OPEN):
        sentences.append(
            site.markup(
                "No report dated within 12 months of this edition said that %(name)s was blocked without a known end.", name=name
            )
        )
    if older:
        more = bool(blocked or throttled)
        few, many = (_OLDER_TOO, _MANY_OLDER_TOO) if more else (_OLDER, _MANY_OLDER)
        sentences.append(_older_reports(site, older, few, many, _most_restrictive(older, since, ranked)))
    if older_throttled:
        named = _most_restrictive(older_throttled, since, ranked)
        sentences.append(_older_reports(site, older_throttled, _OLDER_THROTTLED, _MANY_OLDER_THROTTLED, named))
    if not sentences:
        return []
    paragraphs = [join_sentences(site, *sentences)]
    blocks, slowed = len(blocked) + len(older), len(throttled) + len(older_throttled)
    what = "both" if blocks and slowed else "throttling" if slowed else "blocks"
    end = [nmarkup(*_NO_END[what], blocks + slowed)]
    if outdated := [*older, *older_throttled]:
        dated, n = {bool(country.reported) for country in outdated}, len(outdated)
        if len(dated) > 1:
            end.append(site.markup(_NO_NEWER_OR_DATED, n=n))
        else:
            end.append(nmarkup(*(_NO_NEWER if True in dated else _NO_DATED), n))
    return [*paragraphs, join_sentences(site, *end)]


def _reports(site: Site, countries: Sequence[CountryState]) -> str:
    """Return how a sentence calls the newest reports on countries without a recent one, by whether they have dates."""
    dated = [bool(country.reported) for country in countries]
    return site.gettext(_OLDER_REPORTS if all(dated) else _OLDER_OR_UNDATED if any(dated) else _UNDATED_REPORTS)


def _older_reports(
    site: Site, countries: Sequence[CountryState], few: tuple[str, str], many: str, named: Sequence[CountryState]
) -> Markup:
    """Return a sentence on countries without a recent report. `few`: the messages that name all of them; `many`: only `named`."""
    words = {"reports": _reports(site, countries), "countries": _list(site, named, _YEAR)}
    if len(countries) > _NAMED:
        return site.markup(many, n=len(countries), **words)
    return site.language.nmarkup(*few, len(countries), **words)


def _most_restrictive(countries: Sequence[CountryState], since: str, ranked: Sequence[str]) -> list[CountryState]:
    """Return up to three countries, those with the most restrictions first, and those last reported very long ago last."""
    order = {code: rank for rank, code in enumerate(ranked)}
    long_ago = f"{int(since[:4]) - _LONG_AGO:04}"
    return sorted(countries, key=lambda row: (row.reported < long_ago, order.get(row.code, len(order))))[:_NAMED]


def _list(site: Site, countries: Sequence[CountryState], precision: int) -> Markup:
    """Return links to countries in alphabetical order, each with the date of its newest report in brackets.

    `precision`: how much of the ISO date to write, in characters.
    """
    names = {country.code: site.words.area(country.code) for country in countries}
    parts = []
    for country in sorted(countries, key=lambda country: sort_key(names[country.code])):
        link = text_link(site.url(f"/country/{country.code}"), names[country.code])
        date = site.formats.date(country.reported[:precision]) if country.reported else site.gettext("undated")
        parts.append(str(site.markup("%(country)s (%(date)s)", country=link, date=date)))
    return Markup(site.language.join(parts))  # noqa: S704 (the parts are markup already)
