"""The query of a request for features: filters, box, time, paging and selected properties."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from overt.index.accepted_filter_values import AREAS, RECORD_ID
from overt.index.filter_kinds import Values
from overt.index.project_filter_declarations import FACETS
from overt.language.language import N_
from overt.ogc.cql2.filter_nodes import Condition, rename_queryables
from overt.ogc.cql2.filter_parser import parse_filter
from overt.ogc.cql2.filter_sql import BadFilter, Queryable, filter_sql
from overt.ogc.cql2.filter_tokens import FilterProblem
from overt.ogc.datetime_parameter import Days, interval
from overt.ogc.latitude_bands import Box
from overt.ogc.property_schemas import PROJECT_FILTERS
from overt.queries.address_parameters import (
    FACET_OF_PARAMETER,
    MAX_EXCERPT_LENGTH,
    BadQuery,
    ProjectFilter,
    QueryReader,
    check_value_counts,
)

MAX_FEATURES = 10_000
"""Maximum number of features in a response. A greater `limit` is reduced to it."""
DEFAULT = 10
MAX_OFFSET = 999_999_999
"""Maximum value of `offset`."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
FILTER, FILTER_LANGUAGE = "filter", "filter-lang"
CQL2_TEXT = "cql2-text"
COMMON = ("f", "limit", "offset", "bbox", "datetime", "properties", FILTER, FILTER_LANGUAGE)
"""Parameters of every collection."""
_ONCE = frozenset(PROJECT_FILTERS) - frozenset(FACET_OF_PARAMETER)
"""Filters that can have only one value."""
_OWN_VALUES = {"code": AREAS, "project": Values("RecordId", "A published id.", N_("a project’s id (ovt-…)"), pattern=RECORD_ID)}
"""Valid values of parameters that don't filter projects."""


@dataclass(frozen=True)
class ItemsQuery:
    """A validated query for features."""

    limit: int
    offset: int
    box: Box | None
    days: Days | None
    properties: tuple[str, ...] | None
    """Selected properties, by the names in the request; None for all."""
    projects: ProjectFilter
    own_parameters: dict[str, tuple[str, ...]]
    """Values of the collection's own parameters, which do not filter projects."""
    condition: Condition | None = None
    """The parsed `filter`; None if there is none."""


def read_items_query(
    query: QueryReader,
    filters: Collection[str],
    own_parameters: Collection[str],
    properties: Collection[str],
    queryables: Mapping[str, Queryable] = MappingProxyType({}),
    former: Mapping[str, str] = MappingProxyType({}),
    *,
    dated: bool,
) -> ItemsQuery:
    """Parse the parameters of a request for features.

    `filters`: the project filters that the collection accepts. `own_parameters`: its other parameters. `properties`: the
    properties of its features. `queryables`: what `filter` can use. `former`: current names of properties and queryables, by
    old name. `dated`: whether the collection has dates; if not, `datetime` has no effect. Raises BadQuery for an unknown
    parameter, an invalid value, too many values, or a parameter other than `properties` without a value.
    """
    unknown = sorted(set(query.parameters) - {*COMMON, *filters, *own_parameters})
    if unknown:
        names = ", ".join(unknown)[:100]
        raise BadQuery(query.gettext("This address has no such parameter: %(names)s.", names=names))
    # The standard requires status 400 for an invalid value (/req/core/query-param-invalid) and says nothing about a repeated
    # parameter. If `limit` occurs twice, neither value can be assumed. An empty list of properties is a valid selection: ids and
    # geometries.
    lists = {*filters, *own_parameters} - _ONCE
    check_value_counts(_split({name: values for name, values in query.parameters.items() if name in lists}), lists, query.gettext)
    single_values = {name: values for name, values in query.parameters.items() if name not in lists}
    selected = list(filter(None, single_values.get("properties", [])))
    check_value_counts({**single_values, "properties": selected}, (), query.gettext)
    return ItemsQuery(
        limit=_limit(query),
        offset=query.number("offset", 0, MAX_OFFSET, 0),
        box=_box(query),
        days=_days(query) if dated else None,
        properties=_properties(query, properties, former),
        projects=_filter(query, filters),
        own_parameters={name: values for name in own_parameters if (values := _texts(query, name))},
        condition=_condition(query, queryables, former),
    )


def _condition(query: QueryReader, queryables: Mapping[str, Queryable], former: Mapping[str, str]) -> Condition | None:
    """Return the parsed filter; None if there is none. Raises BadQuery if it is invalid or not in CQL2 text."""
    language = query.last(FILTER_LANGUAGE)
    if language not in ("", CQL2_TEXT):
        raise BadQuery(query.gettext("filter-lang must be %(text)s; no other language is supported.", text=CQL2_TEXT))
    text = query.last(FILTER)
    if not text:
        return None
    try:
        condition = rename_queryables(parse_filter(text), former)
        filter_sql(condition, queryables)
    except (FilterProblem, BadFilter) as problem:
        raise BadQuery(query.gettext("filter (CQL2 text): %(problem)s.", problem=str(problem))) from None
    return condition


def _limit(query: QueryReader) -> int:
    text = query.last("limit")
    if text.isascii() and text.isdigit():
        digits = text.lstrip("0")
        # The standard requires servers to reduce a `limit` that is too large, not to refuse it.
        if len(digits) > 9 or int(digits or "0") > MAX_FEATURES:
            return MAX_FEATURES
    return query.number("limit", 1, MAX_FEATURES, DEFAULT)


def _filter(query: QueryReader, filters: Collection[str]) -> ProjectFilter:
    parameters = {name: values for name, values in query.parameters.items() if name in filters}
    if year := query.last("year") if "year" in filters else "":
        parameters |= {"year_from": [year], "year_to": [year]}
    # The standard writes a list as one comma-separated parameter.
    return QueryReader(query.words, query.sources, _split(parameters), query.gettext).filter()


def _split(parameters: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {
        name: [part for text in values for part in (text.split(",") if name != "q" else [text])]
        for name, values in parameters.items()
    }


def _texts(query: QueryReader, name: str) -> tuple[str, ...]:
    """Return the values of one of a collection's own parameters."""
    parts = [part for text in query.parameters.get(name, ()) for part in text.split(",")]
    values = FACETS[name].values if name in FACETS else _OWN_VALUES[name]
    return QueryReader(query.words, query.sources, {name: parts}, query.gettext).many(name, values)


def _properties(query: QueryReader, known: Collection[str], former: Mapping[str, str]) -> tuple[str, ...] | None:
    if "properties" not in query.parameters:
        return None
    names = [name.strip() for name in query.text("properties").split(",") if name.strip()]
    for name in names:
        if former.get(name, name) not in known:
            what = query.gettext("a property of this collection")
            raise BadQuery(
                query.gettext(
                    "%(name)s: “%(text)s” is not %(what)s.", name="properties", text=name[:MAX_EXCERPT_LENGTH], what=what
                )
            )
    return tuple(dict.fromkeys(names))


def _box(query: QueryReader) -> Box | None:
    if "bbox" not in query.parameters:
        return None
    parts = [part.strip() for part in query.text("bbox").split(",")]
    if len(parts) in (4, 6) and all(_NUMBER.fullmatch(part) for part in parts):
        sides = [float(part) for part in parts]
        box, low = Box(*sides[:2], *sides[3:5]) if len(sides) == 6 else Box(*sides), sides[2::3]
        upright = len(sides) == 4 or low[0] <= low[1]
        if upright and -180 <= box.west <= 180 and -180 <= box.east <= 180 and -90 <= box.south <= box.north <= 90:
            return box
    raise BadQuery(
        query.gettext(
            "bbox must be four or six numbers separated by commas: west,south,east,north in degrees, or with a height after "
            "each corner, where west beyond east crosses the antimeridian; not “%(text)s”.",
            text=query.last("bbox")[:MAX_EXCERPT_LENGTH],
        )
    )


def _days(query: QueryReader) -> Days | None:
    if "datetime" not in query.parameters:
        return None
    try:
        return interval(query.last("datetime"))
    except ValueError:
        raise BadQuery(
            query.gettext(
                "datetime must be an instant (2019-05-01, 2019-05-01T12:00:00Z), or two separated by a slash, where .. leaves "
                "one end open; not “%(text)s”.",
                text=query.last("datetime")[:MAX_EXCERPT_LENGTH],
            )
        ) from None
