"""Legal forms of organisations and how they are written in names: `content/names/legal_forms.yml`."""

from functools import cache
from typing import Literal

from overt.model.yaml import Content, packaged_content, parse, read_mapping


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


@cache
def legal_forms() -> FormFile:
    """The packaged list, read at the first call. Raises ContentError when it is broken."""
    return parse(FormFile, read_mapping(packaged_content() / "names" / "legal_forms.yml"), "names/legal_forms.yml")
