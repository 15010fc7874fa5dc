"""Controlled vocabularies, from `content/vocab/*.yml`."""

from functools import cached_property

from overt.model.errors import ValueProblem, quote_text
from overt.model.yaml import Content


class Term(Content):
    """One term: what it is called and what it means."""

    id: str
    label: str
    label_zh: str
    definition: str
    definition_zh: str | None = None
    broader: str | None = None
    layer: str | None = None
    """For project kinds: the layer of the site that shows it."""
    sign: str | None = None
    """For layers: the sign that stands for it where colour cannot."""
    unit: str | None = None
    """For series and measures: the unit of their values."""
    unit_zh: str | None = None
    domains: list[str] = []
    """For platforms: the domain names that count as it, the one that people type first. A name below one of them is another."""
    tests: list[str] = []
    """For platforms: tests of network measurements that are of this service alone."""


class Vocabulary(Content):
    """A closed list of terms; a word that maps to none of them is a problem, never a guess."""

    name: str
    title: str
    description: str
    terms: list[Term]

    @cached_property
    def by_id(self) -> dict[str, Term]:
        """The terms by their id."""
        return {term.id: term for term in self.terms}

    def canonical(self, text: str) -> str:
        """`text` itself when it is a term's id. Raises ValueProblem."""
        if text not in self.by_id:
            raise ValueProblem(f"{quote_text(text)} is not in the vocabulary {self.name} ({', '.join(list(self.by_id)[:8])}, …)")
        return text
