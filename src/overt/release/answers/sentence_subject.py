"""The subject of the sentences of an answer, and labels within sentences."""

from overt.language.language import Language


class Subject:
    """The organisation and country of an answer. The first sentence names both, with years; later ones use “it” and “there”."""

    def __init__(self, language: Language, who: str, where: str, years: str) -> None:
        self._language, self._who, self._where, self._years, self._first = language, who, where, years, True

    def next(self, *, inside: bool = False) -> dict[str, str]:
        """Return `who`, `where` and `years` for the next sentence. Only the first sentence has years.

        `inside`: whether `who` is not the first word of the sentence, so that “it” is in lower case.
        """
        if self._first:
            self._first = False
            return {"who": self._who, "where": self._where, "years": self._years}
        pronoun = self._language.gettext("it") if inside else self._language.gettext("It")
        return {"who": pronoun, "where": self._language.gettext("there"), "years": ""}


def lower_label(text: str) -> str:
    """Lowercase the first letter of a label, unless the label begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
