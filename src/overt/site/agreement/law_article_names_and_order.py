"""The names of articles of laws on pages, and their order."""

import re

from overt.language.language import N_
from overt.queries.rows.records import Record
from overt.site.site import Site

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(r"\d+|[零〇一二两三四五六七八九十百千]+")
_CHINESE_ARTICLE = re.compile(rf"第({_NUMBER.pattern})条(?:之({_NUMBER.pattern}))?")
_BARE_NUMBERS = re.compile(r"(?P<numbers>\d[^ ]*(?:, \d[^ ]*)*)(?: \((?P<law>.+)\))?")
"""Matches numbers without the word for an article, as in `26–27`, `11, 22` and `10.6 (149-FZ)`."""
_NAMED = re.compile(
    r"(?P<kind>[A-Z][a-z]+(?: Article)?) (?P<numbers>\d[^ ]*(?:(?:,| and) \d[^ ]*)*)(?: \((?:Law )?(?P<law>.+)\))?"
)
"""Matches names such as `Section 14`, `Sections 9 and 11`, `Rule 8 (2009)` and `Additional Article 4 (Law 5651)`."""
_BETWEEN_NUMBERS = re.compile(r",? and |, ")
_LAW_NUMBER = re.compile(r"\d+[\d/-]*")
_KINDS = {
    "Article": N_("Article %(number)s"),
    "Articles": N_("Articles %(number)s"),
    "Additional Article": N_("Additional Article %(number)s"),
    "Section": N_("Section %(number)s"),
    "Sections": N_("Sections %(number)s"),
    "Rule": N_("Rule %(number)s"),
    "Regulation": N_("Regulation %(number)s"),
}
"""Names of articles by the word before the number."""


def article_order(article: str) -> tuple[int, ...]:
    """Return the numbers of an article as a sort key; articles without a number come last.

    The key is (41,) for `Article 41a` and `第四十一条`, and (41, 2) for `第四十一条之二`.
    """
    return tuple(_value_of(text) for text in _NUMBER.findall(article)) or (10**6,)


def _value_of(text: str) -> int:
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = 10 * digit + _DIGITS[character]
    return total + digit


def _numbers(site: Site, text: str) -> str:
    """Translate the commas and the “and” of numbers such as `9, 11 and 12` into the site's language."""
    numbers = _BETWEEN_NUMBERS.split(text)
    return site.language.join(numbers) if " and " in text else site.language.comma.join(numbers)


def article_name(site: Site, provision: Record) -> str:
    """Return an article's name as in the law, with “Article” before a bare number; empty if no source names it.

    On English pages, the number of a Chinese article is in digits. On Chinese pages, English names are translated. The name of
    an article in another law includes that law's number, as in “Additional Article 4 of Law 5651”.
    """
    article = provision.value("article")
    if not article:
        return ""
    if site.language.code == "en" and (match := _CHINESE_ARTICLE.fullmatch(article)):
        number = "-".join(str(_value_of(text)) for text in match.groups() if text)
        return site.gettext("Article %(number)s", number=number)
    if match := _BARE_NUMBERS.fullmatch(article):
        several = re.search(r"[–,]", match["numbers"])
        words = site.gettext(_KINDS["Articles" if several else "Article"], number=_numbers(site, match["numbers"]))
        return site.gettext("%(article)s (%(law)s)", article=words, law=match["law"]) if match["law"] else words
    if not (match := _NAMED.fullmatch(article)) or match["kind"] not in _KINDS:
        return article
    words = site.gettext(_KINDS[match["kind"]], number=_numbers(site, match["numbers"]))
    if match["law"] and f"(Law {match['law']})" in article and _LAW_NUMBER.fullmatch(match["law"]):
        return site.gettext("%(article)s of Law %(number)s", article=words, number=match["law"])
    return site.gettext("%(article)s (%(law)s)", article=words, law=match["law"]) if match["law"] else words
