"""Legal forms by their words, as they are looked for at the end or the beginning of a name."""

from overt.model.legal_forms import LegalForm


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
