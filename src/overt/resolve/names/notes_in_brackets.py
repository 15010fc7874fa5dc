"""Notes in brackets after names: abbreviations, kinds of names and periods of use, as in Acme (VMS, until 2014)."""

import re

from overt.resolve.names.abbreviations.abbreviations_without_parsing import (
    ABBREVIATION,
    are_initials_in_order,
    is_abbreviation_of,
    plain_initials,
)
from overt.resolve.names.folding_and_scripts import fold

BRACKETS = re.compile(r"^([^()（）]+?)\s*[(（]([^()（）]+)[)）]$")
"""Matches a name that is followed by text in brackets."""
_DASH = re.compile(r"^(.+?)\s+[-–—]\s+([^\W\d_]{3,8})$")
_LEADING_DASH = re.compile(r"^([A-Z]{3,8})\s+[-–—]\s+(\S+\s.+)$")
_SEPARATOR = re.compile(r"[,;，；、]")


def without_note(name: str) -> str:
    """Return a name without its abbreviation, and without a final note in brackets on its period of use or its kind.

    The abbreviation may be in brackets, after a dash, or before a dash: CAMTEL - Cameroon Telecommunications.
    """
    if (leading := _LEADING_DASH.match(name)) and is_abbreviation_of(leading[1], leading[2]):
        name = leading[2]
    dash = _DASH.match(name)
    if dash and (fold(dash[2]) in plain_initials(dash[1]) or are_initials_in_order(dash[2].upper(), dash[1])):
        return dash[1]
    brackets = BRACKETS.match(name)
    if not brackets:
        return name
    rest, note = brackets[1], brackets[2]
    is_short = fold(note) in plain_initials(rest) or are_initials_in_order(note, rest)
    return rest if is_short or any(map(_is_about_name, _noted_parts(note))) else name


def is_former_by_note(name: str) -> bool:
    """Return whether a note in brackets marks a former name: true for Acme (until 2017), false for Acme (since 2017)."""
    from overt.resolve.names.former_and_registered_notes import is_about_present  # imported here because search needs no YAML

    brackets = BRACKETS.match(name)
    notes = _noted_parts(brackets[2]) if brackets else ()
    return any(map(_is_about_time, notes)) and not any(map(is_about_present, notes))


def abbreviation_in_note(name: str) -> str:
    """Return the abbreviation in final brackets beside a note on the name: VMS for Acme (VMS, until 2014). Empty if none."""
    brackets = BRACKETS.match(name)
    parts = _noted_parts(brackets[2]) if brackets else ()
    is_noted = len(parts) > 1 and any(map(_is_about_name, parts))
    return next((part for part in parts if is_noted and ABBREVIATION.fullmatch(part)), "")


def is_registered_by_note(name: str) -> bool:
    """Return whether a note in brackets marks the registered name, as in Onatel SA (raison sociale)."""
    from overt.resolve.names.former_and_registered_notes import is_about_registered  # imported here because search needs no YAML

    brackets = BRACKETS.match(name)
    return bool(brackets and is_about_registered(brackets[2]))


def _noted_parts(note: str) -> tuple[str, ...]:
    """Return the two parts of a note if one of them is an abbreviation, as in “VMS, until 2014”; otherwise the entire note."""
    parts = tuple(part.strip() for part in _SEPARATOR.split(note))
    return parts if len(parts) == 2 and any(map(ABBREVIATION.fullmatch, parts)) else (note,)


def _is_about_name(note: str) -> bool:
    """Return whether a note gives a name's period of use or its kind (brand, registered name)."""
    from overt.resolve.names.former_and_registered_notes import is_about_sort  # imported here because search needs no YAML

    return _is_about_time(note) or is_about_sort(note)


def _is_about_time(note: str) -> bool:
    from overt.resolve.names.former_and_registered_notes import is_about_time  # imported here because search needs no YAML

    return is_about_time(note)
