"""Queries as readers type them: letter by letter, misspelled, in other scripts, with words in another order, and nonsense."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from overt.index.search_pinyin import read_aloud
from overt.resolve.names.han.cedict import dictionary

_HAN = re.compile(r"[一-鿿]+")
_LATIN = re.compile(r"[A-Z][a-z]{4,}")
_FORMS = {"Limited", "Company", "Corporation"}
_CYRILLIC = (
    "sh:ш ch:ч th:т ck:к zh:ж a:а b:б c:к d:д e:е f:ф g:г h:х i:и j:дж k:к l:л m:м n:н o:о p:п q:к r:р s:с t:т u:у v:в w:в "
    "x:кс y:и z:з"
)
"""Pairs of Latin letters and the Cyrillic letters with which someone might spell a foreign name by ear."""
_MAX_SHARING = 3
"""Maximum number of entities that may share the word of a one-word query. “Shenzhen” is no search for one company."""
NONSENSE = (
    "NEAR(", '"', "*", "a*", "x AND", "OR OR", "()", "-", "'; DROP TABLE entries; --", "<script>", "🙂🙂🙂", "\u202e\u200f",
    "%%%", "…", "a" * 10_000, "华" * 10_000, "q q q q q q q q q q q q", "zzzzqqqqxxxx", "0000000000", "ﷺ" * 100,
)  # fmt: skip


class Query(NamedTuple):
    """A query, or the part of it that a reader has typed so far."""

    kind: str
    text: str
    entity: int | None
    """The entity that a complete query should find; None for nonsense and for a query that is still being typed."""


def queries(things: Sequence[tuple[int, list[str]]], each: int, seed: int = 7) -> list[Query]:
    """Return queries of every kind, for up to `each` entities per kind, and nonsense. Equal arguments give equal queries.

    `things`: for each entity, its number and its names.
    """
    drawn = random.Random(seed)
    order = drawn.sample(range(len(things)), len(things))
    sharing = Counter(word for _, names in things if (word := _word(names)))
    typed: list[Query] = []
    for kind, make in (
        ("letter by letter", _letters),
        ("typing error", _slips),
        ("pinyin", _pinyin),
        ("pinyin in parts", _parted),
        ("cyrillic", _cyrillic),
        ("han", _han),
        ("two words, turned", _turned),
    ):
        count = 0
        for at in order:
            if kind in _BY_WORD and sharing[_word(things[at][1])] > _MAX_SHARING:
                continue
            if rows := [Query(kind, text, things[at][0] if complete else None) for text, complete in make(drawn, things[at][1])]:
                typed += rows
                count += 1
            if count == each:
                break
        drawn.shuffle(order)
    return [*typed, *(Query("no name", text, None) for text in NONSENSE)]


_BY_WORD = ("typing error", "cyrillic")
Typed = Iterator[tuple[str, bool]]


def _letters(drawn: random.Random, names: list[str]) -> Typed:
    name = drawn.choice(names)[:24]
    yield from ((name[:end], False) for end in range(1, len(name)))
    yield name, True


def _slips(drawn: random.Random, names: list[str]) -> Typed:
    """Yield the first word of a name with one typing error, both complete and while being typed."""
    word = _word(names)
    if not word:
        return
    at, way = drawn.randrange(1, len(word) - 1), drawn.randrange(4)
    letter = drawn.choice("abcdefghijklmnopqrstuvwxyz".replace(word[at], ""))
    typed = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )[way]
    if typed != word:
        yield from ((typed[:end], False) for end in range(max(at + 2, 5), len(typed)))
        yield typed, True


def _pinyin(drawn: random.Random, names: list[str], between: str = "") -> Typed:
    """Yield the first characters of a Chinese name in pinyin, taken from the dictionary instead of the index."""
    run = next((match[0] for name in names if (match := _HAN.match(name)) and len(match[0]) > 3), "")
    if not run:
        return
    syllables = [dictionary().readings(character)[:1] for character in run[:4]]
    if not all(syllables) or len(read_aloud(run)) < 4:
        return
    text = between.join(readings[0] for readings in syllables)
    yield from ((text[:end], False) for end in range(1, len(text)))
    yield text, True


def _parted(drawn: random.Random, names: list[str]) -> Typed:
    return _pinyin(drawn, names, " ")


def _cyrillic(drawn: random.Random, names: list[str]) -> Typed:
    text = _word(names)
    for latin, cyrillic in (pair.split(":") for pair in _CYRILLIC.split()):
        text = text.replace(latin, cyrillic)
    yield from ((text[:end], False) for end in range(2, len(text)))
    if text:
        yield text, True


def _han(drawn: random.Random, names: list[str]) -> Typed:
    run = next((match[0] for name in names if (match := _HAN.match(name)) and len(match[0]) > 3), "")
    yield from ((run[:end], end == 6) for end in range(1, min(len(run), 6) + 1))


def _turned(drawn: random.Random, names: list[str]) -> Typed:
    words = _LATIN.findall(names[0])
    if len(words) > 1:
        yield f"{words[1]} {words[0]}".lower(), True


def _word(names: list[str]) -> str:
    """Return the first word of the first name in lower case.

    Empty unless it is a capitalised Latin word of five letters or more that is not in `_FORMS`.
    """
    match = _LATIN.match(names[0])
    return match[0].lower() if match and match[0] not in _FORMS else ""
