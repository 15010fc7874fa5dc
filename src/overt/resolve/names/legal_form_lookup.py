"""Legal forms of one or more words, for lookup at the beginning or end of a name."""

from overt.model.legal_forms import LegalForm


class FormPhrases:
    """The legal forms that begin or end with the same word."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, ...], LegalForm] = {}
        self._sizes: tuple[int, ...] = ()

    def add(self, parts: tuple[str, ...], form: LegalForm) -> None:
        """Add a form. If two forms have the same words, the first is kept."""
        self.forms.setdefault(parts, form)
        self._sizes = tuple(sorted({*self._sizes, len(parts)}, reverse=True))

    @property
    def longest_size(self) -> int:
        """Number of words of the longest form."""
        return self._sizes[0]

    def longest_at_end(self, tokens: list[str]) -> tuple[int, LegalForm] | None:
        """Return the number of words of the longest form at the end of these tokens, and the form; None if there is none."""
        for size in self._sizes:
            if form := self.forms.get(tuple(tokens[-size:])):
                return size, form
        return None

    def longest_at_start(self, tokens: list[str]) -> tuple[int, LegalForm] | None:
        """Return the number of words of the longest form at the start of these tokens, and the form; None if there is none.

        At least one token must remain.
        """
        for size in self._sizes:
            if size < len(tokens) and (form := self.forms.get(tuple(tokens[:size]))):
                return size, form
        return None


def add_form(table: dict[str, FormPhrases], key: str, parts: tuple[str, ...], form: LegalForm) -> None:
    """Add a form to the table under `key`, its first or last word."""
    table.setdefault(key, FormPhrases()).add(parts, form)
