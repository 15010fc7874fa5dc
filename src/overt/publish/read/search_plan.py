"""What the index is asked for a query."""

from collections.abc import Iterable, Iterator, Sequence

from overt.publish.read.database import Reader
from overt.publish.read.search_fit import Query
from overt.publish.serve.search_text import FIRST, pairs
from overt.publish.serve.search_typos import asked, slips

LONGEST_PREFIX = 8
"""The longest beginning of a word that the index has ready, see `schema.sql`; a longer one is looked up among its words."""
_EXPANDED = 32
"""Words that a longer beginning is replaced by."""
_NEAR, _LOOKED_AT = 12, 300
"""Words a slip away that are looked for, and words sharing a key that are measured to find them."""
_PARTS = 6
"""Words that one typed without spaces is cut into."""
Run = tuple[str, bool]


def begins(reader: Reader, query: Query) -> str | None:
    """FTS5's expression for names whose first word begins as the query, and that have the others."""
    first, *others = query.runs
    return _all([_run(reader, first, FIRST), *(_run(reader, run) for run in others)])


def words(reader: Reader, query: Query) -> str | None:
    """For things with all the words."""
    return _all([_run(reader, run) for run in query.runs])


def joined(reader: Reader, query: Query) -> Iterator[str]:
    """For the words as if they were typed without one of the spaces, or without any."""
    if len(query.runs) < 2 or any(unspaced for _, unspaced in query.runs):
        return
    letters = [run for run, _ in query.runs]
    ways = [[query.squeezed]]
    if len(letters) > 2:
        ways += [[*letters[:at], letters[at] + letters[at + 1], *letters[at + 2 :]] for at in range(len(letters) - 1)]
    for way in ways[:4]:
        if found := _all([_run(reader, (word, False)) for word in way]):
            yield found


def parted(reader: Reader, query: Query) -> str | None:
    """For a word that is several written without spaces: huaweitech, haikangweishi. The fewest words, the first ones long."""
    text = query.squeezed
    if len(query.runs) > 1 or len(text) < 4 or not text.isascii():
        return None
    starts = {text[at:end] for at in range(len(text)) for end in range(at + 2, len(text) + 1)}
    known = {row["term"] for row in reader.rows("search_known", [_json(starts)])}
    best: list[list[str] | None] = [[]] + [None] * len(text)
    for at in range(len(text)):
        if (so_far := best[at]) is None or len(so_far) >= _PARTS:
            continue
        for end in range(len(text) - 1, at + 1, -1):
            held = best[end]
            if text[at:end] in known and (held is None or len(held) > len(so_far) + 1):
                best[end] = [*so_far, text[at:end]]
    ways = [[*so_far, text[at:]] for at, so_far in enumerate(best) if so_far and at < len(text)]
    tried = sorted(ways, key=lambda way: (len(way), -len(way[0])))[:4]
    return _any([_all([*(f'"{word}"' for word in way[:-1]), _run(reader, (way[-1], False))]) for way in tried])


def near(reader: Reader, query: Query) -> tuple[str, dict[str, int]] | None:
    """For things with words a slip away, and these words with their number of slips; None where there are none."""
    ways: list[Sequence[Run]] = [query.runs]
    if len(query.runs) > 1 and not any(unspaced for _, unspaced in query.runs):
        ways.append([(query.squeezed, False)])
    found: dict[str, int] = {}
    expressions = []
    for way in ways:
        parts = []
        for run, unspaced in way:
            meant = {} if unspaced else _near(reader, run)
            found |= meant
            parts.append(_any([_run(reader, (run, unspaced)), *(f'"{word}"' for word in meant)]))
        expressions.append(_all(parts))
    expression = _any(expressions)
    return (expression, found) if expression and found else None


def _near(reader: Reader, typed: str) -> dict[str, int]:
    keys = asked(typed) if typed.isalpha() and typed.isascii() else ()
    if not keys or reader.rows("search_known", [_json([typed])]):  # a word that names have is no slip
        return {}
    rows = reader.rows("search_slips", {"keys": " OR ".join(f'"{key}"' for key in sorted(keys)), "most": _LOOKED_AT})
    measured = [(apart, at, row["word"]) for at, row in enumerate(rows) if (apart := slips(typed, row["word"]))]
    return {word: apart for apart, _, word in sorted(measured)[:_NEAR]}


def _run(reader: Reader, run: Run, before: str = "") -> str | None:
    """For one word's beginning, or for all pairs of signs; None when no word begins so."""
    text, unspaced = run
    if unspaced and len(text) > 1:
        first, *others = dict.fromkeys(pairs(text))
        return " AND ".join(f'"{pair}"' for pair in (before + first, *others))
    text = before + text
    if len(text) <= LONGEST_PREFIX:
        return f'"{text}"*'
    held = [row["term"] for row in reader.rows("search_terms", [text, text + "\U0010ffff", _EXPANDED + 1])]
    return f'"{text}"*' if len(held) > _EXPANDED else _any([f'"{term}"' for term in held])


def _all(parts: Iterable[str | None]) -> str | None:
    held = list(parts)
    return " AND ".join(f"({part})" for part in held) if held and all(held) else None


def _any(parts: Iterable[str | None]) -> str | None:
    held = [f"({part})" for part in parts if part]
    return " OR ".join(held) or None


def _json(texts: Iterable[str]) -> str:
    return "[" + ",".join(f'"{text}"' for text in sorted(texts)) + "]"
