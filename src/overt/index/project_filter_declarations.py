"""The filters of projects. Each is declared once, in this module, with its values, its labels and the way it selects projects.

The declarations determine the parser of addresses, the query, counts, the arrays of the index, subsets, the explorer, the
API, the OGC API and `web/src/filter-names.ts`. A filter on new data also needs a table, or an array in `project_arrays`.
"""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, get_type_hints

from overt.index import accepted_filter_values as accepted
from overt.index.filter_kinds import (  # fmt: skip
    AsOfFilter,
    BoxFilter,
    FacetFilter,
    Filter,
    WordsFilter,
    YearFilter,
    YesNoFilter,
    texts_of,
)
from overt.language.language import N_


@dataclass(frozen=True)
class ProjectFilter:
    """The filters of a request. Values of one filter are alternatives; a project must match all filters."""

    kind: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Kind"),
            description="Kind of project; a broader kind includes the narrower ones.",
            api_description="Kind of project; a broader kind includes the narrower ones. May be repeated: any of them.",
            values=accepted.PROJECT_KINDS,
            table="project_kind",
            column="kind",
            menu=1,
            value_labels={"surveillance": N_("Surveillance of any kind")},
        ),
    ] = ()
    layer: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Layer"), description="Layer of kinds.", values=accepted.LAYERS, table="project_layer", column="layer"
        ),
    ] = ()
    company: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Organisation, any role"),
            description="Id of an organisation with any part in the project.",
            interface_name="organization",
            values=accepted.ORGANIZATIONS,
            table="project_company",
            column="organization",
            menu=6,
        ),
    ] = ()
    supplier: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Supplier"),
            description="Id of an organisation that supplies the project.",
            values=accepted.ORGANIZATIONS,
            table="project_company",
            column="organization",
            where="role = 'supplier'",
            menu=3,
        ),
    ] = ()
    supplier_country: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Supplier’s country"),
            description="Code of the country in which a supplier or implementer has its seat.",
            api_description="Country in which a supplier or implementer has its seat, as in `country`. May be repeated.",
            values=accepted.AREAS,
            table="project_company",
            column="(SELECT s.country FROM companies AS s WHERE s.id = organization)",
            where=(
                "role IN ('supplier', 'implementer') "
                "AND organization IN (SELECT s.id FROM companies AS s WHERE s.country IS NOT NULL)"
            ),
            menu=4,
            sort_by_label=True,
            in_subsets=False,
        ),
    ] = ()
    financier: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Financier"),
            description="Id of an organisation that finances the project.",
            values=accepted.ORGANIZATIONS,
            table="project_company",
            column="organization",
            where="role = 'financier'",
            menu=5,
        ),
    ] = ()
    country: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Country of customer or site"),
            subset_label=N_("Country"),
            description="Code of a country.",
            api_description="ISO 3166-1 alpha-2 or one of Overt’s codes. May be repeated.",
            values=accepted.AREAS,
            table="project_country",
            column="country",
            menu=8,
            sort_by_label=True,
        ),
    ] = ()
    region: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Region of customer or site"),
            subset_label=N_("Region"),
            description="Id of a region or grouping: projects in its members on the release's day, or on that of `as_of`.",
            api_description=(
                "Id of a region or grouping, as `/api/v1/regions` lists them: projects in countries that are members on the "
                "release's day, or with `as_of` at that date. May be repeated: any of them."
            ),
            values=accepted.REGIONS,
            table="project_region",
            column="region",
            menu=7,
            sort_by_label=True,
        ),
    ] = ()
    status: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Status"),
            description=(
                "Status that a source states or, if none does, that the dates show: “agreed” if it was agreed in 2019. The "
                "property `status` of a project has only what a source states."
            ),
            values=accepted.STATUSES,
            table="projects",
            column="shown_status",
            menu=2,
        ),
    ] = ()
    source: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Source"),
            description="Source of the project’s record.",
            values=accepted.SOURCES,
            table="project_source",
            column="source",
            menu=9,
        ),
    ] = ()
    sources: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Separate sources"),
            description="How many sources: 1, 2, or 3 for three or more.",
            api_description="How many sources: `1`, `2`, or `3` for three or more. May be repeated.",
            values=accepted.SOURCE_COUNTS,
            value_labels={"1": N_("one separate source"), "2": N_("two separate sources"), "3": N_("three or more")},
            table="projects",
            column="CAST(min(independent_sources, 3) AS TEXT)",
            where="independent_sources IS NOT NULL",
            menu=10,
            in_subsets=False,
        ),
    ] = ()
    precision: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("Precision of place"),
            description="How exactly a place is known.",
            api_description="How exactly a place of the project is known; with `country` or `unlocated`, none can be drawn.",
            values=accepted.PRECISIONS,
            value_labels={  # The labels in the vocabulary describe places, not projects.
                "country": N_("only to its country"),
                "unlocated": N_("not even to a country"),
                "schematic": N_("a route, drawn schematically"),
            },
            table="project_precision",
            column='"precision"',
            menu=11,
            in_subsets=False,
        ),
    ] = ()
    system: Annotated[
        tuple[str, ...],
        FacetFilter(
            label=N_("System"),
            description="Surveillance and censorship systems with a named supplier, as the explorer's map counts them.",
            api_description="`named-supplier`: surveillance and censorship systems with a named supplier.",
            values=accepted.SYSTEMS,
            value_labels={"named-supplier": N_("systems with a named supplier")},
            table="(SELECT DISTINCT unit_id AS id FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted)",
            column="'named-supplier'",
            in_subsets=False,
        ),
    ] = ()
    """Empty, or the only value, `named-supplier`, which selects surveillance and censorship systems with a named supplier."""
    located: Annotated[
        bool | None,
        YesNoFilter(
            description="Whether the project has a place that can be drawn.",
            api_description="`yes` or `no`: whether the project has a place that can be drawn.",
            json_schema={"enum": ["yes", "no"]},
            value_labels={"yes": N_("with a place"), "no": N_("without a place that can be drawn")},
            array="located",
            compare=operator.eq,
        ),
    ] = None
    year_from: Annotated[
        int | None,
        YearFilter(
            label=N_("since %(date)s"),
            description="First year, four digits. A project matches in every year that its date can mean; “by 2021” means 2021.",
            json_schema={"pattern": f"^{accepted.YEAR}$"},
            array="last",
            compare=operator.ge,
        ),
    ] = None
    year_to: Annotated[
        int | None,
        YearFilter(
            label=N_("until %(date)s"),
            description="Last year, four digits.",
            json_schema={"pattern": f"^{accepted.YEAR}$"},
            array="first",
            compare=operator.le,
        ),
    ] = None
    as_of: Annotated[
        str,
        AsOfFilter(
            label=N_("in place as of %(date)s"),
            description=(
                "A day, month or year (EDTF), not after the release: projects that were in place then, certainly or possibly. "
                "What is planned, denied, cancelled or unverified was not."
            ),
            json_schema={"pattern": accepted.DATE_PATTERN},
        ),
    ] = ""
    q: Annotated[
        str,
        WordsFilter(
            description="Words in names of the project, its organisations or places, in any script.",
            api_description=(
                "Words in names of the project, its organisations or places, in any script; at most 200 characters."
            ),
        ),
    ] = ""
    box: Annotated[
        tuple[float, float, float, float] | None,
        BoxFilter(
            name="bbox",
            label=N_("in a part of the map"),
            description="west,south,east,north in degrees: projects with a place in it.",
            json_schema={"format": "bbox"},
        ),
    ] = None
    """West, south, east and north in degrees; if west is greater than east, the box crosses the antimeridian."""

    def __bool__(self) -> bool:
        return self != ProjectFilter()

    def items(self) -> list[tuple[str, str]]:
        """Return the filter as parameters of an address, in a fixed order."""
        pairs = []
        for declared in sorted(FILTERS.values(), key=lambda declared: _ADDRESS_ORDER.index(type(declared))):
            pairs += [(declared.name, text) for text in texts_of(getattr(self, declared.field_name))]
        return pairs

    def without(self, name: str) -> "ProjectFilter":
        """Return a copy of the filter with one field unset."""
        return replace(self, **{name: getattr(ProjectFilter(), name)})


_ADDRESS_ORDER = (FacetFilter, YearFilter, AsOfFilter, YesNoFilter, WordsFilter, BoxFilter)


def _declared() -> dict[str, Filter]:
    filters = {}
    for field_name, hint in get_type_hints(ProjectFilter, include_extras=True).items():
        [declared] = hint.__metadata__
        filters[declared.name or field_name] = replace(declared, name=declared.name or field_name, field_name=field_name)
    return filters


FILTERS: Mapping[str, Filter] = _declared()
"""All filters, by the name of their parameter."""
FACETS: Mapping[str, FacetFilter] = {name: declared for name, declared in FILTERS.items() if isinstance(declared, FacetFilter)}
"""The filters with several values, in the order of parameters in addresses, under the names of `ProjectFilter`'s fields."""
SUBSET_FILTERS: Mapping[str, FacetFilter] = {name: declared for name, declared in FACETS.items() if declared.in_subsets}
"""The facets that can define a subset of a release."""
