"""Whether a text is a copy of another: most of the shorter one stands in the other, word by word (MinHash over runs of words)."""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import MinHash

RUN = 3
"""Words in a run."""
FEWEST = 8
"""Words below which a text is no account of anything, and its likeness says nothing."""
SHARE = 0.8
"""Of the shorter text's runs that must stand in the other, as estimated; bench/releases/independence.py measures it."""
_PERMUTATIONS = 256
_WORD = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+")
"""A Chinese character counts as a word."""


class Text:
    """A text as it is compared."""

    def __init__(self, text: str) -> None:
        self._words = _WORD.findall(text.casefold())

    @property
    def tells(self) -> bool:
        """Whether it is long enough to be compared."""
        return len(self._words) >= FEWEST

    @cached_property
    def _runs(self) -> list[str]:
        words = self._words
        return sorted({" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)})

    @cached_property
    def _hashed(self) -> "MinHash":
        from datasketch import MinHash  # here: it takes as long to load as all of a small release, which has no texts to compare

        made = MinHash(num_perm=_PERMUTATIONS, seed=1)
        made.update_batch([run.encode() for run in self._runs])
        return made

    def share(self, other: "Text") -> float:
        """How much of the shorter text stands in the longer one, 0 to 1, from the estimate of what share of all runs both have
        (A. Z. Broder, On the resemblance and containment of documents, 1997).
        """
        if not (self.tells and other.tells):
            return 0.0
        alike = self._hashed.jaccard(other._hashed)
        sizes = len(self._runs), len(other._runs)
        return float(min(1.0, alike * sum(sizes) / ((1 + alike) * min(sizes))))


def copies(texts: Mapping[str, Text]) -> list[tuple[str, str]]:
    """Pairs of keys whose texts are copies of one another."""
    return [(one, other) for one, other in combinations(sorted(texts), 2) if texts[one].share(texts[other]) >= SHARE]
