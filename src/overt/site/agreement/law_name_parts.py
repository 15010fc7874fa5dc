"""Splits the name of a law into its title and number, and converts years of the Buddhist era in the name."""

import re
from typing import NamedTuple

from overt.queries.rows.records import Record
from overt.site.site import Site

_NUMBERED = re.compile(r"(?P<kind>(?:[A-Z][\w-]+ ){1,4})(?P<number>No\. ?\S*\d\S*(?: of \d{4})?)(?P<rest> .+)")
"""Matches names such as `Decree No. 60 on measures` and `Cybersecurity Law No. 1/2025 (Myanmar)`."""
_NUMBER_BEHIND = re.compile(r"(?P<plain>[^()]+?),? \((?P<number>[^()]*\bNo\. ?[^()]*\d[^()]*)\)")
"""Matches names such as `VPN law (Federal Law No. 276-FZ, Russia)`, in which the number follows the common name."""
_BUDDHIST_ERA = re.compile(r"\bB\.E\. ?(\d{4})\b")
_BUDDHIST_YEARS = 543
"""Number of years by which the Buddhist era, which Thailand uses, is ahead of the common era."""


_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")


class LawTitle(NamedTuple):
    """The name of a law in two parts."""

    plain: str
    number: str
    """Empty for a name without a number."""


def number_unbroken(name: str) -> str:
    """Return a name in which a line can't break between “No.” and the number."""
    return re.sub(r"\bNo\. (?=\d)", "No.\u00a0", name)


def names_year(name: str) -> bool:
    """Return whether a name has a year, as in “Digital Security Act 2018” and “State Secrets Law (2024 revision)”."""
    return _YEAR.search(name) is not None


def common_era_year(name: str) -> tuple[str, str] | None:
    """Return the year of the Buddhist era in a law's name, and the same year in the common era; None if the name has none."""
    match = _BUDDHIST_ERA.search(name)
    return (match[1], str(int(match[1]) - _BUDDHIST_YEARS)) if match else None


def law_title(site: Site, record: Record) -> LawTitle | None:
    """Split an English name into a title that names the law's country, and the law's number.

    - “Decree No. 53/2022/ND-CP detailing the Law on Cybersecurity (Vietnam)” → “Decree detailing the Law on Cybersecurity
      (Vietnam)”, “No. 53/2022/ND-CP”
    - “VPN law (Federal Law No. 276-FZ, Russia)” → “VPN law (Russia)”, “Federal Law No. 276-FZ”
    - “E-Commerce Law” of China → “E-Commerce Law (China)”, without a number

    None if the law has no name, or if the page isn't in English.
    """
    if not record.label or site.language.code != "en":
        return None
    countries = [site.words.area(fact.value) for fact in record.shown("party-country")]
    country = "|".join(map(re.escape, countries))
    if match := _NUMBER_BEHIND.fullmatch(record.label):
        number = re.sub(rf",? (?:{country})$", "", match["number"]) if country else match["number"]
        return LawTitle(_with_country(site, match["plain"], countries), number)
    match = _NUMBERED.fullmatch(record.label)
    if match is None:
        return LawTitle(_with_country(site, record.label, countries), "")
    joint = ", " if match["number"].endswith(",") else " "
    plain = f"{match['kind'].strip()}{joint}{match['rest'].strip()}".strip()
    return LawTitle(_with_country(site, plain, countries), match["number"].rstrip(","))


def _with_country(site: Site, name: str, countries: list[str]) -> str:
    """Return a law's name with its countries in brackets, or unchanged if it contains one of them (“Russia” or “Russian”)."""
    if not countries or any(re.search(rf"(?<![\w-]){re.escape(country)}n?(?![\w-])", name) for country in countries):
        return name
    return f"{name} ({site.language.join(countries)})"
