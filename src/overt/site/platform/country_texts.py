"""Sentences on the countries that restrict a platform: how many block it, where it ended, and when the rest was last reported."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from overt.language.language import NN_
from overt.site.blocking_sentences import affects_whole, known_end
from overt.site.country.sentence_parts import text_link
from overt.site.platform.restriction_rows import CountryGroups, Restrictions
from overt.site.site import Site

_RECENT_YEARS = 3
"""Number of years, up to that of the newest report, that have countries of their own. Older reports are one group."""
_MORE = {
    "ended": NN_("In %(n)s it ended: %(countries)s.", "In %(n)s it ended: %(countries)s."),
    "withdrawn": NN_(
        "In %(n)s more, its operator withdrew it: %(countries)s.", "In %(n)s more, its operator withdrew it: %(countries)s."
    ),
    "partly": NN_(
        "In %(n)s more, only a part is or was restricted, such as calls or app stores: %(countries)s.",
        "In %(n)s more, only a part is or was restricted, such as calls or app stores: %(countries)s.",
    ),
    "devices": NN_(
        "In %(n)s more, it is or was banned on official devices only: %(countries)s.",
        "In %(n)s more, it is or was banned on official devices only: %(countries)s.",
    ),
}


def last_reported(restrictions: Restrictions) -> dict[str, str]:
    """Return the date (EDTF) of the newest document on a lasting block or slowdown of the whole platform, by country.

    It is empty for a country without a dated document.
    """
    newest: dict[str, str] = {}
    for row in restrictions.rows:
        country = row.record.value("country")
        if country and affects_whole(row.record) and not known_end(row.record):
            dates = [document.value("published") or "" for document in row.documents]
            newest[country] = max([newest.get(country, ""), *dates])
    return newest


def country_sentences(site: Site, name: str, restrictions: Restrictions, groups: CountryGroups) -> list[Markup]:
    """Return sentences on the countries that restrict a platform; none if fewer than two block or throttle all of it."""
    cut = [*groups.lasting, *groups.ended]
    if len(cut) < 2:
        return []
    sentences = [_how_many(site, name, restrictions, cut)]
    if groups.lasting:
        sentences.append(_lasting(site, groups.lasting, last_reported(restrictions)))
    for group, messages in _MORE.items():
        if codes := getattr(groups, group):
            sentences.append(site.language.nmarkup(*messages, len(codes), countries=_list(site, codes)))
    return sentences


def _how_many(site: Site, name: str, restrictions: Restrictions, cut: Sequence[str]) -> Markup:
    """Return a sentence on how many countries block a platform, and how many only throttle it."""
    blocking = {
        row.record.value("country")
        for row in restrictions.rows
        if affects_whole(row.record) and any(fact.value != "throttling" for fact in row.record.shown("kind"))
    }
    throttled = sum(code not in blocking for code in cut)
    if not throttled:
        return site.markup("Sources report that %(name)s is or was blocked in %(n)s countries.", name=name, n=len(cut))
    if throttled == len(cut):
        return site.markup("Sources report that %(name)s is or was throttled in %(n)s countries.", name=name, n=len(cut))
    return site.language.nmarkup(
        "Sources report that %(name)s is or was blocked in %(blocked)s and only throttled in %(n)s more: %(all)s in all.",
        "Sources report that %(name)s is or was blocked in %(blocked)s and only throttled in %(n)s more: %(all)s in all.",
        throttled,
        name=name,
        blocked=site.ngettext("%(n)s country", "%(n)s countries", len(cut) - throttled),
        all=site.formats.number(len(cut)),
    )


def _lasting(site: Site, codes: Sequence[str], reported: Mapping[str, str]) -> Markup:
    """Return sentences on the countries without a reported end, grouped by the year of the newest report if any has a date."""
    newest = max((_year(date) for date in reported.values() if date), default=0)
    if not newest:
        return site.language.nmarkup(
            "In %(n)s of them, no source reports an end: %(countries)s.",
            "In %(n)s of them, no source reports an end: %(countries)s.",
            len(codes),
            countries=_list(site, codes),
        )

    def period(code: str) -> int:
        year = _year(reported.get(code, ""))
        return year if not year or year > newest - _RECENT_YEARS else 1

    groups = []
    for year, group in groupby(sorted(codes, key=lambda code: (-period(code), codes.index(code))), key=period):
        before = site.gettext("before %(year)s", year=str(newest - _RECENT_YEARS + 1))
        when = site.formats.date(str(year)) if year > 1 else before if year else site.gettext("undated")
        groups.append(site.markup("%(when)s (%(countries)s)", when=when, countries=_list(site, list(group))))
    return site.language.nmarkup(
        "In %(n)s of them, no source reports an end. Last reports: %(groups)s.",
        "In %(n)s of them, no source reports an end. Last reports: %(groups)s.",
        len(codes),
        groups=escape(site.language.comma).join(groups),
    )


def _year(date: str) -> int:
    digits = date.lstrip("./[{")[:4]
    return int(digits) if digits.isdigit() else 0


def _list(site: Site, codes: Sequence[str]) -> Markup:
    links = [str(text_link(site.url(f"/country/{code}"), site.words.area(code))) for code in codes]
    return Markup(site.language.join(links))  # noqa: S704 (the parts are markup already)
