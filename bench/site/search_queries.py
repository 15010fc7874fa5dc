"""What readers type: names letter by letter, with slips, in pinyin, in Cyrillic, in Chinese signs, and what is no name at all."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from overt.index.search_pinyin import read_aloud
from overt.resolve.names.cedict import dictionary

_HAN = re.compile(r"[一-鿿]+")
_LATIN = re.compile(r"[A-Z][a-z]{4,}")
_FORMS = {"Limited", "Company", "Corporation"}
_CYRILLIC = (
    "sh:ш ch:ч th:т ck:к zh:ж a:а b:б c:к d:д e:е f:ф g:г h:х i:и j:дж k:к l:л m:м n:н o:о p:п q:к r:р s:с t:т u:у v:в w:в "
    "x:кс y:и z:з"
)
"""As somebody types a foreign name who hears it."""
_BORNE_BY = 3
"""Things that may bear a word by which one is looked for: whoever types Shenzhen with a slip looks for no company."""
NONSENSE = (
    "NEAR(", '"', "*", "a*", "x AND", "OR OR", "()", "-", "'; DROP TABLE entries; --", "<script>", "🙂🙂🙂", "\u202e\u200f",
    "%%%", "…", "a" * 10_000, "华" * 10_000, "q q q q q q q q q q q q", "zzzzqqqqxxxx", "0000000000", "ﷺ" * 100,
)  # fmt: skip


class Asked(NamedTuple):
    """One query."""

    kind: str
    text: str
    thing: int | None
    """The entity that is looked for, where what is typed is enough to tell it; None while it is still being typed."""


def queries(things: Sequence[tuple[int, list[str]]], each: int, seed: int = 7) -> list[Asked]:
    """The same mix for the same things: `each` names of every kind. `things`: entity and names."""
    drawn = random.Random(seed)
    order = drawn.sample(range(len(things)), len(things))
    borne = Counter(word for _, names in things if (word := _word(names)))
    made: list[Asked] = []
    for kind, make in (
        ("letter by letter", _letters),
        ("typing error", _slips),
        ("pinyin", _pinyin),
        ("pinyin in parts", _parted),
        ("cyrillic", _cyrillic),
        ("han", _han),
        ("two words, turned", _turned),
    ):
        found = 0
        for at in order:
            if kind in _BY_WORD and borne[_word(things[at][1])] > _BORNE_BY:
                continue
            if rows := [Asked(kind, text, things[at][0] if whole else None) for text, whole in make(drawn, things[at][1])]:
                made += rows
                found += 1
            if found == each:
                break
        drawn.shuffle(order)
    return [*made, *(Asked("no name", text, None) for text in NONSENSE)]


_BY_WORD = ("typing error", "cyrillic")
Typed = Iterator[tuple[str, bool]]


def _letters(drawn: random.Random, names: list[str]) -> Typed:
    name = drawn.choice(names)[:24]
    yield from ((name[:end], False) for end in range(1, len(name)))
    yield name, True


def _slips(drawn: random.Random, names: list[str]) -> Typed:
    """The first word of a name with one slip, while it is typed and when it is."""
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
    """The first signs of a Chinese name, read; by the dictionary's own pinyin, not as the index writes it."""
    run = next((found[0] for name in names if (found := _HAN.match(name)) and len(found[0]) > 3), "")
    if not run:
        return
    syllables = [dictionary().readings(sign)[:1] for sign in run[:4]]
    if not all(syllables) or len(read_aloud(run)) < 4:
        return
    text = between.join(held[0] for held in syllables)
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
    run = next((found[0] for name in names if (found := _HAN.match(name)) and len(found[0]) > 3), "")
    yield from ((run[:end], end == 6) for end in range(1, min(len(run), 6) + 1))


def _turned(drawn: random.Random, names: list[str]) -> Typed:
    words = _LATIN.findall(names[0])
    if len(words) > 1:
        yield f"{words[1]} {words[0]}".lower(), True


def _word(names: list[str]) -> str:
    """The first word of the first name in Latin letters, a brand most often."""
    found = _LATIN.match(names[0])
    return found[0].lower() if found and found[0] not in _FORMS else ""
