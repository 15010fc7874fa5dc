"""Names brought to a form in which equal means the same name."""

import unicodedata
from functools import lru_cache

from overt.model.vocabulary import Vocabulary

SHORTEST = 2
"""A form shorter than this says too little to join two records."""
LONGEST = 400
"""Only so many characters of a name are compared."""


def fold(name: str) -> str:
    """Case, width, accents and punctuation gone; words of letters and digits of any script, joined by one space.

    Unicode NFKD with combining marks dropped for Latin, Greek and Cyrillic; marks that other scripts spell with stay.
    """
    letters: list[str] = []
    for sign in unicodedata.normalize("NFKD", name[:LONGEST].casefold()):
        if unicodedata.combining(sign) and ord(sign) < 0x0370:
            continue
        if sign in "'’ʼ.":  # "People's", "S.A.": part of the word, not a border
            letters.append("" if sign != "." else ".")
        elif sign == "&":
            letters.append(" and ")
        else:
            letters.append(sign if sign.isalnum() or unicodedata.category(sign).startswith("M") else " ")
    words = "".join(letters).replace(".", " ").split()
    return unicodedata.normalize("NFC", " ".join(word for word in words if word != "the"))


class NameForms:
    """Folds names and takes legal forms off them."""

    def __init__(self, legal_forms: Vocabulary) -> None:
        forms = {fold(term.label) for term in legal_forms.terms}
        self._forms = sorted(forms, key=lambda form: (-len(form), form))
        self.key = lru_cache(maxsize=1 << 16)(self._key)

    def _key(self, name: str) -> str | None:
        """The form under which a name is looked up; None when too little is left to tell anybody by."""
        folded = fold(name)
        stripped = self._strip(folded)
        key = stripped or folded
        return key if len(key.replace(" ", "")) >= SHORTEST else None

    def _strip(self, folded: str) -> str:
        again = True
        while again:
            again = False
            for form in self._forms:
                space = "" if _unspaced(form) else " "  # else Какао would lose its last two letters
                if folded.endswith(f"{space}{form}") and folded != form:
                    folded = folded[: -len(form)].rstrip()
                    again = True
                    break
                if not form.isascii() and folded.startswith(f"{form}{space}") and folded != form:  # ООО Ромашка, 株式会社…
                    folded = folded[len(form) :].lstrip()
                    again = True
                    break
        return folded


def _unspaced(form: str) -> bool:
    """Whether the form is in a script in which it is written against the name without a space."""
    return unicodedata.name(form[0], "").startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI"))
