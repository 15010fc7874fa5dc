"""Legal forms: what content says of them, and how they are found at the end or the beginning of a name."""

from typing import Literal

from overt.model.yaml import Content


class LegalForm(Content):
    """A legal form and how it is written."""

    id: str
    kind: Literal["any", "limited", "stock", "partnership", "non-profit", "cooperative", "state"]
    areas: frozenset[str] = frozenset()
    """The countries whose law knows it by these words; empty where many do."""
    leads: bool = False
    """Whether it may stand before a name in Latin letters too."""
    spellings: list[str]


class FormFile(Content):
    """`names/legal_forms.yml`."""

    title: str
    description: str
    source: str
    forms: list[LegalForm]


class FormPhrases:
    """Legal forms that share a word, by their words."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, ...], LegalForm] = {}
        self._sizes: tuple[int, ...] = ()

    def add(self, parts: tuple[str, ...], form: LegalForm) -> None:
        """One more; of two forms with the same words the first stays."""
        self.forms.setdefault(parts, form)
        self._sizes = tuple(sorted({*self._sizes, len(parts)}, reverse=True))

    @property
    def most(self) -> int:
        """The words of the longest."""
        return self._sizes[0]

    def longest_at_end(self, tokens: list[str]) -> tuple[int, LegalForm] | None:
        """The longest form at the end of these tokens, after how many words it has."""
        for size in self._sizes:
            if form := self.forms.get(tuple(tokens[-size:])):
                return size, form
        return None

    def longest(self, tokens: list[str]) -> tuple[int, LegalForm] | None:
        """The longest form at their beginning with something behind it."""
        for size in self._sizes:
            if size < len(tokens) and (form := self.forms.get(tuple(tokens[:size]))):
                return size, form
        return None


def add_form(table: dict[str, FormPhrases], key: str, parts: tuple[str, ...], form: LegalForm) -> None:
    """Put a form under the word by which it is looked up."""
    table.setdefault(key, FormPhrases()).add(parts, form)
