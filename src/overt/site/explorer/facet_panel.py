"""The facets of the explorer: their choices, how many projects match each, and the current selection."""

from collections.abc import Iterable
from dataclasses import dataclass

from overt.language.language import N_
from overt.queries import facets as facet_queries
from overt.queries.content_texts import sort_key
from overt.queries.database import Reader, Row
from overt.queries.facets import Counts
from overt.queries.filters import ProjectFilter
from overt.site.site import Site

ORGANISATIONS = 60
"""Number of organisations that a facet offers, those with the most projects."""
_NAMES = {
    "kind": N_("Kind"),
    "status": N_("Status"),
    "supplier": N_("Supplier"),
    "financier": N_("Financier"),
    "company": N_("Organisation, any part"),
    "country": N_("Country of customer or site"),
    "source": N_("Source"),
    "sources": N_("Independent sources"),
    "precision": N_("Precision of place"),
}
"""Facets in order."""
_COUNTED = {"1": N_("one independent source"), "2": N_("two independent sources"), "3": N_("three or more")}
_KNOWN_TO = {  # labels for projects; the vocabulary's labels describe places
    "country": N_("only to its country"),
    "unlocated": N_("not even to a country"),
    "schematic": N_("a route, drawn schematically"),
}


@dataclass(frozen=True)
class Choice:
    """One choice of a facet."""

    value: str
    label: str
    lang: str | None
    """Language of the label: None for the site's own words, empty if unknown."""
    projects: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter by one property. Its chosen values are alternatives."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> list[Choice]:
        """Return the reader's choices."""
        return [choice for choice in self.choices if choice.chosen]


def facets(site: Site, reader: Reader, selection: ProjectFilter, counted: Counts) -> list[Facet]:
    """Return every facet that has a choice. Choices that match nothing stay, so that readers can go back to them."""
    offered = {name: _offered(site, name, getattr(selection, name)) for name in _NAMES}
    labels = facet_queries.labels(reader, {value for name in ("supplier", "financier", "company") for value in offered[name]})
    panel = []
    for name, label in _NAMES.items():
        chosen = getattr(selection, name)
        choices = [
            Choice(value, *_label(site, name, value, labels), counted[name].get(value, 0), value in chosen)
            for value in offered[name]
        ]
        if name == "country":
            choices.sort(key=lambda choice: sort_key(choice.label))
        if choices:
            panel.append(Facet(name, site.gettext(label), choices))
    return panel


def _offered(site: Site, name: str, chosen: Iterable[str]) -> list[str]:
    counts = site.offers[name]
    vocabulary = {"kind": "project-kinds", "status": "statuses", "precision": "precision"}.get(name)
    if vocabulary:
        values = [term for term in site.words.terms[vocabulary] if term in counts]
    elif name in ("supplier", "financier", "company"):
        values = sorted(counts, key=lambda value: (-counts[value], value))[:ORGANISATIONS]
    else:
        values = sorted(counts)
    return [*values, *(value for value in chosen if value not in values)]


def _label(site: Site, name: str, value: str, called: dict[str, Row]) -> tuple[str, str | None]:
    if name == "kind":
        return site.words.term("project-kinds", value), None
    if name == "status":
        return site.words.term("statuses", value), None
    if name == "precision":
        return site.gettext(_KNOWN_TO[value]) if value in _KNOWN_TO else site.words.term("precision", value), None
    if name == "sources":
        return site.gettext(_COUNTED[value]), None
    if name == "country":
        return site.words.area(value), None
    if name == "source":
        return site.title_of(value), site.language.tag
    row = called.get(value)
    if row is None:
        return value, None
    own = row["label_zh"] if site.language.code == "zh" else None
    return own or row["label"] or value, "zh" if own else row["label_lang"] or ""
