"""Words that are one slip of the fingers apart, found by what is left when a letter is taken out of each.

The method is symmetric deletion (Garbe's SymSpell), bounded to the first letters, and so also for words that are still being
typed: two words whose first letters differ by a letter more, less or another, or by two neighbours that changed places, have a
key in common. What shares a key is then measured.
"""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

SHORTEST = 4
"""Letters of the shortest word in which a slip is looked for."""
TWO_SLIPS = 9
"""Letters from which on two slips are allowed; the first letters may still have only one."""
_SIZES = (4, 6)
_SHORT_SIZE = 3
"""Length of keys for words of at most five letters: a shorter word is looked up whole."""


def keys(word: str) -> set[str]:
    """All keys under which a word of the index is found."""
    found = set[str]()
    for size in (*((_SHORT_SIZE,) if len(word) <= SHORTEST + 1 else ()), *_SIZES):
        found.update(_keys(word, size))
    return found


def asked(word: str) -> set[str]:
    """The keys by which a typed word is looked for; none for a word that is too short."""
    if len(word) < SHORTEST:
        return set()
    size = max(size for size in (_SHORT_SIZE, *_SIZES) if size < len(word))
    return set(_keys(word, size))


def slips(typed: str, word: str) -> int | None:
    """How many slips part what was typed from a word, or from the beginning of one; None when there are more than may be."""
    most = 2 if len(typed) >= TWO_SLIPS else 1
    ends = {len(word)} if len(typed) == SHORTEST else {len(word), len(typed) - 1, len(typed), len(typed) + 1}
    found = min(OSA.distance(typed, word[:end], score_cutoff=most) for end in ends)
    return found if found <= most else None


def _keys(word: str, size: int) -> Iterator[str]:
    """The first `size` letters, and what is left of the first `size` + 1 when one is taken out."""
    head = word[: size + 1]
    if len(head) >= size:
        yield head[:size]
    if len(head) > size:
        yield from (head[:at] + head[at + 1 :] for at in range(size))
