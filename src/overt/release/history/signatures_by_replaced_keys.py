"""Replaced keys of releases: their signatures count only on lines of the history before the new key's first signature."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from overt.model.detached_file_signatures import short_key
from overt.release.history.release_history_line import HistoryLine

LATE_ADVICE = (
    "someone may have the old key: restore releases/ from a copy made before that release, and sign later ones with the new key"
)
"""What to do about a signature by a key that was replaced."""


class LateSignature(NamedTuple):
    """A line of the history that a key signed after another key had replaced it."""

    number: int
    """Number of the line, from 1."""
    line: HistoryLine
    replaced_at: int
    """Number of the earlier line that the newer key signed."""

    def __str__(self) -> str:
        return (
            f"line {self.number}, release {self.line.release}, is signed by a key ({short_key(self.line.signer)}) that"
            f" another had replaced by line {self.replaced_at}"
        )


def late_signatures(
    lines: Sequence[HistoryLine], trusted: Set[str] = frozenset(), current: str | None = None
) -> Iterator[LateSignature]:
    """Yield the lines signed by a key that had already been replaced: someone who has the old key may have made them.

    A key is replaced when another key signs a later line. When the `current` key signs a line, all other keys are replaced,
    including those that signed nothing. `trusted`: fingerprints of the keys whose lines count; if empty, all lines with a valid
    signature count.
    """
    replaced_at = dict[str, int]()
    last, current_since = None, 0
    for number, line in enumerate(lines, start=1):
        if line.key is None or not line.has_valid_signature() or (trusted and line.signer not in trusted):
            continue
        signer = str(line.signer)
        since = replaced_at.get(signer) or (current_since if signer != current else 0)
        if since:  # A replaced key doesn't replace other keys.
            yield LateSignature(number, line, since)
            continue
        if last not in (None, signer):
            replaced_at.setdefault(str(last), number)
        last = signer
        if signer == current:
            current_since = current_since or number
