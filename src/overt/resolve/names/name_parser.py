"""Parse names of organisations into brand, field of work, places, numbers and legal form."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from overt.model.legal_forms import LegalForm
from overt.resolve.names.folding_and_scripts import MAX_NAME_LENGTH, folded_words, runs, simplified
from overt.resolve.names.legal_form_stripper import FormStripper
from overt.resolve.names.lexicon import Kind, Lexicon, lexicon
from overt.resolve.names.name_word import ROMAN_DIGITS, Word, WordCache, letters_of

MAX_WORDS = 24
"""Maximum number of words of a name to compare."""

_BRACKET = re.compile(r"[(（]([^()（）]{1,80})[)）][\s*.,;\"'”]*$")
_MIN_LETTERS = 3
"""Minimum number of letters of an alias. An alias with only this many can be part of another name by chance."""


class ParsedName(NamedTuple):
    """The parts of a name."""

    words: tuple[Word, ...]
    """Words in order, without the legal form and words such as "of"."""
    forms: tuple[str, ...]
    """Ids of the legal forms (`names/legal_forms.yml`), those of kind `any` last."""
    joined: str
    """All letters and digits, without spaces and without the legal form."""
    complete: str
    """All letters and digits, without spaces but with the legal form."""
    script: str
    """A script of `folding_and_scripts.script_of`, `mixed`, or empty for a name without letters."""
    alias: str = ""
    """The letters and digits of another name in final brackets: Zhejiang Dahua Technology Co., Ltd. (Dahua).

    Empty if the brackets have fewer than three letters or no brand.
    """

    def _meanings(self, *kinds: Kind) -> tuple[str, ...]:
        return tuple(word.meaning for word in self.words if word.kind in kinds)

    @property
    def industry(self) -> tuple[str, ...]:
        """Ids of the fields of work and kinds of body, from `names/organization_fields_and_kinds.yml`."""
        return self._meanings("field")

    @property
    def places(self) -> tuple[str, ...]:
        """Codes of countries, and ids of regions and cities."""
        return self._meanings("country", "region", "city", "seat")


@lru_cache(maxsize=1 << 16)
def parse_name(name: str) -> ParsedName:
    """Parse a name with the packaged lexicon. Never raises; a name without letters or digits has no words."""
    return parser().parse(name)


@cache
def parser() -> "Parser":
    """Return the parser for the packaged lexicon. It is created on the first call."""
    return Parser(lexicon())


class Parser:
    """Parses names with a lexicon."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known
        self._meanings = WordCache(known)
        self._stripper = FormStripper(known, self._meanings)

    def parse(self, name: str) -> ParsedName:
        """Parse a name.

        Only the first `MAX_NAME_LENGTH` characters are used. If there are more than `MAX_WORDS` words, the surplus before the
        last six is dropped.
        """
        tokens, script, alias = _tokens(name)
        behind = [] if not alias or _repeats(tokens, alias) else alias
        if len(tokens) > MAX_WORDS:
            del tokens[MAX_WORDS - 6 : -6]  # the end may contain the legal form
        forms: list[LegalForm] = []
        if behind and (ends := self._known.endings.get(behind[-1])) and (form := ends.forms.get(tuple(behind))):
            forms.append(form)
            behind = []
        bare = self._stripper.strip(tokens, forms)
        if not bare:
            bare, forms = tokens, []
        alias_letters = self._alias(alias) if alias else ""
        if alias_letters and forms:  # text in brackets after a legal form is another name
            behind = []
        bare, tokens = bare + behind, tokens + behind
        words = tuple(self._words(bare)[:MAX_WORDS])
        if words and words[0].kind == "city":
            words = (words[0]._replace(kind="seat"), *words[1:])
        if script != "latin":
            bare, tokens = [letters_of(token) for token in bare], [letters_of(token) for token in tokens]
        if len(forms) > 1:
            forms.sort(key=lambda form: form.kind == "any")
        return ParsedName(words, tuple([form.id for form in forms]), "".join(bare), "".join(tokens), script, alias_letters)

    def _alias(self, tokens: list[str]) -> str:
        joined = "".join(map(letters_of, tokens))
        return joined if len(joined) >= _MIN_LETTERS and any(word.kind == "brand" for word in self._words(tokens)) else ""

    def _words(self, tokens: list[str]) -> list[Word]:
        meanings, phrases = self._meanings, self._known.phrases
        words: list[Word] = []
        at, end = 0, len(tokens)
        while at < end:
            token = tokens[at]
            if token in phrases and (phrase := self._phrase(tokens, at)):
                words.append(phrase[0])
                at += phrase[1]
                continue
            word = meanings[token]
            if word.kind == "stop":
                at += 1
            elif len(token) == 1 and token.isascii() and token.isalpha():
                word, at = self._initials(tokens, at)
                words.append(word)
            elif not word.written:
                words += self._unspaced(token)
                at += 1
            else:
                at += 1
                if word.kind == "number" and words and (tens := _with_unit(words[-1], word)):
                    words[-1] = tens
                else:
                    words.append(word)
        return words

    def _phrase(self, tokens: list[str], at: int) -> tuple[Word, int] | None:
        for parts, meaning in self._known.phrases[tokens[at]]:
            size = len(parts)
            if tuple(tokens[at : at + size]) == parts:
                return Word(meaning.kind, meaning.id, "".join(map(letters_of, parts))), size
        return None

    def _initials(self, tokens: list[str], at: int) -> tuple[Word, int]:
        """Read consecutive single letters as one word (L & H). Return the word, and the index of the token after the letters.

        A letter by itself may be a Roman numeral, unless it is the first word.
        """
        letters = [tokens[at]]
        end = at + 1
        while end < len(tokens):
            if len(tokens[end]) == 1 and tokens[end].isalpha() and tokens[end].isascii():
                letters.append(tokens[end])
            elif not (tokens[end] == "and" and end + 1 < len(tokens) and len(tokens[end + 1]) == 1 and tokens[end + 1].isalpha()):
                break
            end += 1
        if len(letters) == 1 and at and letters[0] in ROMAN_DIGITS:
            number = str(ROMAN_DIGITS[letters[0]])
            return Word("number", number, number), end
        joined = "".join(letters)
        word = self._meanings[joined] if len(joined) > 1 else Word("brand", joined, joined)
        return (Word("brand", joined, joined) if word.kind in ("stop", "number") else word), end

    def _unspaced(self, token: str) -> Iterator[Word]:
        """Yield the known words in a run of Chinese or Korean characters, and the characters between them."""
        begin = 0
        for match in self._known.unspaced_pattern.finditer(token):
            if match.start() > begin:
                between = letters_of(token[begin : match.start()])
                yield Word("brand", between, between)
            meaning = self._known.unspaced[match.group()]
            if meaning.kind != "stop":
                yield Word(meaning.kind, meaning.id, letters_of(match.group()))
            begin = match.end()
        if begin < len(token):
            yield Word("brand", letters_of(token[begin:]), letters_of(token[begin:]))


def _with_unit(tens: Word, unit: Word) -> Word | None:
    """Combine a number word for a multiple of ten with a unit: forty, four → 44. Return None for any other two words."""
    if (
        tens.kind == "number"
        and len(tens.meaning) == 2
        and tens.meaning[1] == "0"
        and len(unit.meaning) == 1
        and not tens.written.isdecimal()
    ):
        return Word("number", tens.meaning[0] + unit.meaning, tens.meaning[0] + unit.meaning)
    return None


def _tokens(name: str) -> tuple[list[str], str, list[str]]:
    """Return a name's words, their script, and the words in final brackets, which may be a place or another name."""
    bracket = _BRACKET.search(name[:MAX_NAME_LENGTH]) if ")" in name or "）" in name else None
    tokens = folded_words(name[: bracket.start()] if bracket else name)
    folded = "".join(tokens)
    if folded.isascii():
        script = "latin" if folded[:1] > "9" or folded != folded.upper() else ""
    else:
        tokens, script = _split_scripts(tokens)
    if not bracket:
        return tokens, script, []
    behind, behind_script = _split_scripts(folded_words(bracket[1]))
    if not tokens:
        return behind, behind_script, []
    if behind_script not in ("", script):
        script = "mixed" if script else behind_script
    return tokens, script, behind[: MAX_WORDS // 4]


def _repeats(tokens: list[str], alias: list[str]) -> bool:
    """Return whether the words in brackets only repeat words of the name."""
    run = "".join(alias)
    return set(alias) <= set(tokens) or (len(run) > _MIN_LETTERS and run in "".join(tokens))


def _split_scripts(words: list[str]) -> tuple[list[str], str]:
    """Split words where Chinese characters begin or end, and return the words with their script."""
    tokens: list[str] = []
    scripts: set[str] = set()
    for word in map(simplified, words):
        pieces = runs(word)
        scripts.update(script for script, _ in pieces)
        if len(pieces) > 1 and any(script == "han" for script, _ in pieces):
            tokens += (piece for _, piece in pieces)
        else:
            tokens.append(word)
    scripts.discard("")
    return tokens, scripts.pop() if len(scripts) == 1 else "mixed" if scripts else ""
