"""Suggestions for misspelled names."""

import difflib
from collections.abc import Collection, Iterable

MOST_SUGGESTIONS = 3
_SIMILAR = 70
"""Minimum similarity of a suggestion, from 0 to 100."""


def similar_names(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that are most similar to a misspelled one, the most similar first; at most three."""
    from rapidfuzz import fuzz, process, utils  # Imported here because known names need no suggestion.

    matches = process.extract(
        name, list(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=MOST_SUGGESTIONS, score_cutoff=_SIMILAR
    )
    return [match for match, _, _ in matches]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the hint of an error about a misspelled name, such as “; did you mean gfw_blocking?”; empty if nothing is
    similar.
    """
    names = similar_names(name, known)
    return f"; did you mean {' or '.join(names)}?" if names else ""


def similar_hint(text: str, known: Collection[str]) -> str:
    """Return a hint that names the known word most similar to a text, such as “ (is it 'operational'?)”, or nothing."""
    similar = difflib.get_close_matches(text, known, n=1)
    return f" (is it {similar[0]!r}?)" if similar else ""
