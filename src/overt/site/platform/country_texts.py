"""Sentences on the countries that restrict a platform: how many block it, where it ended, and when the rest was last reported."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.site.blocking_sentences import affects_whole, known_end
from overt.site.country.sentence_parts import text_link
from overt.site.platform.restriction_rows import CountryGroups, Restrictions
from overt.site.site import Site

_RECENT_YEARS = 3
"""Number of years, up to that of the newest report, that have countries of their own. Older reports are one group."""
_MORE = {
    "ended": NN_("In %(n)s country it ended: %(countries)s.", "In %(n)s countries it ended: %(countries)s."),
    "withdrawn": NN_(
        "In %(n)s country its operator withdrew it: %(countries)s.", "In %(n)s countries its operator withdrew it: %(countries)s."
    ),
    "partly": NN_(
        "In %(n)s country only a part is or was restricted, such as calls or app stores: %(countries)s.",
        "In %(n)s countries only a part is or was restricted, such as calls or app stores: %(countries)s.",
    ),
    "devices": NN_(
        "In %(n)s more, it is or was banned on official devices only: %(countries)s.",
        "In %(n)s more, it is or was banned on official devices only: %(countries)s.",
    ),
}
_PARTS = {
    "blocked": NN_("blocked in %(n)s", "blocked in %(n)s"),
    "throttled": NN_("only throttled in %(n)s (%(countries)s)", "only throttled in %(n)s (%(countries)s)"),
    "partly": NN_("restricted only in part in %(n)s", "restricted only in part in %(n)s"),
    "withdrawn": NN_("withdrawn by its operator in %(n)s", "withdrawn by its operator in %(n)s"),
}
"""Parts of the sentence on how many countries restrict a platform. Together they add up to its number."""


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
    if len(groups.lasting) + len(groups.ended) < 2:
        return []
    sentences = [_how_many(site, name, restrictions, groups)]
    if groups.lasting:
        sentences.append(_lasting(site, groups.lasting, last_reported(restrictions)))
    for group, messages in _MORE.items():
        if codes := getattr(groups, group):
            sentences.append(site.language.nmarkup(*messages, len(codes), countries=_list(site, codes)))
    return sentences


def first_recent_year(reported: Mapping[str, str]) -> int:
    """Return the first of the years that count as recent, for the dates of `last_reported`; 0 if none has a date."""
    newest = max((_year(date) for date in reported.values() if date), default=0)
    return newest - _RECENT_YEARS + 1 if newest else 0


def recently_reported(codes: Sequence[str], reported: Mapping[str, str]) -> list[str]:
    """Return the countries whose last report, as in `last_reported`, is of a recent year."""
    first = first_recent_year(reported)
    return [code for code in codes if first and _year(reported.get(code, "")) >= first]


def _how_many(site: Site, name: str, restrictions: Restrictions, groups: CountryGroups) -> Markup:
    """Return a sentence on how many countries restrict a platform; its parts add up, bans on official devices apart."""
    blocking = {
        row.record.value("country")
        for row in restrictions.rows
        if affects_whole(row.record) and any(fact.value != "throttling" for fact in row.record.shown("kind"))
    }
    cut = [*groups.lasting, *groups.ended]
    parts = {
        "blocked": [code for code in cut if code in blocking],
        "throttled": [code for code in cut if code not in blocking],
        "partly": groups.partly,
        "withdrawn": groups.withdrawn,
    }
    filled = {part: codes for part, codes in parts.items() if codes}
    if list(filled) == ["blocked"]:
        return site.markup("Sources report that %(name)s is or was blocked in %(n)s countries.", name=name, n=len(cut))
    if list(filled) == ["throttled"]:
        return site.markup("Sources report that %(name)s is or was throttled in %(n)s countries.", name=name, n=len(cut))
    words = [
        str(site.language.nmarkup(*_PARTS[part], len(codes), countries=_list(site, codes))) for part, codes in filled.items()
    ]
    return site.markup(
        "Sources report that %(name)s is or was restricted in %(n)s countries: %(parts)s.",
        name=name,
        n=sum(map(len, filled.values())),
        parts=Markup(site.language.join(words)),  # noqa: S704 (the parts are markup already)
    )


def _lasting(site: Site, codes: Sequence[str], reported: Mapping[str, str]) -> Markup:
    """Return sentences on the countries without a reported end, grouped by the year of the newest report if any has a date."""
    recent = first_recent_year(reported)
    if not recent:
        return site.language.nmarkup(
            "In %(n)s country no source reports an end: %(countries)s.",
            "In %(n)s countries no source reports an end: %(countries)s.",
            len(codes),
            countries=_list(site, codes),
        )

    def period(code: str) -> int:
        year = _year(reported.get(code, ""))
        return year if not year or year >= recent else 1

    groups = []
    for year, group in groupby(sorted(codes, key=lambda code: (-period(code), codes.index(code))), key=period):
        before = site.gettext("before %(year)s", year=str(recent))
        when = site.formats.date(str(year)) if year > 1 else before if year else site.gettext("undated")
        groups.append(site.markup("%(when)s (%(countries)s)", when=when, countries=_list(site, list(group))))
    return site.language.nmarkup(
        "In %(n)s country no source reports an end. Last reports: %(groups)s.",
        "In %(n)s countries no source reports an end. Last reports: %(groups)s.",
        len(codes),
        groups=escape(site.language.comma).join(groups),
    )


def _year(date: str) -> int:
    digits = date.lstrip("./[{")[:4]
    return int(digits) if digits.isdigit() else 0


def _list(site: Site, codes: Sequence[str]) -> Markup:
    """Return links to countries in alphabetical order."""
    names = {code: site.words.area(code) for code in codes}
    ordered = sorted(codes, key=lambda code: sort_key(names[code]))
    links = [str(text_link(site.url(f"/country/{code}"), names[code])) for code in ordered]
    return Markup(site.language.join(links))  # noqa: S704 (the parts are markup already)
