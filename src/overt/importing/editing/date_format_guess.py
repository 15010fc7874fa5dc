"""Infers the formats of dates from the strings in a column, and reads quarters of a year."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from overt.importing.mapping.written_dates import read_format, read_plain_date, without_about
from overt.model.values.date_format_precision import SERIAL

FORMATS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",
    "%d/%m/%y", "%m/%d/%y", "%d.%m.%y",
    "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%d. %B %Y",
    "%B %Y", "%b %Y", "%b-%y", "%b-%Y", "%B, %Y", "%b. %Y", "%m/%Y", "%m.%Y", "%Y/%m", "%Y.%m",
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%Y年%m月%d日", "%Y年%m月", "%Y年",
)  # fmt: skip
"""Formats to try, most common first."""
_DAY_FIRST = {"%m/%d/%Y": "%d/%m/%Y", "%m.%d.%Y": "%d.%m.%Y", "%m-%d-%Y": "%d-%m-%Y", "%m/%d/%y": "%d/%m/%y"}
"""The format with the day first, for each format with the month first."""


_QUARTER = re.compile(
    r"Q(?P<quarter>[1-4])[ /-]?(?P<year>(19|20)\d\d)|(?P<year_first>(19|20)\d\d)[ /-]?Q(?P<last>[1-4])", re.IGNORECASE
)


def quarter_months(text: str) -> str | None:
    """Return the months of a quarter of a year as EDTF, such as `2017-07/2017-09` for `Q3 2017`; None for any other string."""
    if (match := _QUARTER.fullmatch(text.strip())) is None:
        return None
    year, quarter = match["year"] or match["year_first"], int(match["quarter"] or match["last"])
    return f"{year}-{3 * quarter - 2:02}/{year}-{3 * quarter:02}"


class DateGuess(NamedTuple):
    """The date formats inferred from a column, and the strings that remain ambiguous or unread."""

    formats: list[str]
    """The formats that the unambiguous strings need, in the order of `FORMATS`, with `SERIAL` last."""
    ambiguous: list[str]
    """Strings that could begin with the day or the month, and for which the other strings don't settle the order."""
    twins: list[str]
    """The formats that fit the ambiguous strings, both with the day first and with the month first."""
    unread: list[str]
    """Strings that no format reads."""


def guess_formats(texts: Iterable[str], *, serial: bool = False) -> DateGuess:
    """Infer the formats of dates. If several formats read a string differently, one that an unambiguous string needs is chosen.

    `serial`: whether five-digit numbers may count days, as spreadsheets do. ISO dates need no format.
    """
    chosen: dict[str, None] = {}
    undecided: list[tuple[str, list[str]]] = []
    unread: list[str] = []
    for text in dict.fromkeys(texts):
        plain = without_about(text)
        if read_plain_date(plain) is not None:
            continue
        fitting = [format_ for format_ in FORMATS if _fits(plain, format_)]
        if not fitting and serial and _fits(plain, SERIAL):
            fitting = [SERIAL]
        if not fitting:
            unread.append(text)
        elif len({read_format(plain, format_) for format_ in fitting}) == 1:
            undecided.append((text, fitting[:1]))
        else:
            undecided.append((text, fitting))
    for _, fitting in undecided:
        if len(fitting) == 1:
            chosen[fitting[0]] = None
    ambiguous: list[str] = []
    twins: dict[str, None] = {}
    for text, fitting in undecided:
        if len(fitting) == 1:
            continue
        decided = [format_ for format_ in fitting if format_ in chosen]
        pair = [format_ for format_ in fitting if format_ in _DAY_FIRST or format_ in _DAY_FIRST.values()]
        if len(decided) > 1 or (not decided and len(pair) > 1):
            ambiguous.append(text)
            twins |= dict.fromkeys(pair)
        elif not decided:
            chosen[fitting[0]] = None
    return DateGuess([format_ for format_ in (*FORMATS, SERIAL) if format_ in chosen], ambiguous, list(twins), unread)


def _fits(text: str, format_: str) -> bool:
    """Return whether a format reads a string as a date from 1850 to 2100, so that `%Y` doesn't read `19` as the year 19."""
    date = read_format(text, format_)
    return date is not None and "1850" <= date[:4] <= "2100"
