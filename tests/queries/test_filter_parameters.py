"""A filter's parameters have a fixed order, and parsing them gives the same filter again."""

from typing import Any

from overt.index.filter_kinds import AsOfFilter, FacetFilter, Filter, WordsFilter, YearFilter, YesNoFilter
from overt.index.project_filter_declarations import FILTERS, ProjectFilter
from overt.model.record_ids import canonical_id
from overt.queries.address_parameters import QueryReader, known_values
from overt.site.site import Site

ORDER = [
    "kind", "layer", "company", "supplier", "financier", "country", "status", "source", "sources", "precision", "year_from",
    "year_to", "as_of", "located", "q", "bbox",
]  # fmt: skip


def example(site: Site, declared: Filter) -> Any:
    """Return a value for the filter's field."""
    match declared:
        case FacetFilter(values=values):
            known = known_values(values, site.words, sorted(site.sources))
            return tuple(reversed(list(known)[:2])) or (canonical_id("secret_map:huawei"),)
        case YearFilter():
            return 2012
        case YesNoFilter():
            return False
        case WordsFilter():
            return "smart city"
        case AsOfFilter():
            return "2018-05"
    return (33.9, -4.7, 41.9, 5.5)


def test_every_filter_survives_its_address(site: Site) -> None:
    values = {declared.field_name: example(site, declared) for declared in FILTERS.values()}
    selection = ProjectFilter(**values)
    parameters: dict[str, list[str]] = {}
    for name, text in selection.items():
        parameters.setdefault(name, []).append(text)
    assert parameters.keys() == FILTERS.keys()
    assert QueryReader(site.words, frozenset(site.sources), parameters).filter() == selection
    for declared in FILTERS.values():
        rest = selection.without(declared.field_name)
        assert {name for name, _ in rest.items()} == FILTERS.keys() - {declared.name}


def test_addresses_have_a_fixed_order(site: Site) -> None:
    """Addresses are cached and cited, so a filter must always have the same address."""
    selection = ProjectFilter(**{declared.field_name: example(site, declared) for declared in FILTERS.values()})
    names = list(dict.fromkeys(name for name, _ in selection.items()))
    assert [name for name in names if name in ORDER] == ORDER


def test_unset_filters_have_no_parameter() -> None:
    assert ProjectFilter().items() == []
    assert not ProjectFilter()
    assert ProjectFilter(located=False).items() == [("located", "no")]
