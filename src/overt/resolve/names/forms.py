"""Names brought to a key: equal keys are taken for the same name."""

import unicodedata
from functools import lru_cache

from overt.model.vocabulary import Vocabulary
from overt.resolve.names.fold import fold

SHORTEST = 2
"""A form shorter than this says too little to join two records."""


class NameForms:
    """Folds names and takes legal forms off them."""

    def __init__(self, legal_forms: Vocabulary) -> None:
        forms = {fold(term.label) for term in legal_forms.terms}
        self._forms = sorted(forms, key=lambda form: (-len(form), form))
        self._latin: dict[str, list[str]] = {}
        for form in self._forms:
            if form.isascii():
                self._latin.setdefault(form.split()[-1], []).append(form)
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
            # Most names are in ASCII; only forms in ASCII that end in the name's last word can be at their end.
            forms = self._latin.get(folded.rpartition(" ")[2], []) if folded.isascii() else self._forms
            for form in forms:
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
