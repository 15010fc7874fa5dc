"""Sentences on the countries that restrict a platform: where recent reports say so, and where only older ones do."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.site.country.sentence_parts import text_link
from overt.site.platform.country_states import EARLIER, OPEN, RECENT, THROTTLED, CountryState
from overt.site.site import Site

_BLOCKED = NN_(
    "Reports of the last 12 months say that %(name)s is blocked in %(n)s country: %(countries)s.",
    "Reports of the last 12 months say that %(name)s is blocked in %(n)s countries: %(countries)s.",
)
_THROTTLED = NN_(
    "They say that it is throttled in %(n)s country: %(countries)s.",
    "They say that it is throttled in %(n)s countries: %(countries)s.",
)
_THROTTLED_ONLY = NN_(
    "Reports of the last 12 months say that %(name)s is throttled in %(n)s country: %(countries)s.",
    "Reports of the last 12 months say that %(name)s is throttled in %(n)s countries: %(countries)s.",
)
_OLDER = NN_(
    "In %(n)s more country the newest report of a block or slowdown is older (%(years)s). No source reports an end, and none "
    "says since then that it goes on.",
    "In %(n)s more countries the newest report of a block or slowdown is older (%(years)s). No source reports an end, and none "
    "says since then that it goes on.",
)


def country_sentences(site: Site, name: str, grouped: Mapping[str, Sequence[CountryState]], since: str) -> list[Markup]:
    """Return sentences on the countries without a reported end, recent reports first; none without such a country.

    `grouped`: from `by_state`; `since`: the first day of recent reports.
    """
    blocked = list(grouped.get(RECENT, ()))
    throttled = [country for country in grouped.get(THROTTLED, ()) if country.reported >= since]
    older = [
        country
        for country in (*grouped.get(EARLIER, ()), *grouped.get(THROTTLED, ()))
        if country.reported < since
    ]  # fmt: skip
    sentences = []
    nmarkup = site.language.nmarkup
    if blocked:
        sentences.append(nmarkup(*_BLOCKED, len(blocked), name=name, countries=_list(site, blocked)))
    if throttled:
        messages = _THROTTLED if blocked else _THROTTLED_ONLY
        sentence = nmarkup(*messages, len(throttled), name=name, countries=_list(site, throttled))
        sentences = [sentences[0] + site.language.gap + sentence] if sentences else [sentence]
    if not sentences and any(grouped.get(state) for state in OPEN):
        sentences.append(site.markup("No report of the last 12 months says that %(name)s is blocked in a country.", name=name))
    if older:
        sentences.append(nmarkup(*_OLDER, len(older), years=_years(site, older)))
    return sentences


def _years(site: Site, countries: Sequence[CountryState]) -> str:
    """Return the years of the newest reports on countries, and how many have no dated report."""
    years = sorted(country.reported[:4] for country in countries if country.reported)
    undated = len(countries) - len(years)
    parts = [site.formats.period(years[0], years[-1])] if years else []
    if undated:
        parts.append(site.ngettext("%(n)s undated", "%(n)s undated", undated))
    return site.language.comma.join(parts)


def _list(site: Site, countries: Sequence[CountryState]) -> Markup:
    """Return links to countries in alphabetical order."""
    names = {country.code: site.words.area(country.code) for country in countries}
    ordered = sorted(names, key=lambda code: sort_key(names[code]))
    links = [str(text_link(site.url(f"/country/{code}"), names[code])) for code in ordered]
    return Markup(site.language.join(links))  # noqa: S704 (the parts are markup already)
