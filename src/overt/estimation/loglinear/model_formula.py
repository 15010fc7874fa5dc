"""Models as people write them: `[12,3]` by the places of lists, or `A·B, C·D` by their names."""

import re
from collections.abc import Sequence

from overt.model.errors import UsageError, quote_text

_SIGNS = re.compile(r"([·:*])")
"""What joins the lists of a term."""


def read_model(text: str, names: Sequence[str]) -> list[int]:
    """The terms that somebody writes, as sets of lists (`overt.estimation.loglinear.model_space`): `[12,3]`, by places, or by names: `A·B, C·D`
    (also `A:B` and `A*B`). A list whose own name holds such a sign goes before two lists that it would join.

    Raises UsageError for no term at all, a name or place that is no list's or stands twice in a term, a name that can be read in
    two ways, and a term of all lists.
    """
    wanted = text.strip()
    by_place = re.fullmatch(r"\[([\d,\s-]*)\]", wanted, re.ASCII)
    parts = [part.strip() for part in (by_place[1] if by_place else wanted).split(",")]
    if not any(parts):
        raise UsageError(f"model {quote_text(text)} names no list; that of independent lists is '[{_alone(len(names))}]'")
    terms = []
    for part in filter(None, parts):
        places = _by_place(part, len(names)) if by_place else _by_name(part, names, text)
        if not places or not all(0 <= place < len(names) for place in places):
            raise UsageError(
                f"model {quote_text(text)}: {quote_text(part)} names no list or no place of one"
                f" (the lists are {', '.join(names)})"
            )
        if len(set(places)) < len(places):
            raise UsageError(f"model {quote_text(text)}: {quote_text(part)} names one list twice; a term has each list once")
        terms.append(sum(1 << place for place in places))
    if any(term == (1 << len(names)) - 1 and len(names) > 1 for term in terms):
        raise UsageError(f"model {quote_text(text)}: a term of all lists cannot be told from the number of people on no list")
    if again := next((part for at, part in enumerate(filter(None, parts)) if terms[at] in terms[:at]), None):
        raise UsageError(f"model {quote_text(text)}: {quote_text(again)} stands twice; name each term once")
    return terms


def unnamed(text: str, names: Sequence[str]) -> list[str]:
    """A sentence on a model that names some lists and no two together: all lists stand in every model. Raises as `read_model`."""
    terms = read_model(text, names)
    if len(set(terms)) == len(names) or any(term.bit_count() > 1 for term in terms):
        return []
    return [f"model {quote_text(text)} has no term of two lists: it is that of independent lists, all of them"]


def _alone(lists: int) -> str:
    return ",".join(map(str, range(1, lists + 1)))


def _by_place(part: str, lists: int) -> list[int]:
    pieces = part.split("-") if "-" in part or lists > 9 else list(part)
    return [int(piece) - 1 if piece.strip().isdigit() else -1 for piece in pieces]


def _by_name(part: str, names: Sequence[str], text: str) -> list[int]:
    """The lists that a term names; -1 where it names none."""
    if part in names:
        return [names.index(part)]
    pieces = _SIGNS.split(part)
    ways = _ways(pieces, {name: at for at, name in enumerate(names)})
    if len(ways) > 1:
        raise UsageError(
            f"model {quote_text(text)}: {quote_text(part)} can be read in several ways; name the lists by places, as '[12,3]'"
        )
    return ways[0] if ways else [-1]


def _ways(pieces: list[str], places: dict[str, int]) -> list[list[int]]:
    """All ways to read words and the signs between them as lists' names, two at most: more are no clearer."""
    found: list[list[int]] = []
    for end in range(1, len(pieces) + 1, 2):
        name = "".join(pieces[:end]).strip()
        if name in places:
            rest = _ways(pieces[end + 1 :], places) if end < len(pieces) else [[]]
            found += [[places[name], *way] for way in rest]
        if len(found) > 1:
            break
    return found[:2]
