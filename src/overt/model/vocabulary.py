"""Controlled vocabularies, from `content/vocab/*.yml`."""

from functools import cached_property

from overt.model.errors import ContentError, ValueProblem, quote_text
from overt.model.values.checked_content_texts import Slug
from overt.model.yaml_reading_and_validation import Content


class Term(Content):
    """A term of a vocabulary: its labels and definition."""

    id: Slug
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

    name: Slug
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
        """Return the id of the term that has `text` as its id, label or other word, ignoring case; None if there is none."""
        return self._words.get(text.casefold())

    def canonical(self, text: str) -> str:
        """Return `text` unchanged if it is a term's id. Raises ValueProblem otherwise."""
        if text not in self.by_id:
            raise ValueProblem(f"{quote_text(text)} is not in the vocabulary {self.name} ({', '.join(list(self.by_id)[:8])}, …)")
        return text


def check_terms(vocabulary: Vocabulary, where: str) -> None:
    """Raise ContentError if two terms have the same id, or if broader terms are undefined or lead back to the same term.

    `where`: the file's name in errors.
    """
    ids = [term.id for term in vocabulary.terms]
    if duplicates := {term for term in ids if ids.count(term) > 1}:
        raise ContentError(f"{where}: the term {min(duplicates)!r} is defined twice; remove one")
    broader = {term.id: term.broader for term in vocabulary.terms if term.broader}
    for term, above in broader.items():
        if above not in ids:
            raise ContentError(f"{where}: the broader term {above!r} of {term!r} is not defined")
    for term in broader:
        path = [term]
        while (wider := broader.get(path[-1])) and wider not in path:
            path.append(wider)
        if wider:
            circle = " → ".join([*path[path.index(wider) :], wider])
            raise ContentError(f"{where}: broader terms lead in a circle: {circle}; remove `broader` from one of them")
