"""Tell whether names of state bodies and large firms in two languages translate each other (`names/translations.yml`).

The comparison of names word by word (`name_comparison`) treats a word that it doesn't know as a brand, and so takes a foreign
word for a difference. Here such a word says nothing unless both names are in one language.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml import Content, parse, read_mapping
from overt.resolve.names.folding import fold, latin, script_of
from overt.resolve.names.lexicon import lexicon

Comparison = Literal["equal", "unknown", "different"]
_NEAR = (
    frozenset({"communications", "telecommunications"}),
    frozenset({"security", "safety"}),
    frozenset({"space", "aerospace"}),
    frozenset({"army", "army-adjective"}),
    frozenset({"information", "computer"}),
)
"""Meanings between which translators choose freely."""
_STOP = frozenset(
    (
        *("y", "e", "i", "a", "o", "da", "dan", "do", "dos", "das", "dengan", "ile", "va"),
        *("в", "и", "по", "при", "о", "об", "с", "сфере", "области"),
    )
)
_MAX_PHRASE = 3
_MIN_STEM = 4
_DEMONYM = 5
"""Number of initial letters that a demonym shares with the country's name."""


class TranslationFile(Content):
    """`names/translations.yml`."""

    title: str
    description: str
    bodies: dict[str, list[str]]
    optional: dict[str, list[str]]
    words: dict[str, list[str]]


class TranslatedName(NamedTuple):
    """The meanings of a name's words."""

    words: dict[str, str]
    """Meaning → spelling, for words that say what the body does."""
    bodies: dict[str, str]
    """Meaning → spelling, for kinds of bodies: agency, authority."""
    optional: frozenset[str]
    unknown: tuple[str, ...]
    """Words without a known meaning, in Latin letters, without those of the country's name."""
    tokens: tuple[str, ...]
    """All words that count, in order and in Latin letters; words of the country's name included."""
    script: str

    def without(self, word: str) -> "TranslatedName":
        """Return the name without an unknown word."""
        return self._replace(unknown=tuple(other for other in self.unknown if other != word)) if word in self.unknown else self


class Translations:
    """Reads names with `names/translations.yml`."""

    def __init__(self, file: TranslationFile) -> None:
        self._phrases: dict[tuple[str, ...], tuple[str, str]] = {}
        self._stems: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        """First letters → stem, kind and meaning."""
        self._unspaced: list[tuple[str, str, str]] = []
        for kind, meanings in (("words", file.words), ("bodies", file.bodies), ("optional", file.optional)):
            for meaning, spellings in meanings.items():
                for spelling in spellings:
                    self._learn(spelling, kind, meaning)
        self._unspaced.sort(key=lambda entry: (-len(entry[0]), entry))
        for stems in self._stems.values():
            stems.sort(key=lambda entry: (-len(entry[0]), entry))

    def _learn(self, spelling: str, kind: str, meaning: str) -> None:
        parts = tuple(map(_plain, fold(spelling).split()))
        if not parts:
            raise ContentError(f"names/translations.yml: {meaning}: {spelling!r} has no letters")
        if spelling.endswith("*"):
            self._stems[parts[0][:_MIN_STEM]].append((parts[0], kind, meaning))
        elif _is_unspaced(parts[0]):
            self._unspaced.append((parts[0], kind, meaning))
            self._phrases.setdefault(parts, (kind, meaning))
        else:
            self._phrases.setdefault(parts, (kind, meaning))

    def read(self, key: str, country: Iterable[str]) -> TranslatedName:
        """Read a folded name without its legal form. `country`: folded words of the names of the body's country."""
        own = frozenset(country)
        pieces = [piece for word in key.split() for piece in self._split(_plain(word))]
        words: dict[str, str] = {}
        bodies: dict[str, str] = {}
        optional: set[str] = set()
        unknown: list[str] = []
        tokens: list[str] = []
        at = 0
        while at < len(pieces):
            size, kind, meaning = self._meaning(pieces, at)
            spelling = " ".join(pieces[at : at + size])
            at += size
            if kind == "stop":
                continue
            tokens += [letters for piece in spelling.split() if (letters := latin(piece))]
            if kind == "words":
                words.setdefault(meaning, spelling)
            elif kind == "bodies":
                bodies.setdefault(meaning, spelling)
            elif kind == "optional":
                optional.add(meaning)
            elif not _is_of_country(spelling, own):
                unknown.append(latin(spelling) or spelling)
        script = next((script for character in key if (script := script_of(character))), "")
        return TranslatedName(words, bodies, frozenset(optional), tuple(sorted(unknown)), tuple(tokens), script)

    def _meaning(self, pieces: list[str], at: int) -> tuple[int, str, str]:
        for size in range(min(_MAX_PHRASE, len(pieces) - at), 0, -1):
            if known := self._phrases.get(tuple(pieces[at : at + size])):
                return (size, *known)
        piece = pieces[at]
        known_word = lexicon().words.get(piece)
        if piece in _STOP or (known_word and known_word.kind == "stop"):
            return 1, "stop", ""
        for form in _without_article(piece):
            if known := self._phrases.get((form,)):
                return (1, *known)
        for stem, kind, meaning in self._stems.get(piece[:_MIN_STEM], ()):
            if piece.startswith(stem):
                return 1, kind, meaning
        return 1, "", ""

    def _split(self, word: str) -> Iterator[str]:
        """Yield a word, or the known words in a run of letters that is written without spaces, and what is between them."""
        if not _is_unspaced(word):
            yield word
            return
        rest, between = word, ""
        while rest:
            match = next((text for text, *_ in self._unspaced if rest.startswith(text)), "")
            if match:
                if between:
                    yield between
                    between = ""
                yield match
                rest = rest[len(match) :]
            else:
                between, rest = between + rest[0], rest[1:]
        if between:
            yield between


@cache
def translations() -> Translations:
    """Return the packaged translations. Raises ContentError for an invalid file."""
    path = "names/translations.yml"
    return Translations(parse(TranslationFile, read_mapping(packaged_content() / "names" / "translations.yml"), path))


@lru_cache(maxsize=1 << 15)
def read_translated(key: str, country: frozenset[str]) -> TranslatedName:
    """Return the meanings of a folded name without its legal form."""
    return translations().read(key, country)


def compare_translated(left: TranslatedName, right: TranslatedName, *, strict: bool = True) -> Comparison:
    """Return whether two names of one country's bodies are translations of each other.

    `equal`: no word is left over, and the names share at least two. `different`: words on both sides contradict each other.
    Otherwise `unknown`. Without `strict`, the kind of body (agency, administration) may differ, and so may “national”, “federal”
    and “state”.
    """
    over_left, over_right = _without_near(set(left.words) - set(right.words), set(right.words) - set(left.words))
    rest_left, rest_right = _unmatched(left.unknown, right.unknown)
    same_bodies = left.bodies.keys() == right.bodies.keys()
    if not (over_left or over_right or rest_left or rest_right):
        shared = (
            len(left.words)
            + len(left.unknown)
            + len(left.bodies.keys() & right.bodies.keys())
            + len(left.optional & right.optional)
        )
        free = not strict or (same_bodies and _proper(left.optional) == _proper(right.optional))
        return "equal" if shared >= 2 and free else "unknown"
    if over_left and over_right:
        return "different"
    has_left, has_right = bool(over_left or rest_left), bool(over_right or rest_right)
    return "different" if has_left and has_right and _is_one_language(left, right) else "unknown"


def _proper(optional: frozenset[str]) -> frozenset[str]:
    return optional - {"republic", "kingdom", "general", "force"}


def _without_near(left: set[str], right: set[str]) -> tuple[set[str], set[str]]:
    for pair in _NEAR:
        if left & pair and right & pair:
            left, right = left - pair, right - pair
    return left, right


def _unmatched(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the unknown words of each side that the other side doesn't have, apart from a slip in a long word."""
    rest = list(right)
    unmatched = []
    for word in left:
        match = next((other for other in rest if _is_one_word(word, other)), None)
        if match is None:
            unmatched.append(word)
        else:
            rest.remove(match)
    return unmatched, rest


def _is_one_word(left: str, right: str) -> bool:
    if left == right:
        return True
    longest = max(len(left), len(right))
    return longest >= 6 and not left.isdigit() and OSA.distance(left, right, score_cutoff=longest // 5) <= longest // 5


def _is_one_language(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether both names spell the words that they share alike, so that their other words must differ in meaning."""
    if left.script != right.script:
        return False
    pairs = [
        (first[meaning], second[meaning])
        for first, second in ((left.words, right.words), (left.bodies, right.bodies))
        for meaning in first.keys() & second.keys()
    ]
    return bool(pairs) and all(first == second for first, second in pairs)


def _plain(word: str) -> str:
    """Return a folded word without letters that only some languages have: ı and đ become i and d."""
    return latin(word) if word and script_of(word[0]) == "latin" else word


def _is_unspaced(word: str) -> bool:
    return bool(word) and "\u0e00" <= word[0] <= "\u0e7f"


def _without_article(word: str) -> Iterator[str]:
    """Yield an Arabic word without its prefix (the article, “and”, “for” or “with”), and then with the article instead."""
    for prefix in ("وال", "بال", "لل", "ال", "و", "ل", "ب"):
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            yield word[len(prefix) :]
            yield f"ال{word[len(prefix) :]}"


def _is_of_country(word: str, own: frozenset[str]) -> bool:
    return word in own or any(len(name) >= _DEMONYM <= len(word) and word[:_DEMONYM] == name[:_DEMONYM] for name in own)
