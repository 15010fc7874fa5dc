"""Finds copied texts: pairs in which most of the shorter text occurs word for word in the longer one.

The overlap is estimated with MinHash over runs of words.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import MinHash

RUN_WORDS = 3
"""Number of words in a run."""
MIN_WORDS = 8
"""Texts with fewer words are not compared."""
COPIED_SHARE = 0.8
"""Minimum share of the shorter text's runs that must occur in the other text for the two to count as copies.

`bench.releases.source_independence_quality` measures how well this works.
"""
_PERMUTATIONS = 256
_WORD = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+")
"""Matches a word; each Chinese character counts as a word."""


class ComparableText:
    """A text that is split into runs of words."""

    def __init__(self, text: str) -> None:
        self._words = _WORD.findall(text.casefold())

    @property
    def is_long_enough(self) -> bool:
        """Whether the text has enough words to be compared."""
        return len(self._words) >= MIN_WORDS

    @cached_property
    def _runs(self) -> list[str]:
        words = self._words
        return sorted({" ".join(words[start : start + RUN_WORDS]) for start in range(len(words) - RUN_WORDS + 1)})

    @cached_property
    def _minhash(self) -> "MinHash":
        # Imported only when a text is compared, because loading it takes as long as making a small release.
        from datasketch import MinHash

        minhash = MinHash(num_perm=_PERMUTATIONS, seed=1)
        minhash.update_batch([run.encode() for run in self._runs])
        return minhash

    def shared_part(self, other: "ComparableText") -> float:
        """Return the share (0 to 1) of the shorter text that occurs in the longer one, estimated from their resemblance.

        The share is 0 if one of the texts is too short. Method: A. Z. Broder, On the resemblance and containment of documents,
        1997.
        """
        if not (self.is_long_enough and other.is_long_enough):
            return 0.0
        resemblance = self._minhash.jaccard(other._minhash)
        sizes = len(self._runs), len(other._runs)
        return float(min(1.0, resemblance * sum(sizes) / ((1 + resemblance) * min(sizes))))


def copied_pairs(texts: Mapping[str, ComparableText]) -> list[tuple[str, str]]:
    """Return the pairs of keys for which one text is mostly a copy of the other."""
    return [
        (left, right) for left, right in combinations(sorted(texts), 2) if texts[left].shared_part(texts[right]) >= COPIED_SHARE
    ]
