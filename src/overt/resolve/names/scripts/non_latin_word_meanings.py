"""Words in organisations' names in Cyrillic, Arabic, Hangul and kana, with their English meanings."""

from collections.abc import Iterable, Iterator
from functools import cache
from string import ascii_lowercase
from typing import Any

from babel import Locale

from overt.model.content_files import packaged_content
from overt.model.yaml_reading_and_validation import read_mapping
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.han.cedict import Sense, dictionary, parse_sense
from overt.resolve.names.scripts.transliteration_and_sounds import fold_script

MAX_ENDING_LENGTH = 4
"""Maximum number of letters that a Cyrillic word may have after its root in the word list."""
MAX_PHRASE_WORDS = 6
_LOCALES = {"cyrillic": ("ru", "uk"), "arabic": ("ar", "fa"), "hangul": ("ko",), "kana": ("ja",)}
Phrase = tuple[str, ...]
"""The words of a phrase; its characters if it is in Hangul or kana."""


class ScriptWords:
    """The words of one script: phrases with their meanings, and phrases without information, such as legal forms."""

    def __init__(self, script: str, senses: dict[str, list[str]], empty: Iterable[str]) -> None:
        self.script = script
        self.empty = frozenset(self._phrase(text) for text in empty)
        self.senses: dict[Phrase, tuple[Sense, ...]] = {}
        for text, meanings in senses.items():
            phrase = self._phrase(text)
            parsed = (parse_sense(meaning) for meaning in meanings)
            known = self.senses.get(phrase, ())
            self.senses[phrase] = tuple(dict.fromkeys((*known, *(sense for sense in parsed if sense.stems))))
        self._roots = frozenset(word for phrase in (*self.senses, *self.empty) for word in phrase)

    def _phrase(self, text: str) -> Phrase:
        words = fold_script(dictionary().simplify(text) if self.script == "kana" else text, self.script)
        return tuple(words) if self.script in ("cyrillic", "arabic") else tuple("".join(words))

    def root(self, word: str) -> str:
        """Return the form of a word that is in the list: a Cyrillic root, or an Arabic word without prefix or ending.

        Return the word unchanged if no form of it is in the list.
        """
        if word in self._roots:
            return word
        if self.script == "cyrillic":
            begins = (word[:size] for size in range(len(word) - 1, max(2, len(word) - MAX_ENDING_LENGTH - 1), -1))
            return next((begin for begin in begins if begin in self._roots), word)
        return next((form for form in _arabic_forms(word) if form in self._roots), word)


def _arabic_forms(word: str) -> Iterator[str]:
    """Yield an Arabic or Persian word without a prefix (the article, "and", "for", "with"), or without a Persian ending."""
    for prefix in ("ال", "لل", "وال", "بال", "و", "ل", "ب"):
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            yield word[len(prefix) :]
    for suffix in ("هاي", "ها", "ي", "ه"):
        if word.endswith(suffix) and len(word) - len(suffix) > 2:
            yield word[: -len(suffix)]


@cache
def script_words() -> dict[str, ScriptWords]:
    """Return the word list of each script. The lists are read on the first call."""
    names = packaged_content() / "names"
    own = read_mapping(names / "non_latin_words.yml")
    shared, forms = read_mapping(names / "organization_fields_and_kinds.yml"), read_mapping(names / "legal_forms.yml")
    legal = [spelling for form in forms["forms"] for spelling in form["spellings"]]
    words = {}
    for script, locales in _LOCALES.items():
        senses: dict[str, list[str]] = dict(own[script]["words"])
        for text, meanings in (*_shared(shared, script), *_countries(locales)):
            senses.setdefault(text, meanings)
        words[script] = ScriptWords(script, senses, [*own[script]["empty"], *(text for text in legal if _is_in(text, script))])
    return words


@cache
def letter_names() -> dict[str, dict[str, str]]:
    """Return the names of Latin letters: script → letter → its name in that script."""
    spelled = read_mapping(packaged_content() / "names" / "non_latin_words.yml")["letters"]
    return {script: dict(zip(ascii_lowercase, names.split(), strict=True)) for script, names in spelled.items()}


def _shared(shared: dict[str, Any], script: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the words of `organization_fields_and_kinds.yml` in a script, each with English words of the same meaning."""
    for kind in ("field", "body", "generic", "scope", "regions", "places"):
        for texts in shared[kind].values():
            meanings = [text for text in texts if text.isascii()]
            for text in texts if meanings else ():
                if _is_in(text, script):
                    yield text, meanings


def _countries(locales: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    english = Locale("en").territories
    for locale in locales:
        for code, text in Locale(locale).territories.items():
            if code.isalpha() and code in english:
                # Russian country names are inflected (Индия, Индии), so only the stem is used.
                yield (text[:-1] if locale == "ru" and len(text) > 4 and text[-1] in "аяйь" else text), [english[code]]


def _is_in(text: str, script: str) -> bool:
    return not text.isascii() and any(script_of(character) == script for character in text)
