"""Standard spellings of abbreviations, plurals and country names in keys of names (`content/names/key_spellings.yml`)."""

import re
from functools import cache

from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, packaged_model


class SpellingFile(Content):
    """`names/key_spellings.yml`."""

    title: str
    description: str
    words: list[list[str]]
    countries: list[list[str]]


class KeySpellings:
    """Replaces spellings in a folded name by their standard spellings."""

    def __init__(self, file: SpellingFile) -> None:
        self._standard: dict[str, str] = {}
        for spellings in (*file.words, *file.countries):
            for spelling in spellings[1:]:
                if spelling in self._standard:
                    raise ContentError(f"names/key_spellings.yml: {spelling!r} is there twice; remove one of the two")
                self._standard[spelling] = spellings[0]
        longest_first = sorted(self._standard, key=lambda spelling: (-len(spelling), spelling))
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    def respell(self, folded: str) -> str:
        """Return a folded name in standard spelling. A one-word name is a brand and stays unchanged."""
        return self._pattern.sub(lambda match: self._standard[match[0]], folded) if " " in folded else folded


@cache
def key_spellings() -> KeySpellings:
    """Return the packaged spellings, read on the first call. Raises ContentError for an invalid file."""
    return KeySpellings(packaged_model(SpellingFile, "names/key_spellings.yml"))
