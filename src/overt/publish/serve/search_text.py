"""Text made findable: folded, and cut into what a reader may type of it.

A script that writes words apart is cut at its words; one that does not (Chinese, Japanese, Korean, Thai …) into overlapping pairs
of signs, so that 华为 finds 华为技术有限公司. Index and query go through the same cut.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_QUERY = 200
"""Only so many characters of a query are read."""
MOST_WORDS = 12
"""Only so many words of a query are looked for."""
_UNSPACED = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # Japanese
    "\u1100-\u11ff\uac00-\ud7af"  # Korean
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
)
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def fold(text: str) -> str:
    """Case, width, accents and punctuation gone; words of letters and digits of any script, joined by one space."""
    letters = []
    for sign in unicodedata.normalize("NFKD", text.casefold()):
        if unicodedata.combining(sign) and ord(sign) < 0x0370:
            continue
        if sign in "'’ʼ":
            continue
        letters.append(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " ")
    return unicodedata.normalize("NFC", " ".join("".join(letters).split()))


def tokens(text: str) -> str:
    """What the index keeps of a name, joined by spaces."""
    return " ".join(token for run in _runs(text) for token in (_pairs(run, last=True) if _IS_UNSPACED.match(run) else [run]))


def match(query: str) -> str | None:
    """The query in FTS5's language: every word must begin a word of the name; None when there is nothing to look for."""
    parts = []
    for run in list(_runs(query[:LONGEST_QUERY]))[:MOST_WORDS]:
        if not _IS_UNSPACED.match(run):
            parts.append(f'"{run}"*' if len(run) > 1 else f'"{run}"')
        elif len(run) == 1:
            parts.append(f'"{run}"*')
        else:
            parts.append('"' + " ".join(_pairs(run, last=False)) + '"')
    return " AND ".join(parts) or None


def _runs(text: str) -> Iterator[str]:
    for word in fold(text).split():
        yield from _RUNS.findall(word)


def _pairs(run: str, *, last: bool) -> list[str]:
    """Overlapping pairs; with `last`, the last sign by itself too, so that a single sign is found wherever it stands."""
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*pairs, run[-1]] if last or not pairs else pairs
