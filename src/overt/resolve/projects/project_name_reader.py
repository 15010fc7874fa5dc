"""Parse project names into variants, significant words, and the numbers that distinguish phases and sibling projects."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from overt.resolve.names import fold
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.projects.project_model import ProjectNameRules

_CAPITAL = re.compile(r"[^\W\d_][\w'’]*", re.UNICODE)
_LETTERS_AND_NUMBER = re.compile(r"([a-z]{2,})(\d{1,2})")
_NUMBER_AND_LETTERS = re.compile(r"(\d{1,2})([a-z]{4,})")
"""Matches a name that begins with its number: 2Africa."""
_LETTERED_NUMBER = re.compile(r"\d{1,2}[a-fh-z]")
"""Matches 8A and 1R, but not 5G, which is a kind of network."""
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_ROMAN_LETTERS = {"i", "v", "x"}
"""Letters that are also Roman numerals. They count as numbers only after words such as `phase`."""
_BRACKETS = re.compile(r"[(\[“„«\"]([^()\[\]“”„«»\"]{2,60})[)\]”“»\"]")
_COUNTED_HAN = re.compile(
    r"(第?[一二三四五六七八九十]|第?\d{1,2})(期|阶段|標段|标段|标包|包|段階|批|号|本目|番目|件目|つ目)|(\d{1,2})(단계|차(?![가-힣]))"
)
"""Matches the number of a phase, lot, batch or cable in Chinese, Japanese or Korean: 二期 and 2단계 (phase 2), 第三批 (batch 3),
一号 (number 1), 2本目 (second cable).
"""
_ORDINAL_HAN = re.compile(r"第([二三四五2-5])(?=[条條座个個\u30a0-\u30ff])|제([2-5])(?=\s?[가-힣])(?!\s?[세대회])")
"""Matches ordinals from 2 to 5, as in 第2データセンター and 제2 데이터센터 (second data centre), except Korean ones for
generations and for rounds of an event.
"""
_HAN_DIGITS = str.maketrans("2345", "二三四五")
_INITIALS = range(3, 7)
"""Numbers of consecutive capitalised words whose initials count."""
_ALTERNATIVE = 5
"""Maximum number of words on each side of a slash that separates two names. A slash between longer texts separates words."""
MAX_NAME_LENGTH = 400
"""Maximum number of characters of a name to read."""


class NameVariant(NamedTuple):
    """A variant of a project's name, such as the full name, a part in brackets, or one of two names separated by a slash."""

    tokens: tuple[str, ...]
    """Words, single letters and numbers of the variant, in order."""
    words: frozenset[str]


class ParsedProjectName(NamedTuple):
    """A parsed project name."""

    words: frozenset[str]
    numbers: frozenset[str]
    bound: frozenset[tuple[str, str]]
    """Numbers that are part of a word, with the rest of the word: SJC2, PPIC3."""
    ordinals: frozenset[str]
    """Numbers given as ordinals, including a “first” that doesn't count phases: the first data centre is not the second."""
    initials: frozenset[str]
    """Initials of consecutive capitalised words. They count only if another name contains them as a word."""
    acts: frozenset[str]
    """Activities other than building: repair, extension, training …"""
    sides: frozenset[str]
    """Words such as north and central, which distinguish sibling projects as numbers do."""
    variants: tuple[NameVariant, ...]


class _Token(NamedTuple):
    text: str
    kind: str
    """`word`, `number`, `phase` (a number that counts phases), `letter`; or `quiet`, a word to ignore."""
    bound: str = ""
    """For a number that is part of a word, the rest of the word."""
    ordinal: str = ""
    """For an ordinal, its number."""


class ProjectNameReader:
    """Parses names with the word lists and patterns of the model."""

    def __init__(self, rules: ProjectNameRules) -> None:
        self._leave_out = [re.compile(pattern, re.IGNORECASE) for pattern in rules.leave_out]
        self._tail = re.compile(rules.tail, re.IGNORECASE)
        self._quiet = frozenset(rules.quiet)
        self._plain = frozenset(rules.plain)
        self._numbered = frozenset(map(fold, rules.numbered))
        self._phases = self._numbered - frozenset(rules.parts)
        self._ordinals = {fold(word): number for word, number in rules.ordinals.items()}
        self._counted = {fold(word): number for word, number in rules.counted.items()}
        self._sides = frozenset(rules.sides)
        self._alike = rules.alike
        self._acts = {act: re.compile(rf"\b(?:{'|'.join(patterns)})\b") for act, patterns in rules.acts.items()}

    def read(self, name: str) -> ParsedProjectName:
        """Parse a name. Variants of a word, such as translations and plurals, are replaced by a single form."""
        text = self._without_quantities(name)
        tokens = self._tokens(text)
        folded = fold(text)
        words = frozenset(token.text for token in tokens if token.kind == "word")
        phases = [token for token in tokens if token.kind == "phase"]
        acts = frozenset(act for act, pattern in self._acts.items() if pattern.search(folded))
        return ParsedProjectName(
            words,
            frozenset(token.text for token in tokens if token.kind in ("number", "phase") and not token.bound),
            frozenset((token.bound, token.text) for token in tokens if token.bound)
            | {(match[2], match[1]) for word in words if (match := _NUMBER_AND_LETTERS.fullmatch(word))},
            frozenset(token.ordinal for token in tokens if token.ordinal),
            frozenset(_initials(text)),
            acts,
            words & self._sides,
            # Every variant includes the phase, because the third phase of a network is not the network itself.
            tuple(dict.fromkeys(_variant([*part, *phases]) for part in self._parts(text, tokens) if _has_word(part))),
        )

    def phases(self, text: str) -> frozenset[str]:
        """Return the numbers of the phases that a short text mentions, as in “the second phase” or “etapa 2”."""
        tokens = self._tokens(self._without_quantities(text), self._phases)
        return frozenset(token.text for token in tokens if token.kind == "phase")

    def _without_quantities(self, name: str) -> str:
        text = name[:MAX_NAME_LENGTH]
        for pattern in self._leave_out:
            text = pattern.sub(" ", text)
        return text

    def _parts(self, text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
        """Yield the tokens of each variant of a name."""
        main = text
        for match in _BRACKETS.finditer(text):
            # In "for Mauritius Broadcasting Corporation (MBC) Headquarters", MBC is not a name of the project.
            if not self._is_specific(self._tokens(_BRACKETS.sub(" ", text[match.end() :]))):
                yield from (self._tokens(part) for part in re.split("[,;]", match[1]))
                main = main.replace(match[0], " ")
        main_tokens = self._tokens(main) if main != text else tokens
        yield main_tokens
        short = self._tail.sub(" ", main)
        if short != main and self._is_specific(described := self._tokens(short)):
            yield described
        parts = [self._tokens(part) for part in main.split("/")] if "/" in main else []
        if parts and all(len(part) <= _ALTERNATIVE for part in parts):
            yield from parts
        # A title in two languages has one language after the other. A single foreign word within a sentence is not a title.
        runs = [script for script, _ in groupby(filter(None, (_script(token.text) for token in main_tokens)))]
        if len(runs) > 1 and not main.isascii():
            once = [script for script in sorted(set(runs)) if runs.count(script) == 1]
            # A name between words in another script, such as a product in a Japanese title, is part of that title.
            once = [script for script in once if runs[0] == script or runs[-1] == script]
            yield from ([token for token in main_tokens if _script(token.text) in (script, "")] for script in once)

    def _is_specific(self, tokens: list[_Token]) -> bool:
        return any(token.kind == "word" and token.text not in self._plain for token in tokens)

    def _tokens(self, text: str, numbered: frozenset[str] | None = None) -> list[_Token]:
        """Return the tokens of a text.

        `numbered`: words next to which a word such as “first” counts as a number. By default, these are the model's words, and
        such a word also counts as a number after “and” or “&”.
        """
        behind = numbered or self._numbered | {"and", "&"}
        numbered = numbered or self._numbered
        tokens: list[_Token] = []
        before = ""
        folded = _COUNTED_HAN.sub(r" \1\3 \2\4 ", fold(text))
        words = _ORDINAL_HAN.sub(lambda match: f" 第{(match[1] or match[2]).translate(_HAN_DIGITS)} ", folded).split()
        for place, spelling in enumerate(words):
            word = self._alike.get(spelling, spelling)
            after = words[place + 1] if place + 1 < len(words) else ""
            follows = before in behind
            counted = follows or after in numbered
            if number := self._number(word, follows=follows, counted=counted):
                is_ordinal = word in self._ordinals or bool(_ORDINAL.fullmatch(word))
                # The number in Africa-1 belongs to the name.
                named = tokens[-1].text if tokens and tokens[-1].kind == "word" and not counted and word.isdecimal() else ""
                tokens.append(_Token(number, "phase" if counted else "number", named, number if is_ordinal else ""))
            elif self._ordinals.get(word) == "1" and word != "one":
                tokens.append(self._word(word)._replace(ordinal="1"))
            elif match := _LETTERS_AND_NUMBER.fullmatch(word):
                stem = self._word(match[1])
                tokens += [stem, _Token(match[2].lstrip("0") or "0", "number", stem.text)]
            else:
                tokens.append(self._word(word))
            before = word
        return tokens

    def _number(self, token: str, *, follows: bool, counted: bool) -> str | None:
        """Return the number that a word means, or None.

        `follows`: whether the word comes after a word of `numbered` or “and”. `counted`: whether it does, or comes before a
        word of `numbered`.
        """
        if token.isascii() and token.isdecimal() and len(token) < 3:
            return token.lstrip("0") or "0"
        if _LETTERED_NUMBER.fullmatch(token):
            return token.lstrip("0")
        if match := _ORDINAL.fullmatch(token):
            return match[1]
        if number := self._ordinals.get(token):
            # "First cable between …" has no number, but "second" distinguishes a sibling project.
            return number if number != "1" or counted else None
        if counted and (number := self._counted.get(token)):
            return number
        return _ROMAN.get(token) if token not in _ROMAN_LETTERS or follows else None

    def _word(self, token: str) -> _Token:
        singular = token[:-1] if len(token) > 4 and token.isascii() and token.endswith("s") and token[-2] not in "su" else token
        word = self._alike.get(token) or self._alike.get(singular) or singular
        if word in self._quiet or token in self._quiet:
            return _Token(word, "quiet")
        return _Token(word, "word" if len(word) > 1 else "letter")


def _has_word(tokens: list[_Token]) -> bool:
    return any(token.kind == "word" for token in tokens)


def _script(token: str) -> str:
    return next(filter(None, map(script_of, token)), "")


def _variant(tokens: list[_Token]) -> NameVariant:
    significant = list(dict.fromkeys(token for token in tokens if token.kind != "quiet"))
    return NameVariant(
        tuple(token.text for token in significant), frozenset(token.text for token in significant if token.kind == "word")
    )


def _initials(text: str) -> set[str]:
    """Return the initials of consecutive capitalised words, so that PEACE matches Pakistan East Africa Cable Express."""
    initials: set[str] = set()
    run: list[str] = []
    for match in [*_CAPITAL.finditer(text), None]:
        word = match[0] if match else ""
        is_name = word[:1].isupper() and not word[1:].isupper()
        if is_name:
            run.append(word[0])
            continue
        if len(run) in _INITIALS:
            letters = unicodedata.normalize("NFKD", "".join(run)).casefold()
            initials.add("".join(character for character in letters if character.isalnum()))
        run = []
    return initials
