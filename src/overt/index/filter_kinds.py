"""The kinds of filters of projects, and what a filter of each kind declares. `project_filters` declares the filters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Values:
    """The values that a facet accepts: terms of a vocabulary, codes of areas, sources of the release, `choices`, or ids."""

    schema: str
    """Name of their JSON schema in the OpenAPI documents."""
    description: str
    """What one of them is, for that schema."""
    what: str
    """What each must be, for readers whose value is refused. A message id."""
    vocabulary: str = ""
    release: Literal["", "areas", "sources"] = ""
    """What of the release lists them."""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    """A regular expression of ids."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Filter:
    """A filter of projects. The classes below say how it selects them."""

    label: str = ""
    """What readers call it. A message id."""
    description: str
    """What it selects, for the description of the OGC API, in English."""
    api_description: str = ""
    """The same for the OpenAPI document of `/api`; empty: the same text, and that a facet may be repeated."""
    json_schema: Mapping[str, Any] = field(default_factory=dict)
    """What the JSON schema of its text says beside the type."""
    name: str = ""
    """Name of the parameter; empty: that of the field."""
    field_name: str = ""
    """Its field of `ProjectFilter`, from which this is read."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FacetFilter(Filter):
    """A filter of several values, which are alternatives. Counts, menus and arrays come from what it declares."""

    values: Values
    table: str
    """The table of the index that has a row, with the project's `id`, for each value of a project."""
    column: str
    """SQL of the value in a row of that table."""
    where: str = "true"
    """SQL that a row must meet. All three are for SQLite and, `in_subsets`, for DuckDB."""
    menu: int = 0
    """Its place among the menus of the explorer; 0: the explorer has no menu for it, but keeps what an address says."""
    sort_by_label: bool = False
    """Whether its menu is in the order of labels."""
    value_labels: Mapping[str, str] = field(default_factory=dict)
    """Labels of values where the vocabulary has none, or not those of projects. Message ids."""
    in_subsets: bool = True
    """Whether it can define a subset of a release."""
    subset_label: str = ""
    """What notices of a subset call it; empty: its label. A message id."""

    def select(self, source: str = "") -> str:
        """Return SQL for each `value` and the `id` of each project that has it, which may repeat a pair.

        `source`: SQL to read instead of the table, with the same columns.
        """
        return f"SELECT {self.column} AS value, id FROM {source or self.table} WHERE {self.where}"


@dataclass(frozen=True, kw_only=True, eq=False)
class ComparedFilter(Filter):
    """A filter that compares a number of each project, which an array has, with its value."""

    array: str
    """Name of the array, see `project_arrays`."""
    compare: Callable[[Any, Any], Any]
    """Compares the array with the value."""


@dataclass(frozen=True, kw_only=True, eq=False)
class YearFilter(ComparedFilter):
    """A bound of the years of a project. Its label has `%(date)s`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class YesNoFilter(ComparedFilter):
    """Whether something is true of a project: `yes` or `no`."""

    value_labels: Mapping[str, str]
    """Labels of `yes` and `no`. Message ids."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WordsFilter(Filter):
    """Words that a search finds in the names of a project, or around them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BoxFilter(Filter):
    """A box in which a project has a place."""
