"""The explorer's facets: their choices, the number of matching projects per choice, and the current selection."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from overt.index.accepted_filter_values import AREAS, ORGANIZATIONS, REGIONS, SOURCES
from overt.index.filter_kinds import AsOfFilter, BoxFilter, FacetFilter, Filter, Values, WordsFilter, YearFilter, YesNoFilter
from overt.index.project_filter_declarations import FACETS, FILTERS
from overt.language.label_order import sort_key
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.facets import Counts
from overt.queries.labels import RecordLabel, record_labels
from overt.site.site import Site

ORGANISATIONS = 60
"""Maximum number of organisations that a facet offers: those with the most projects."""
_MENUS = sorted((declared for declared in FACETS.values() if declared.menu), key=lambda declared: declared.menu)
"""Facets with a menu, in the order of the menus."""
_FIRST = frozenset({"kind", "status", "supplier", "supplier_country", "country"})
"""Facets whose menus are always visible. The others are under “More filters”."""
_CHOSEN_ORDER = (FacetFilter, WordsFilter, YearFilter, AsOfFilter, YesNoFilter, BoxFilter)
"""Kinds of filters, in the order in which chosen values without a menu are listed."""


@dataclass(frozen=True)
class Choice:
    """A choice of a facet."""

    value: str
    label: str
    lang: str | None
    """Language of the label: None for the site's own words, empty if unknown."""
    projects: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter by one property. A project matches if it has any of the chosen values."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def first(self) -> bool:
        """Return whether the menu is always visible rather than under “More filters”."""
        return self.name in _FIRST

    @property
    def chosen(self) -> list[Choice]:
        """Return the choices that the reader has selected."""
        return [choice for choice in self.choices if choice.chosen]


@dataclass(frozen=True)
class ChosenValue:
    """A chosen value of a filter without a menu."""

    name: str
    value: str
    label: str
    lang: str | None
    """Language of the label, as in `Choice`."""


def facets(site: Site, reader: Reader, selection: ProjectFilter, counted: Counts) -> list[Facet]:
    """Return every facet that has a menu and at least one choice.

    Chosen values that match nothing are included, so that readers can deselect them. `counted`: numbers of projects by facet and
    value.
    """
    offered = {declared.name: _offered(site, declared, getattr(selection, declared.field_name)) for declared in _MENUS}
    labels = _organization_labels(reader, offered)
    panel = []
    for declared in _MENUS:
        name, chosen = declared.name, getattr(selection, declared.field_name)
        choices = [
            Choice(value, *_label(site, declared, value, labels), counted[name].get(value, 0), value in chosen)
            for value in offered[name]
        ]
        if declared.sort_by_label:
            choices.sort(key=lambda choice: sort_key(choice.label))
        if choices:
            panel.append(Facet(name, site.gettext(declared.label), choices))
    return panel


def chosen_without_menu(site: Site, reader: Reader, selection: ProjectFilter) -> list[ChosenValue]:
    """Return the chosen values of filters without a menu, sorted by `_CHOSEN_ORDER`."""
    pairs = [(FILTERS[name], value) for name, value in selection.items() if FILTERS[name] not in _MENUS]
    pairs.sort(key=lambda pair: _CHOSEN_ORDER.index(type(pair[0])))
    labels = _organization_labels(reader, {name: getattr(selection, name) for name in FACETS if FACETS[name] not in _MENUS})
    return [ChosenValue(declared.name, value, *_label(site, declared, value, labels)) for declared, value in pairs]


def hidden_pairs(selection: ProjectFilter) -> list[tuple[str, str]]:
    """Return the parameters of filters without a form field, to be sent as hidden fields."""
    return [(name, value) for name, value in selection.items() if not _has_field(FILTERS[name])]


def _has_field(declared: Filter) -> bool:
    return declared in _MENUS or isinstance(declared, WordsFilter | YearFilter | AsOfFilter)


def _organization_labels(reader: Reader, values: Mapping[str, Iterable[str]]) -> dict[str, RecordLabel]:
    names = [name for name in values if name in FACETS and FACETS[name].values == ORGANIZATIONS]
    ids = {value for name in names for value in values[name]}
    return record_labels(reader, ids) if ids else {}


def _offered(site: Site, declared: FacetFilter, chosen: Iterable[str]) -> list[str]:
    counts = site.offers[declared.name]
    if declared.values.vocabulary:
        values = [term for term in site.words.terms[declared.values.vocabulary] if term in counts]
    elif declared.values == ORGANIZATIONS:
        values = sorted(counts, key=lambda value: (-counts[value], value))[:ORGANISATIONS]
    else:
        values = sorted(counts)
    return [*values, *(value for value in chosen if value not in values)]


def _label(site: Site, declared: Filter, value: str, organization_labels: Mapping[str, RecordLabel]) -> tuple[str, str | None]:
    """Return the label of a value and its language, as in `Choice`."""
    match declared:
        case FacetFilter(value_labels=labels) | YesNoFilter(value_labels=labels) if value in labels:
            return site.gettext(labels[value]), None
        case FacetFilter(values=values):
            return _facet_label(site, values, value, organization_labels)
        case YearFilter(label=label):
            return site.gettext(label, date=value), None
        case AsOfFilter(label=label):
            return site.gettext(label, date=site.formats.date(value)), None
        case BoxFilter(label=label):
            return site.gettext(label), None
    return value, ""


def _facet_label(
    site: Site, values: Values, value: str, organization_labels: Mapping[str, RecordLabel]
) -> tuple[str, str | None]:
    if values.vocabulary:
        return site.words.term(values.vocabulary, value), None
    if values == AREAS:
        return site.words.area(value), None
    if values == REGIONS:
        return site.words.region(value), None
    if values == SOURCES:
        return site.title_of(value), site.language.tag
    row = organization_labels.get(value)
    if row is None:
        return value, None
    own = row.label_zh or site.language.phrase(row.label) if site.language.code == "zh" else None
    return own or row.label or value, "zh" if own else row.label_lang or ""
