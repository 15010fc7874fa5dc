"""Extracts numbers from AidData's titles and descriptions: the phase of a project, and the ids of linked records."""

import re

ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}
FACILITY = "facility "
"""Prefix of a borrower's loan facilities, which are numbered like phases but are not phases of one project."""
_NUMBER = r"(?:\d{1,2}[A-F]?|[IVX]{1,4})"
_NUMBERS = re.compile(_NUMBER)
_LIST = re.compile(rf"\b(?i:phases?|rounds?) ({_NUMBER}(?:(?:, and |, ?| and | ?& ?){_NUMBER}){{0,5}})(?![\w-])")
_LETTERED = re.compile(r"\b\d{1,2}[A-F]\b")
"""Matches a number with a letter, which is a phase in a title with phases: "Phase 8A Expansion and 8B Core"."""
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) (?i:phase|round)\b")
_FACILITY = re.compile(rf"\b(?i:facility) ({_NUMBER})(?![\w-])|\(CDB ({_NUMBER})\)")

_ID = r"(?<![\d.])\d{1,6}(?!\d|\.\d)"
_IDS = re.compile(_ID)
_MORE = rf"(?:(?:,? and |,? & |[,.] ?|/)(?:(?:project|record) ?)?(?:id ?)?#? ?{_ID}){{0,30}}"
_LINKS = re.compile(
    rf"(?:#|\bids? ?[:#]{{0,2}}|\b(?:linked|related|connected) (?:to|with) (?:(?:projects?|records?|umbrella|etca) ){{0,2}})"
    rf" {{0,2}}{_ID}{_MORE}",
    re.IGNORECASE,
)


def phases(title: str) -> tuple[str, ...]:
    """Return the phases in a title, sorted: `2`, `8A`, `facility 4`. The title must not mention other records."""
    numbers = {match[1] for match in _ORDINAL.finditer(title)}
    for match in _LIST.finditer(title):
        numbers |= set(_NUMBERS.findall(match[1]))
    numbers |= set(_LETTERED.findall(title)) if numbers else set()
    facilities = {FACILITY + _arabic(match[1] or match[2]) for match in _FACILITY.finditer(title)}
    return tuple(sorted({_arabic(number) for number in numbers} | facilities))


def linked_ids(text: str) -> tuple[str, ...]:
    """Return the ids of the records that a title or description names, in order.

    It recognises wordings such as "Linked to Project ID#1234, #2345 and 3456", "linked with #12", "captured via Project ID#1234".
    """
    ids = [number for match in _LINKS.finditer(text) for number in _IDS.findall(match[0])]
    return tuple(dict.fromkeys(ids))


def _arabic(number: str) -> str:
    return ROMAN.get(number, number)
