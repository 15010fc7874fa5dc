"""Values of ours in the types of FollowTheMoney: exactly, or with a reason why not."""

import datetime
import re
from functools import lru_cache
from urllib.parse import urlsplit

import pycountry

from overt.model.values.dates import date_bounds


class NotCarriedError(Exception):
    """A value that has no place in the format; the text says why."""


AREAS = {
    "XK": "xk", "X-SOMALILAND": "so-som", "X-NORTHERN-CYPRUS": "cy-trnc", "X-CRIMEA": "ua-cri", "X-ABKHAZIA": "ge-ab",
    "X-SOUTH-OSSETIA": "x-so", "X-TRANSNISTRIA": "md-pmr", "X-NAGORNO-KARABAKH": "az-nk",
}  # fmt: skip
"""Our codes of areas that ISO 3166-1 does not have, where FollowTheMoney has one."""
LONGEST = {"name": 384, "address": 250, "string": 1024, "identifier": 64, "url": 4096, "text": 65_000}
"""Most characters of a value, by type."""
_IDENTIFIERS = {
    "lei": ("leiCode", re.compile(r"[A-Z0-9]{18}[0-9]{2}")),
    "wikidata": ("wikidataId", re.compile(r"Q[1-9][0-9]*")),
    "uscc": ("uscCode", re.compile(r"[0-9A-Z]{18}")),
}
_OF_COMPANIES = {
    "ticker": ("ticker", re.compile(r"\S+")),
    "isin": ("isinCode", re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")),
}


def _is_lei(text: str) -> bool:
    """Whether the last two digits are right (ISO 17442, by ISO 7064 modulo 97)."""
    return int("".join(str(int(sign, 36)) for sign in text)) % 97 == 1


def _is_isin(text: str) -> bool:
    """Whether the last digit is right (ISO 6166, by Luhn)."""
    digits = [int(sign) for sign in "".join(str(int(sign, 36)) for sign in text)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_uscc(text: str) -> bool:
    """Whether the last sign is right (GB 32100-2015, modulo 31)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if any(sign not in signs for sign in text):
        return False
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return signs[-total % 31] == text[17]


_CHECKS = {"lei": _is_lei, "isin": _is_isin, "uscc": _is_uscc}
"""What FollowTheMoney checks of an identifier, and would drop it for."""


def area(code: str) -> str:
    """A country's code. Raises NotCarriedError for a region."""
    if code in AREAS:
        return AREAS[code]
    if code.startswith("X"):
        raise NotCarriedError("FollowTheMoney has no code for the area")
    return code.lower()


@lru_cache(maxsize=65536)
def date(text: str) -> str:
    """The year, month or day that an EDTF date lies in; coarser than the date where it is a season, or spans several of them.
    Raises NotCarriedError for one that lies in no one year.
    """
    low, high = date_bounds(text)
    if low == high:
        return low.isoformat()
    if (low.year, low.month) == (high.year, high.month):
        return f"{low:%Y-%m}"
    if low.year == high.year and low != datetime.date.min:
        return f"{low:%Y}"
    raise NotCarriedError("a date of FollowTheMoney is a year, a month or a day")


@lru_cache(maxsize=1024)
def language(tag: str | None) -> str | None:
    """The ISO 639-3 code of a BCP 47 tag; None where it has none."""
    if tag is None:
        return None
    first = tag.partition("-")[0]
    found = pycountry.languages.get(**{"alpha_2" if len(first) == 2 else "alpha_3": first})
    return str(found.alpha_3) if found else None


def address(text: str) -> str:
    """A web address as FollowTheMoney writes it: with a path. Raises NotCarriedError for one that it does not read."""
    parts = urlsplit(text)
    if len(text) > LONGEST["url"] or "." not in (parts.hostname or ""):
        raise NotCarriedError("no web address to FollowTheMoney")
    return parts._replace(path=parts.path or "/").geturl()


def identifier(text: str, schema: str) -> tuple[str, str]:
    """The property that an identifier belongs to, and its value. Raises NotCarriedError where there is none."""
    scheme, _, value = text.partition(":")
    known = _IDENTIFIERS | (_OF_COMPANIES if schema == "Company" else {})
    if scheme not in known:
        raise NotCarriedError(f"{schema} has no property for a {scheme}" if scheme.isalpha() else "no such identifier")
    prop, form = known[scheme]
    if not form.fullmatch(value) or len(value) > LONGEST["identifier"] or not _CHECKS.get(scheme, bool)(value):
        raise NotCarriedError(f"not a well-formed {scheme}")
    return prop, value


def short(text: str, kind: str) -> str:
    """A text that is not too long for its type. Raises NotCarriedError."""
    if len(text) > LONGEST[kind]:
        raise NotCarriedError(f"longer than the {LONGEST[kind]:,} characters of a {kind}")
    return text


def is_address(text: str) -> bool:
    """Whether FollowTheMoney leaves an address as it is: it makes commas of line breaks, semicolons and runs of commas."""
    return not re.search(r"[;\n\t]|<BR/?>|ESQ\.?,|,\s?[,.]", text) and len(text) <= LONGEST["address"]


def point(geometry: str) -> tuple[str, str] | None:
    """Longitude and latitude of a WKT point; None for anything else."""
    found = re.fullmatch(r"POINT \((-?[0-9.]+) (-?[0-9.]+)\)", geometry)
    return (found[1], found[2]) if found else None
