"""Words that are one slip of the fingers apart, found by what is left when a letter is taken out of each.

The method is symmetric deletion (Garbe's SymSpell), bounded to the first letters, and so also for words that are still being
typed: two words whose first letters differ by a letter more, less or another, or by two neighbours that changed places, have a
key in common. What shares a key is then measured.
"""

from collections.abc import Iterator, Sequence

SHORTEST = 4
"""Letters of the shortest word in which a slip is looked for."""
TWO_SLIPS = 9
"""Letters from which on two slips are allowed; the first letters may still have only one."""
_SIZES = (4, 6)
_SHORT_SIZE = 3
"""Length of keys for words of at most five letters: a shorter word is looked up whole."""


def keys(word: str) -> set[str]:
    """All keys under which a word of the index is found."""
    deletion_keys = set[str]()
    for size in (*((_SHORT_SIZE,) if len(word) <= SHORTEST + 1 else ()), *_SIZES):
        deletion_keys.update(_keys(word, size))
    return deletion_keys


def query_keys(word: str) -> set[str]:
    """The keys by which a typed word is looked for; none for a word that is too short."""
    if len(word) < SHORTEST:
        return set()
    size = max(size for size in (_SHORT_SIZE, *_SIZES) if size < len(word))
    return set(_keys(word, size))


def slip_distances(typed: str, words: Sequence[str]) -> dict[str, int]:
    """How far what was typed is from words: twice the slips, one more where it begins the word; without those too far away."""
    if not words:
        return {}
    import numpy as np  # Imported here, as the next: most queries have no typo.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    most = 2 if len(typed) >= TWO_SLIPS else 1
    begun = [[word[: len(typed) + more] for word in words] for more in (-1, 0, 1)] if len(typed) > SHORTEST else []
    full, *heads = (cdist([typed], spellings, scorer=OSA.distance, score_cutoff=most)[0] for spellings in (words, *begun))
    far = np.minimum.reduce([2 * full, *(2 * head + 1 for head in heads)])
    return {words[at]: int(far[at]) for at in np.flatnonzero(far <= 2 * most + bool(heads)).tolist()}


def _keys(word: str, size: int) -> Iterator[str]:
    """The first `size` letters, and what is left of the first `size` + 1 when one is taken out."""
    head = word[: size + 1]
    if len(head) >= size:
        yield head[:size]
    if len(head) > size:
        yield from (head[:at] + head[at + 1 :] for at in range(size))
