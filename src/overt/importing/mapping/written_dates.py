"""Reads dates as people write them, without adding precision."""

import datetime
import re
from functools import lru_cache

from overt.model.errors import ValueProblem, quote_text
from overt.model.values.date_format_precision import SERIAL, format_precision
from overt.model.values.dates import canonical_date

_EPOCH = datetime.date(1899, 12, 30)
"""Day 0 of the serial dates of spreadsheets."""
_ABOUT = re.compile(r"^(?:c\.|ca\.?|circa|about|approx\.?|around|~)\s*", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?$")


@lru_cache(maxsize=65536)
def read_date(text: str, formats: tuple[str, ...]) -> str:
    """Return a date as EDTF. `circa 2019` is `2019~`; in the format `%b %Y` or `%B %Y`, `May 2019` is `2019-05`.

    `formats`: formats of strptime, or `SERIAL`. ISO 8601 and EDTF need none.

    Raises ValueProblem for a string that no format reads, or that two formats read differently, and for a day that does not
    exist.
    """
    plain = without_about(text)
    qualifier = "~" if plain != text.strip() else ""
    if (iso := read_plain_date(plain + qualifier)) is not None:
        return iso
    if _ISO.match(plain):
        return canonical_date(plain)  # Raises ValueProblem, because the day does not exist.
    dates = {date for format_ in formats if (date := read_format(plain, format_)) is not None}
    if not dates:
        written = " or ".join(formats)
        todo = f"expected {written} or 2019-05-17" if formats else "add its format under `dates:`, as in '%d/%m/%Y'"
        raise ValueProblem(f"{quote_text(text)} is not a date that is understood ({todo})")
    if len(dates) > 1:
        raise ValueProblem(f"{quote_text(text)} can be {' or '.join(sorted(dates))}; keep only one of the formats")
    return canonical_date(dates.pop() + qualifier)


def without_about(text: str) -> str:
    """Return a date without the word that makes it approximate: `circa 2019` is `2019`."""
    return _ABOUT.sub("", text.strip())


def read_plain_date(text: str) -> str | None:
    """Return a date that is written as EDTF or ISO 8601; None if it is not."""
    try:
        return canonical_date(text)
    except ValueProblem:
        return None


def read_format(text: str, format_: str) -> str | None:
    """Return a date that is written in a format, with the precision of the format; None if the string does not fit."""
    if format_ == SERIAL:
        return (_EPOCH + datetime.timedelta(days=int(text))).isoformat() if re.fullmatch(r"\d{5}", text) else None
    try:
        parsed = datetime.datetime.strptime(text, format_).date()
    except ValueError:
        return None
    match format_precision(format_):
        case "day":
            return parsed.isoformat()
        case "month":
            return f"{parsed.year:04}-{parsed.month:02}"
        case "year":
            return f"{parsed.year:04}"
