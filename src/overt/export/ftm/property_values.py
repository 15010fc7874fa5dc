"""Converts Overt's values to FollowTheMoney's types without changing their meaning, or raises an error with the reason."""

import datetime
import re
from functools import lru_cache
from urllib.parse import urlsplit

import pycountry

from overt.model.values.dates import date_bounds


class NotCarriedError(Exception):
    """Raised if the format can't contain a value. The message gives the reason."""


AREAS = {
    "XK": "xk", "X-SOMALILAND": "so-som", "X-NORTHERN-CYPRUS": "cy-trnc", "X-CRIMEA": "ua-cri", "X-ABKHAZIA": "ge-ab",
    "X-SOUTH-OSSETIA": "x-so", "X-TRANSNISTRIA": "md-pmr", "X-NAGORNO-KARABAKH": "az-nk",
}  # fmt: skip
"""FollowTheMoney's codes for areas that ISO 3166-1 lacks, by Overt's codes."""
MAX_LENGTH = {"name": 384, "address": 250, "string": 1024, "identifier": 64, "url": 4096, "text": 65_000}
"""Maximum number of characters of a value, by type."""
_IDENTIFIERS = {
    "lei": ("leiCode", re.compile(r"[A-Z0-9]{18}[0-9]{2}")),
    "wikidata": ("wikidataId", re.compile(r"Q[1-9][0-9]*")),
    "uscc": ("uscCode", re.compile(r"[0-9A-Z]{18}")),
}
_COMPANY_IDENTIFIERS = {
    "ticker": ("ticker", re.compile(r"\S+")),
    "isin": ("isinCode", re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")),
}


def _is_lei(text: str) -> bool:
    """Return whether the last two digits of an LEI are right (ISO 17442, by ISO 7064 modulo 97)."""
    return int("".join(str(int(character, 36)) for character in text)) % 97 == 1


def _is_isin(text: str) -> bool:
    """Return whether the last digit of an ISIN is right (ISO 6166, by Luhn)."""
    digits = [int(character) for character in "".join(str(int(character, 36)) for character in text)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_uscc(text: str) -> bool:
    """Return whether the last character of a Chinese social credit code is right (GB 32100-2015, modulo 31)."""
    characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if any(character not in characters for character in text):
        return False
    total = sum(characters.index(character) * pow(3, place, 31) for place, character in enumerate(text[:17]))
    return characters[-total % 31] == text[17]


_CHECKS = {"lei": _is_lei, "isin": _is_isin, "uscc": _is_uscc}
"""FollowTheMoney's checks of identifiers, by scheme. It drops identifiers that fail them."""


def to_country(code: str) -> str:
    """Return FollowTheMoney's code for an area. Raises NotCarriedError if it has none."""
    if code in AREAS:
        return AREAS[code]
    if code.startswith("X"):
        raise NotCarriedError("FollowTheMoney has no code for the area")
    return code.lower()


@lru_cache(maxsize=65536)
def to_date(text: str) -> str:
    """Return the day, month or year that contains an EDTF date. For a season or an interval, this is less precise.

    Raises NotCarriedError for a date that spans several years.
    """
    low, high = date_bounds(text)
    if low == high:
        return low.isoformat()
    if (low.year, low.month) == (high.year, high.month):
        return f"{low:%Y-%m}"
    if low.year == high.year and low != datetime.date.min:
        return f"{low:%Y}"
    raise NotCarriedError("a date of FollowTheMoney is a year, a month or a day")


LANGUAGES = {
    "afr", "amh", "ara", "aze", "bel", "ben", "bos", "bul", "cat", "ces", "cnr", "dan", "deu", "ell", "eng",
    "est", "fas", "fil", "fin", "fra", "gle", "heb", "hin", "hrv", "hun", "hye", "ind", "isl", "ita", "jpn",
    "kan", "kat", "kaz", "khm", "kir", "kor", "lao", "lav", "lit", "ltz", "mkd", "mlt", "mon", "msa", "mul",
    "mya", "nep", "nld", "nor", "pol", "por", "pus", "ron", "rus", "sin", "slk", "slv", "spa", "sqi", "srp",
    "swa", "swe", "tam", "tel", "tgk", "tgl", "tha", "tuk", "tur", "ukr", "urd", "uzb", "vie", "zho",
}  # fmt: skip
"""Languages for which FollowTheMoney has a code. It refuses a document in any other language."""


@lru_cache(maxsize=1024)
def to_language(tag: str | None) -> str | None:
    """Return FollowTheMoney's code (ISO 639-3) for a BCP 47 tag; None if there is none."""
    if tag is None:
        return None
    first = tag.partition("-")[0]
    language = pycountry.languages.get(**{"alpha_2" if len(first) == 2 else "alpha_3": first})
    return str(language.alpha_3) if language and language.alpha_3 in LANGUAGES else None


def to_url(text: str) -> str:
    """Return a web address with a path, as FollowTheMoney writes it. Raises NotCarriedError for an address that it rejects."""
    parts = urlsplit(text)
    if len(text) > MAX_LENGTH["url"] or "." not in (parts.hostname or ""):
        raise NotCarriedError("no web address to FollowTheMoney")
    return parts._replace(path=parts.path or "/").geturl()


def to_identifier(text: str, schema: str) -> tuple[str, str]:
    """Return the property and the value of an identifier.

    Raises NotCarriedError if the schema has no property for the identifier, or if its form or check digits are wrong.
    """
    scheme, _, value = text.partition(":")
    known = _IDENTIFIERS | (_COMPANY_IDENTIFIERS if schema == "Company" else {})
    if scheme not in known:
        raise NotCarriedError(f"{schema} has no property for a {scheme}" if scheme.isalpha() else "no such identifier")
    prop, pattern = known[scheme]
    if not pattern.fullmatch(value) or len(value) > MAX_LENGTH["identifier"] or not _CHECKS.get(scheme, bool)(value):
        raise NotCarriedError(f"not a well-formed {scheme}")
    return prop, value


def check_length(text: str, kind: str) -> str:
    """Return a string unchanged. Raises NotCarriedError if it is too long for its type."""
    if len(text) > MAX_LENGTH[kind]:
        raise NotCarriedError(f"longer than the {MAX_LENGTH[kind]:,} characters of a {kind}")
    return text


def is_address(text: str) -> bool:
    """Return whether an address is short enough for FollowTheMoney, and contains nothing that FollowTheMoney rewrites, such as
    a semicolon."""
    return not re.search(r"[;\n\t]|<BR/?>|ESQ\.?,|,\s?[,.]", text) and len(text) <= MAX_LENGTH["address"]


def parse_point(geometry: str) -> tuple[str, str] | None:
    """Return longitude and latitude of a WKT point; None for any other geometry."""
    match = re.fullmatch(r"POINT \((-?[0-9.]+) (-?[0-9.]+)\)", geometry)
    return (match[1], match[2]) if match else None
