"""Find where names in other scripts spell Latin words by sound."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from overt.resolve.names.cross_script.cross_script_parsing import HanForm, LatinForm
from overt.resolve.names.han.latin_words_spelled_in_han_names import SpellingFinder
from overt.resolve.names.scripts.latin_words_spelled_in_non_latin_names import ScriptSpellingFinder

_MIN_LETTERS = 3
"""Minimum number of letters of a word to look for in Chinese characters. In other scripts, two letters are enough."""


class NameSpellingFinder:
    """Finds where Latin words are transcribed in many names at once, with a finder for each script."""

    def __init__(self, forms: Sequence[HanForm]) -> None:
        by_script: dict[str, list[int]] = defaultdict(list)
        for number, form in enumerate(forms):
            by_script[form.script].append(number)
        han = sorted([*by_script.pop("han", []), *by_script.get("kana", [])])
        self.spells_common_words = bool(by_script)
        """Whether any name is in a script that often transcribes common words. Chinese names translate them instead."""
        self._han = (han, SpellingFinder([forms[number] for number in han])) if han else None
        self._other = [
            (numbers, ScriptSpellingFinder([forms[number] for number in numbers], script))
            for script, numbers in sorted(by_script.items())
        ]

    def letters_of(self, latin: LatinForm) -> dict[str, bool]:
        """Return the letters that may be transcribed: words of a Latin name, and adjacent words joined.

        The value is True for a common word. Common words are left out unless `spells_common_words`.
        """
        words = {word.text: word.common for word in latin.words if not (word.legal or word.number)}
        words |= {letters: False for _, letters in latin.joined}
        return {
            letters: is_common
            for letters, is_common in words.items()
            if len(letters) > 1 and letters.isalpha() and (self.spells_common_words or not is_common)
        }

    def find(self, letters: str, min_bits: float, *, is_common: bool = False) -> Mapping[int, list[tuple[int, int, float]]]:
        """Return the best spellings of the letters with more than `min_bits` bits: start, end and bits, by index of the name.

        Common words (`is_common`) and words of two letters are not looked for in Chinese characters.
        """
        spans: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        if self._han and not is_common and len(letters) >= _MIN_LETTERS:
            numbers, finder = self._han
            for place, places in finder.find(letters, min_bits).items():
                spans[numbers[place]] += places
        for forms, other_finder in self._other:
            for place, places in other_finder.find(letters, min_bits).items():
                spans[forms[place]] += places
        return spans

    def find_all(self, latin: LatinForm, min_bits: float) -> dict[str, list[tuple[int, int, float]]]:
        """Return the spellings of a Latin name's words and joined words (`letters_of`) in the first name: start, end and bits."""
        return {
            letters: list(self.find(letters, min_bits, is_common=is_common).get(0, []))
            for letters, is_common in self.letters_of(latin).items()
        }
