"""Suggestions for misspelled names."""

import difflib
from collections.abc import Collection, Iterable

MAX_SUGGESTIONS = 3
_SIMILAR = 70
"""Minimum similarity of a suggestion, from 0 to 100."""


def similar_names(name: str, known: Iterable[str]) -> list[str]:
    """Return up to `MAX_SUGGESTIONS` known names that resemble a misspelled name, most similar first."""
    from rapidfuzz import fuzz, process, utils  # Imported here because suggestions are rarely needed.

    matches = process.extract(
        name, list(known), scorer=fuzz.WRatio, processor=utils.default_process, limit=MAX_SUGGESTIONS, score_cutoff=_SIMILAR
    )
    return [match for match, _, _ in matches]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint for an error about a misspelled name, such as “; did you mean gfw_blocking?”; empty if nothing is similar."""
    names = similar_names(name, known)
    return f"; did you mean {' or '.join(names)}?" if names else ""


def similar_hint(text: str, known: Collection[str]) -> str:
    """Return a hint with the most similar known word, such as “ (is it 'operational'?)”; empty if nothing is similar."""
    similar = difflib.get_close_matches(text, known, n=1)
    return f" (is it {similar[0]!r}?)" if similar else ""
