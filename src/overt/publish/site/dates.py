"""Dates of the Extended Date/Time Format in words, as exact as they are known."""

import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {
    **{f"{number}": name for number, name in enumerate(("spring", "summer", "autumn", "winter"), 21)},
    **{f"{number}": f"northern {name}" for number, name in enumerate(("spring", "summer", "autumn", "winter"), 25)},
    **{f"{number}": f"southern {name}" for number, name in enumerate(("spring", "summer", "autumn", "winter"), 29)},
    **{f"{number}": f"Q{number - 32}" for number in range(33, 37)},
    **{f"{number}": f"the {name} four months of" for number, name in enumerate(("first", "second", "third"), 37)},
    **{f"{number}": f"the {name} half of" for number, name in enumerate(("first", "second"), 40)},
}
"""What stands in the place of a month for a part of a year."""
_DATE = re.compile(r"(\d[\dX]{3})(?:S\d+)?(?:-([\dX]{2}))?(?:-([\dX]{2}))?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(Z?)\S*")


def date(text: str | None) -> str:
    """An EDTF date in words: `May 2012`, `Q4 2023`, `2017 to 2021`, `by 2021`, `2010s`, `2019 (uncertain)`.

    What cannot be read stays what it is.
    """
    if not text:
        return ""
    if text[0] in "[{" and text[-1] in "]}":
        return _set(text)
    if "/" in text:
        start, _, end = text.partition("/")
        if start in ("", ".."):
            return f"by {date(end)}"
        return f"from {date(start)}" if end in ("", "..") else f"{date(start)} to {date(end)}"
    if moment := _MOMENT.fullmatch(text):
        return f"{date(moment[1])}, {moment[2]}{' UTC' if moment[3] else ''}"
    found = _DATE.fullmatch(re.sub("[?~%]", "", text))
    said = _words(*found.groups()) if found else None
    return text if said is None else said + _doubt(text)


def period(start: str | None, end: str | None) -> str:
    """When something was so: `since 2019`, `until March 2020`, `2012 to 2014`."""
    if start and end:
        return date(start) if start == end else f"{date(start)} to {date(end)}"
    return f"since {date(start)}" if start else f"until {date(end)}" if end else ""


def _set(text: str) -> str:
    """`[…]` means one of these, `{…}` all of them."""
    found, ranged = [], False
    for part in text[1:-1].split(","):
        start, dots, end = part.strip().partition("..")
        ranged = ranged or bool(dots)
        found.append(date(f"{start}/{end}") if dots else date(start))
    last = "or" if text[0] == "[" else "and"
    said = f" {last} ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else found[0]
    return f"{'one of' if text[0] == '[' else 'all of'} {said}" if ranged else said


def _words(year: str, month: str | None, day: str | None) -> str | None:
    when = _year(year)
    whole = f"of the {when}" if when.endswith("s") else f"of {when}"
    if month is None:
        return when
    if month == "XX":
        if day is None:
            return f"{when} (month not known)"
        return f"{when} (month and day not known)" if day == "XX" else f"day {int(day)} of a month {whole}"
    if "X" in month or (day and "X" in day and day != "XX"):
        return None
    if month in _SEASONS and day is None:
        return f"{_SEASONS[month]} {'the ' if when.endswith('s') else ''}{when}"
    if not 1 <= int(month) <= 12:
        return None
    named = f"{_MONTHS[int(month) - 1]} {when if year.isdigit() else whole}"
    if day is None:
        return named
    return f"{named} (day not known)" if day == "XX" else f"{int(day)} {named}" if day.isdigit() else None


def _year(year: str) -> str:
    if year.isdigit():
        return year
    if year[:3].isdigit():
        return f"{year[:3]}0s"
    if year[2:] == "XX":
        return f"{year[:2].replace('X', '0')}00 to {year[:2].replace('X', '9')}99"
    return f"{year} (X is a digit not known)"


def _doubt(text: str) -> str:
    said = ["about"] if "~" in text or "%" in text else []
    said += ["uncertain"] if "?" in text or "%" in text else []
    said += ["estimated"] if "S" in text else []
    return f" ({', '.join(said)})" if said else ""
