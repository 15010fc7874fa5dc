"""Formulas of models: `[12,3]` by the positions of lists, or `A·B, C·D` by their names."""

import re
from collections.abc import Sequence

from overt.model.errors import UsageError, quote_text

_JOINERS = re.compile(r"([·:*])")
"""Matches the characters that join the lists of a term."""


def parse_model(text: str, names: Sequence[str]) -> list[int]:
    """Parse a model's formula into terms, as sets of lists (`overt.estimation.loglinear.model_space`).

    A formula gives terms by position, `[12,3]`, or by names: `A·B, C·D`, also `A:B` and `A*B`. Hyphens may separate positions,
    and must with ten lists or more: `[1-10,2]`. A term that is the name of a list means that list, even if the name contains a
    joining character.

    Raises UsageError for a formula without a term, an unknown name or position, and a term that has a list twice, is repeated,
    is ambiguous or has all lists.
    """
    formula = text.strip()
    by_position = re.fullmatch(r"\[([\d,\s-]*)\]", formula, re.ASCII)
    parts = [part.strip() for part in (by_position[1] if by_position else formula).split(",")]
    if not any(parts):
        raise UsageError(f"model {quote_text(text)} names no list; that of independent lists is '[{_every_list(len(names))}]'")
    terms = []
    for part in filter(None, parts):
        positions = _parse_positions(part, len(names)) if by_position else _parse_names(part, names, text)
        if not positions or not all(0 <= position < len(names) for position in positions):
            raise UsageError(
                f"model {quote_text(text)}: {quote_text(part)} is neither the name nor the position of a list "
                f"(the lists are {', '.join(names)})"
            )
        if len(set(positions)) < len(positions):
            raise UsageError(f"model {quote_text(text)}: {quote_text(part)} names one list twice; a term has each list once")
        terms.append(sum(1 << position for position in positions))
    if any(term == (1 << len(names)) - 1 and len(names) > 1 for term in terms):
        raise UsageError(
            f"model {quote_text(text)}: a term of all lists cannot be separated from the number of people on no list"
        )
    if repeated := next((part for index, part in enumerate(filter(None, parts)) if terms[index] in terms[:index]), None):
        raise UsageError(f"model {quote_text(text)}: {quote_text(repeated)} is there twice; name each term once")
    return terms


def formula_notes(text: str, names: Sequence[str]) -> list[str]:
    """Return a list of one note if each term of a formula is a single list and some lists are missing; otherwise an empty list.

    Every model contains all lists, so such a formula means the model of independent lists.

    Raises the errors of `parse_model`.
    """
    terms = parse_model(text, names)
    if len(set(terms)) == len(names) or any(term.bit_count() > 1 for term in terms):
        return []
    return [f"model {quote_text(text)} has no term of two lists: it is that of independent lists, all of them"]


def _every_list(lists: int) -> str:
    return ",".join(map(str, range(1, lists + 1)))


def _parse_positions(part: str, lists: int) -> list[int]:
    pieces = part.split("-") if "-" in part or lists > 9 else list(part)
    return [int(piece) - 1 if piece.strip().isdigit() else -1 for piece in pieces]


def _parse_names(part: str, names: Sequence[str], text: str) -> list[int]:
    """Return the positions of the lists in a term; [-1] if it contains anything else. Raises UsageError if it is ambiguous."""
    if part in names:
        return [names.index(part)]
    pieces = _JOINERS.split(part)
    readings = _readings(pieces, {name: position for position, name in enumerate(names)})
    if len(readings) > 1:
        raise UsageError(
            f"model {quote_text(text)}: {quote_text(part)} can be read in several ways; name the lists by position, as '[12,3]'"
        )
    return readings[0] if readings else [-1]


def _readings(pieces: list[str], positions: dict[str, int]) -> list[list[int]]:
    """Return up to two ways to read words and joiners as positions of lists. Two suffice to show that a term is ambiguous."""
    readings: list[list[int]] = []
    for end in range(1, len(pieces) + 1, 2):
        name = "".join(pieces[:end]).strip()
        if name in positions:
            tails = _readings(pieces[end + 1 :], positions) if end < len(pieces) else [[]]
            readings += [[positions[name], *tail] for tail in tails]
        if len(readings) > 1:
            break
    return readings[:2]
