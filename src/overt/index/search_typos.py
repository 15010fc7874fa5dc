"""Finds misspelled words by comparing words with letters deleted.

The method is symmetric deletion (Garbe's SymSpell) on the first letters, so that it also works while a word is being typed. Two
words share a key if their first letters differ by one inserted, deleted or replaced letter, or by two swapped neighbours. The
exact distance is computed for words that share a key.
"""

from collections.abc import Iterator, Sequence

MIN_WORD_LENGTH = 4
"""Minimum length of a word that is corrected."""
TWO_SLIPS = 9
"""Minimum length of a word that may have two errors, at most one of them in its first letters."""
_SIZES = (4, 6)
_SHORT_SIZE = 3
"""Length of the additional keys of words with at most five letters."""


def keys(word: str) -> set[str]:
    """Return all keys under which the index stores a word."""
    deletion_keys = set[str]()
    for size in (*((_SHORT_SIZE,) if len(word) <= MIN_WORD_LENGTH + 1 else ()), *_SIZES):
        deletion_keys.update(_keys(word, size))
    return deletion_keys


def query_keys(word: str) -> set[str]:
    """Return the keys to look up for a typed word; empty if it is too short."""
    if len(word) < MIN_WORD_LENGTH:
        return set()
    size = max(size for size in (_SHORT_SIZE, *_SIZES) if size < len(word))
    return set(_keys(word, size))


def slip_distances(typed: str, words: Sequence[str]) -> dict[str, int]:
    """Return the words that are similar to a typed word, each with its distance.

    They differ from it by at most one error, or two if the typed word has at least `TWO_SLIPS` letters. The distance is twice
    the number of errors, plus one if only the beginning of the word is similar.
    """
    if not words:
        return {}
    import numpy as np  # Imported here, like the next two, because most queries have no typo.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    max_distance = 2 if len(typed) >= TWO_SLIPS else 1
    begun = [[word[: len(typed) + more] for word in words] for more in (-1, 0, 1)] if len(typed) > MIN_WORD_LENGTH else []
    full, *heads = (cdist([typed], spellings, scorer=OSA.distance, score_cutoff=max_distance)[0] for spellings in (words, *begun))
    far = np.minimum.reduce([2 * full, *(2 * head + 1 for head in heads)])
    return {words[at]: int(far[at]) for at in np.flatnonzero(far <= 2 * max_distance + bool(heads)).tolist()}


def _keys(word: str, size: int) -> Iterator[str]:
    """Yield the first `size` letters of a word, and its first `size` + 1 letters with each letter left out in turn."""
    head = word[: size + 1]
    if len(head) >= size:
        yield head[:size]
    if len(head) > size:
        yield from (head[:at] + head[at + 1 :] for at in range(size))
