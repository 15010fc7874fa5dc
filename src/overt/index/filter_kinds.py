"""The kinds of project filters. `project_filter_declarations` has the filters themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Values:
    """The values that a facet accepts: terms of a vocabulary, areas, regions or sources of the release, `choices`, or ids."""

    schema: str
    """Name of the values' JSON schema in the OpenAPI documents."""
    description: str
    """Description of a value, for that schema."""
    what: str
    """What a valid value is, such as “a kind of project”, for messages about invalid values. A message id."""
    vocabulary: str = ""
    release: Literal["", "areas", "regions", "sources"] = ""
    """Which of the release's lists contains the values; empty if none does."""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    """A regular expression for ids."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Filter:
    """A filter of projects. The subclasses define how a filter selects projects."""

    label: str = ""
    """The name that readers see. A message id."""
    description: str
    """What the filter selects, for the description of the OGC API, in English."""
    api_description: str = ""
    """Description in the OpenAPI document of `/api`. If it is empty, `description` is used, and for a facet, a note is added
    that the parameter may be repeated.
    """
    json_schema: Mapping[str, Any] = field(default_factory=dict)
    """Keywords of the JSON schema of the filter's value, in addition to the type."""
    name: str = ""
    """Name of the parameter; if empty, the name of the field."""
    field_name: str = ""
    """The field of `ProjectFilter` that declares the filter."""
    interface_name: str = ""
    """Name of the parameter and property in the API and in OGC, if it is not `name`. Both interfaces still accept `name`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FacetFilter(Filter):
    """A filter with several alternative values. Counts, menus and arrays are derived from the declaration."""

    values: Values
    table: str
    """The table of the index, or a subquery, that has a row with the project's `id` for each value of a project."""
    column: str
    """SQL expression for the value in a row of that table."""
    where: str = "true"
    """SQL condition on a row. Like `table` and `column`, it must work in SQLite and, if `in_subsets` is true, in DuckDB."""
    menu: int = 0
    """Position among the explorer's menus. If it is 0, the explorer has no menu for the filter, but keeps its value in
    addresses.
    """
    sort_by_label: bool = False
    """Whether the menu is sorted by label."""
    value_labels: Mapping[str, str] = field(default_factory=dict)
    """Labels of values that have no suitable label in a vocabulary. Message ids."""
    in_subsets: bool = True
    """Whether the filter can define a subset of a release."""
    subset_label: str = ""
    """Name in notices about a subset; if empty, `label`. A message id."""

    def select(self, source: str = "") -> str:
        """Return SQL that selects `value` and `id` for each project with a value. Pairs may be repeated.

        `source`: SQL to read instead of the table, with the same columns.
        """
        return f"SELECT {self.column} AS value, id FROM {source or self.table} WHERE {self.where}"


@dataclass(frozen=True, kw_only=True, eq=False)
class ComparedFilter(Filter):
    """A filter that compares each project's element of an array with the filter's value."""

    array: str
    """Name of the array (`project_arrays`)."""
    compare: Callable[[Any, Any], Any]
    """Function of the array and the filter's value. It returns for each element whether the project matches."""


@dataclass(frozen=True, kw_only=True, eq=False)
class YearFilter(ComparedFilter):
    """A limit on the years of a project. Its label contains `%(date)s`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class YesNoFilter(ComparedFilter):
    """A filter on whether a project has some property: `yes` or `no`."""

    value_labels: Mapping[str, str]
    """Labels of `yes` and `no`. Message ids."""


@dataclass(frozen=True, kw_only=True, eq=False)
class AsOfFilter(Filter):
    """A day, month or year in which a project must have been in place, certainly or possibly. The label contains `%(date)s`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WordsFilter(Filter):
    """Words to search for in the names of a project, or of its organisations and places."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BoxFilter(Filter):
    """A box in which a project must have a place."""


def texts_of(value: object) -> list[str]:
    """Return the value of a filter as strings, one for each parameter in an address; an empty list if it is unset."""
    match value:
        case None | "":
            return []
        case bool():
            return ["yes" if value else "no"]
        case (float() | int(), *_):
            return [",".join(f"{side:g}" for side in value)]
        case tuple():
            return list(value)
    return [str(value)]
