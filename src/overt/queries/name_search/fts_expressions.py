"""FTS5 expressions for a query. A function returns None if it has no expression for the query, or if no entry can match."""

from collections.abc import Iterable, Iterator, Sequence

from overt.index.search_text import FIRST, joined, pairs
from overt.index.search_typos import query_keys, slip_distances
from overt.queries.database import Reader, json_array
from overt.queries.name_search.name_fit import Query

MAX_PREFIX_LENGTH = 8
"""Length of the longest prefix in the index (see `schema.sql`). A longer prefix is replaced by the words that begin with it."""
_EXPANDED = 32
"""Maximum number of words that replace a longer prefix."""
_NEAR, _LOOKED_AT = 12, 1_000
"""Maximum numbers of words to search for in place of a misspelled word, and of words with the same key to compare with it."""
_SPACES = 3
"""Maximum number of spaces to leave out. Each expression leaves out only one of them."""
_PARTS = 6
"""Maximum number of known words into which a word without spaces is split. The rest is one more word."""
Run = tuple[str, bool]
"""A word by its sound, and whether it is in a script without spaces, as in `Query.runs`."""


def first_word(reader: Reader, query: Query) -> str | None:
    """Return an expression for entries that contain all the words and have a name that begins with the first.

    None if one of the words is longer than `MAX_PREFIX_LENGTH` and no indexed word begins with it.
    """
    first, *rest = query.runs
    return _all([_run(reader, first, FIRST), *(_run(reader, run) for run in rest)])


def all_words(reader: Reader, query: Query) -> str | None:
    """Return an expression for entries that contain all the words; None in the same case as `first_word`."""
    return _all([_run(reader, run) for run in query.runs])


def joined_words(reader: Reader, query: Query) -> str | None:
    """Return an expression for the query's words read as one word, or as syllables of adjacent Chinese characters.

    None if the query has only one word or a word in a script without spaces, or if no indexed word fits.
    """
    letters = _words_of_letters(query)
    if not letters:
        return None
    *before, last = joined(letters)
    syllables = _all([*(f'"{pair}"' for pair in before), _run(reader, (last, False))])
    return _any([_run(reader, (query.squeezed, False)), syllables if before else None])


def without_one_space(reader: Reader, query: Query) -> Iterator[str]:
    """Yield expressions that each leave out one of the query's first spaces."""
    letters = _words_of_letters(query)
    if len(letters) > 2:
        for at in range(min(len(letters) - 1, _SPACES)):
            way = [*letters[:at], letters[at] + letters[at + 1], *letters[at + 2 :]]
            if expression := _all([_run(reader, (word, False)) for word in way]):
                yield expression


def _words_of_letters(query: Query) -> list[str]:
    """Return the query's words if it has several and all are in scripts with spaces; empty for other queries."""
    letters = [run for run, unspaced in query.runs if not unspaced]
    return letters if 1 < len(letters) == len(query.runs) else []


def split_word(reader: Reader, query: Query) -> str | None:
    """Return an expression for the words into which the only word of a query can be split, or None.

    Examples are huaweitech and haikangweishi (Hikvision in pinyin). Only the best splits are tried: those into the fewest words
    and, among these, those with the longest first word.
    """
    text = query.squeezed
    if len(query.runs) > 1 or len(text) < 4 or not text.isascii():
        return None
    starts = {text[at:end] for at in range(len(text)) for end in range(at + 2, len(text) + 1)}
    known = {row["term"] for row in reader.rows("search.known", [json_array(sorted(starts))])}
    best: list[list[str] | None] = [[]] + [None] * len(text)
    for at in range(len(text)):
        if (so_far := best[at]) is None or len(so_far) >= _PARTS:
            continue
        for begin in {at, max(0, at - 1)}:  # Words may share a letter at their border.
            for end in range(len(text) - 1, at + 1, -1):
                shortest = best[end]
                if text[begin:end] in known and (shortest is None or len(shortest) > len(so_far) + 1):
                    best[end] = [*so_far, text[begin:end]]
    ways = [[*so_far, text[begin:]] for at, so_far in enumerate(best) if so_far for begin in (at, at - 1) if at < len(text)]
    tried = sorted(ways, key=lambda way: (len(way), -len(way[0])))[:4]
    return _any([_all([*(f'"{word}"' for word in way[:-1]), _run(reader, (way[-1], False))]) for way in tried])


def near_words(reader: Reader, query: Query) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield expressions for entries with words that the reader may have misspelled, each with the distances of these words.

    The first expression allows only the nearest words. Each further expression also allows words that are less similar.
    """
    ways: list[Sequence[Run]] = [query.runs]
    if _words_of_letters(query):
        ways.append([(query.squeezed, False)])
    near = {run: near_terms(reader, run) for way in ways for run, unspaced in way if not unspaced}
    for max_distance in sorted({far for distances in near.values() for far in distances.values()}):
        distances = {run: {word: far for word, far in words.items() if far <= max_distance} for run, words in near.items()}
        expressions = [
            _all(
                [
                    _any([_run(reader, (run, unspaced)), *(f'"{word}"' for word in distances.get(run, ()))])
                    for run, unspaced in way
                ]
            )
            for way in ways
        ]
        if expression := _any(expressions):
            every = {word: far for words in distances.values() for word, far in words.items()}
            yield expression, dict(sorted(every.items(), key=lambda item: item[1]))


def near_terms(reader: Reader, typed: str) -> dict[str, int]:
    """Return up to `_NEAR` words similar to a typed one, with their distances, nearest first.

    A distance is twice the number of errors, plus one if only the beginning of the word is similar. Empty if the typed word
    occurs in names, is too short, or has characters other than ASCII letters.
    """
    keys = query_keys(typed) if typed.isalpha() and typed.isascii() else ()
    if not keys or reader.rows("search.known", [json_array([typed])]):  # A word that occurs in names is not a typing error.
        return {}
    row = reader.first("search.slips", {"keys": " OR ".join(f'"{key}"' for key in sorted(keys)), "most": _LOOKED_AT})
    words = str(row["words"]).split() if row and row["words"] else []
    far = {word: distance for word, distance in slip_distances(typed, words).items() if distance > 1}
    return dict(sorted(far.items(), key=lambda item: item[1])[:_NEAR])


def _run(reader: Reader, run: Run, before: str = "") -> str | None:
    """Return an expression for words with this prefix or, in a script without spaces, for all pairs of characters.

    None if the prefix is longer than `MAX_PREFIX_LENGTH` and no word begins with it.
    """
    text, unspaced = run
    if unspaced and len(text) > 1:
        first, *rest = dict.fromkeys(pairs(text))
        return " AND ".join(f'"{pair}"' for pair in (before + first, *rest))
    text = before + text
    if len(text) <= MAX_PREFIX_LENGTH:
        return f'"{text}"*'
    terms = [row["term"] for row in reader.rows("search.terms", [text, text + "\U0010ffff", _EXPANDED + 1])]
    return f'"{text}"*' if len(terms) > _EXPANDED else _any([f'"{term}"' for term in terms])


def _all(parts: Iterable[str | None]) -> str | None:
    expressions = list(parts)
    return " AND ".join(f"({part})" for part in expressions) if expressions and all(expressions) else None


def _any(parts: Iterable[str | None]) -> str | None:
    expressions = [f"({part})" for part in parts if part]
    return " OR ".join(expressions) or None
