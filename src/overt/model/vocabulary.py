"""Controlled vocabularies, from `content/vocab/*.yml`."""

from functools import cached_property

from overt.model.errors import ValueProblem, quote_text
from overt.model.yaml import Content


class Term(Content):
    """A term of a vocabulary: its labels and definition."""

    id: str
    label: str
    label_zh: str
    definition: str
    definition_zh: str | None = None
    also: list[str] = []
    """Other words for the same term, as sources write them. No two terms of a vocabulary share a word."""
    search: list[str] = []
    """Words by which readers look for the term in any language, besides its labels. Importers don't use them."""
    broader: str | None = None
    layer: str | None = None
    """For kinds of projects and programmes: the layer of the site in which they appear."""
    sign: str | None = None
    """For layers: the symbol that represents the layer without colour."""
    unit: str | None = None
    """For series and measures: the unit of their values."""
    unit_zh: str | None = None
    domains: list[str] = []
    """For platforms: their domain names, beginning with the one that people type. A subdomain is a different domain."""
    tests: list[str] = []
    """For platforms: network measurement tests for only this service."""


class Vocabulary(Content):
    """A closed list of terms. A word that is not a term is reported as a problem and never guessed."""

    name: str
    title: str
    description: str
    terms: list[Term]

    @cached_property
    def by_id(self) -> dict[str, Term]:
        """Terms by id."""
        return {term.id: term for term in self.terms}

    @cached_property
    def _words(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for term in self.terms:
            for word in (term.id, term.label, term.label_zh, *term.also):
                words.setdefault(word.casefold(), term.id)
        return words

    def find(self, text: str) -> str | None:
        """Return the id of the term with this id, label or other word, in any case; None if there is none."""
        return self._words.get(text.casefold())

    def canonical(self, text: str) -> str:
        """Return `text` unchanged if it is a term's id. Raises ValueProblem otherwise."""
        if text not in self.by_id:
            raise ValueProblem(f"{quote_text(text)} is not in the vocabulary {self.name} ({', '.join(list(self.by_id)[:8])}, …)")
        return text
