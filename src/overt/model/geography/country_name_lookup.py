"""Reads the names of countries as people write them, in many languages. A name that could mean several countries is refused."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from babel import Locale

from overt.model.errors import ValueProblem, quote_text

LANGUAGES = ("zh", "zh_Hant", "en", "fr", "es", "ru", "ar", "de", "pt")
"""Languages whose country names are understood in addition to those in `vocab/areas.yml`. The names come from CLDR."""
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ´`", "") | {"&": " and "})
_IGNORED = {"the", "and"}
_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_TWO_NAMES = re.compile(r"(?P<first>[^()（）/]+)(?:[(（](?P<inner>[^()（）]+)[)）]|/(?P<last>[^()（）/]+))\s*")
_APART = re.compile(r"[,(（]")
_MAX_CACHED = 20_000


def fold_name(name: str) -> str:
    """Return the form in which names are compared: without case, accents, punctuation, “the” and “and”.

    Initials are joined (`U.S.A.` becomes `usa`), and a compass letter at the beginning is spelled out (`N. Korea`).
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    letters = "".join(
        character if character.isalnum() else " " for character in decomposed if not unicodedata.combining(character)
    )
    words = _join_initials(letters.split())
    if len(words) > 1:
        words[0] = _COMPASS.get(words[0], words[0])
    return _HAN.sub("", " ".join(word for word in words if word not in _IGNORED))


def _join_initials(words: list[str]) -> list[str]:
    """Join runs of single ASCII letters and digits: `u s a` becomes `usa`."""
    joined: list[str] = []
    is_run = False
    for word in words:
        is_initial = len(word) == 1 and word.isascii()
        if is_initial and joined and (is_run or (len(joined[-1]) == 1 and joined[-1].isascii())):
            joined[-1] += word
            is_run = True
        else:
            joined.append(word)
            is_run = False
    return joined


class CountryNames:
    """The names of areas, by their folded form."""

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        codes: Mapping[str, str],
        labels: Mapping[str, str],
        *,
        ambiguous: Mapping[str, list[str]],
        forms: Iterable[str],
        words: Mapping[str, str],
    ) -> None:
        """Build the index of names.

        `names`: pairs of a name and a code. `codes`: codes and abbreviations that must be written in capitals, with the area's
        code. `labels`: the name of each area by code, for messages and to find its names in CLDR. `ambiguous`: refused names,
        with the codes that they could mean. `forms`: what a name may have in addition, such as “Republic of”. `words`:
        abbreviations, such as “St.”, with their long forms.
        """
        self._words = {fold_name(short): fold_name(word) for short, word in words.items()}
        self._codes, self._labels = codes, labels
        self._forms = sorted(map(self._fold, forms), key=lambda form: (-len(form), form))
        self._ambiguous = {self._fold(name): tuple(sorted(among)) for name, among in ambiguous.items()}
        self._names: dict[str, set[str]] = {}
        for name, code in names:
            self._names.setdefault(self._fold(name), set()).add(code)
        self.find = lru_cache(_MAX_CACHED)(self._find)
        """Return the code for a name or code; see `Areas.find`. Raises ValueProblem."""

    def _fold(self, name: str) -> str:
        return " ".join(self._words.get(word, word) for word in fold_name(name).split())

    def _find(self, text: str) -> str:
        if code := self._codes.get(text.strip()):
            return code
        codes = self.candidates(text)
        if len(codes) == 1:
            return codes[0]
        if codes:
            choices = " or ".join(f"{code} ({self._labels[code]})" for code in codes)
            raise ValueProblem(f"{quote_text(text)} could mean {choices}; write the code or the full name")
        raise ValueProblem(f"{quote_text(text)} is not a known country or area")

    def candidates(self, text: str) -> tuple[str, ...]:
        """Return the codes that a name could mean, sorted; empty if the name is unknown."""
        if codes := self._look_up(text):
            return codes
        if pair := _TWO_NAMES.fullmatch(text):  # “Burma/Myanmar”, “Swaziland (Eswatini)”: both names must have the same meaning.
            first, second = (self._one_code(part) for part in (pair["first"], pair["inner"] or pair["last"]))
            return (first,) if first and first == second else ()
        return ()

    @property
    def spellings(self) -> Iterable[str]:
        """The folded names, without those that only CLDR has."""
        return self._names.keys()

    def _one_code(self, name: str) -> str | None:
        codes = self._look_up(name)
        return codes[0] if len(codes) == 1 else self._codes.get(name.strip())

    def _look_up(self, text: str) -> tuple[str, ...]:
        folded = self._fold(text)
        spellings = [folded, *self._without_form(folded, is_apart=bool(_APART.search(text)))]
        for names in (self._names, self._other_languages):
            for spelling in filter(None, spellings):
                if codes := self._ambiguous.get(spelling) or names.get(spelling):
                    return tuple(sorted(codes))
        return ()

    def _without_form(self, folded: str, *, is_apart: bool) -> Iterator[str]:
        """Yield what remains of a name without a form of state at its beginning or end.

        `is_apart`: whether a comma or parenthesis separates the form, so that it may lack its “of”, as in “Iran, Islamic
        Republic”.
        """
        for form in self._forms:
            if not form.isascii():
                if folded.endswith(form):
                    yield folded.removesuffix(form)
            elif folded.startswith(f"{form} "):
                yield folded.removeprefix(f"{form} ")
            elif folded.endswith(f" {form}"):
                yield folded.removesuffix(f" {form}")
            elif is_apart and folded.endswith(short := f" {form.removesuffix(' of')}"):
                yield folded.removesuffix(short)

    @cached_property
    def _other_languages(self) -> dict[str, set[str]]:
        """CLDR's names. They are loaded only for a name that is in neither `vocab/areas.yml` nor ISO 3166."""
        names: dict[str, set[str]] = {}
        for language in LANGUAGES:
            for code, name in Locale.parse(language).territories.items():
                if code in self._labels:
                    names.setdefault(self._fold(name), set()).add(code)
        return names
