"""Legal forms of organisations and their spellings in names: `content/names/legal_forms.yml`."""

from functools import cache
from typing import Literal

from overt.model.yaml_reading_and_validation import Content, packaged_model


class LegalForm(Content):
    """A legal form and its spellings."""

    id: str
    kind: Literal["any", "limited", "stock", "partnership", "non-profit", "cooperative", "state"]
    areas: frozenset[str] = frozenset()
    """Countries whose law uses these words; empty if many countries' laws do."""
    leads: bool = False
    """Whether the form may also precede a name in Latin letters."""
    spellings: list[str]


class FormFile(Content):
    """The file `names/legal_forms.yml`."""

    title: str
    description: str
    source: str
    forms: list[LegalForm]


@cache
def legal_forms() -> FormFile:
    """Return the packaged list, which is read on first use. Raises ContentError if it is invalid."""
    return packaged_model(FormFile, "names/legal_forms.yml")
