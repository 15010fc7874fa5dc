"""Finds the projects that match a filter, and counts projects by region as of a date."""

from typing import Any

import numpy as np

from overt.index.filter_kinds import AsOfFilter, BoxFilter, ComparedFilter, FacetFilter, Filter
from overt.index.project_filter_declarations import FILTERS
from overt.index.search_text import match
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of import region_members
from overt.queries.as_of.projects_in_place_in_period import begun_and_first_on_record_after, period_of, possibly_in_place
from overt.queries.database import Reader
from overt.queries.projects_in_memory import Array, Mask, Vectors

Box = tuple[float, float, float, float]


def matching_projects(reader: Reader, project_filter: ProjectFilter) -> Mask:
    """Return a mask of the projects that match a filter. The mask is cached, so callers must not write to it."""
    vectors = reader.vectors
    mask = vectors.cached_mask(project_filter)
    if mask is None:
        mask = _at_any_date(reader, project_filter)
        if project_filter.as_of:
            mask &= possibly_in_place(vectors, period_of(project_filter.as_of))
        vectors.cache_mask(project_filter, mask)
    return mask


def first_on_record_later(reader: Reader, project_filter: ProjectFilter) -> int:
    """Count the projects that match a filter apart from its as-of date, but are first on record after that date or undated.

    Only projects whose beginning is unknown count; plans, and denied, cancelled and unverified projects, don't. Returns 0 for a
    filter without an as-of date.
    """
    if not project_filter.as_of:
        return 0
    later = begun_and_first_on_record_after(reader.vectors, period_of(project_filter.as_of))
    return int(np.count_nonzero(later & _at_any_date(reader, project_filter)))


def _at_any_date(reader: Reader, project_filter: ProjectFilter) -> Mask:
    """Return a mask of the projects that match a filter, whether or not they were in place on its as-of date."""
    vectors, unset = reader.vectors, ProjectFilter()
    mask: Mask = vectors.every.copy()
    for declared in FILTERS.values():
        value = getattr(project_filter, declared.field_name)
        if value != getattr(unset, declared.field_name) and not isinstance(declared, AsOfFilter):
            mask &= _matching(reader, vectors, declared, value, project_filter.as_of)
    return mask


def _matching(reader: Reader, vectors: Vectors, declared: Filter, value: Any, as_of: str) -> Mask:
    """Return a mask of the projects that match the value of one filter other than the as-of date.

    `as_of`: the date on which a country must be a member of a region; if empty, the release's day.
    """
    match declared:
        case FacetFilter(name="region") if as_of:
            return vectors.mask(*(numbers for region in value for numbers in _in_region(reader, vectors, region, as_of)))
        case FacetFilter(name=name):
            return vectors.mask(*(vectors.facets[name].projects_with(text) for text in value))
        case ComparedFilter(array=array, compare=compare):
            matches: Mask = compare(vectors[array], value)
            return matches
        case BoxFilter():
            return vectors.mask(vectors["box.project"][_intersecting(vectors, value)])
    return vectors.mask(_by_words(reader, vectors, value))


def region_counts(reader: Reader, mask: Mask, as_of: str) -> dict[str, int]:
    """Count the projects of a mask in each region whose members change over time, using the members on a date."""
    vectors = reader.vectors
    counts = {}
    for region in region_members.dated_regions(reader):
        inside = vectors.mask(*_in_region(reader, vectors, region, as_of))
        counts[region] = int(np.count_nonzero(inside & mask))
    return counts


def _in_region(reader: Reader, vectors: Vectors, region: str, as_of: str) -> list[Array]:
    """Return the numbers of the projects in each member of a region on a date."""
    countries = vectors.facets["country"]
    return [countries.projects_with(code) for code in region_members.members_in(reader, region, as_of)]


def _by_words(reader: Reader, vectors: Vectors, text: str) -> Array:
    """Return the numbers of projects with these words in their names, or in the names of their organisations and places."""
    words = match(text)
    row = reader.first("search_by_related_names.by_words", [words]) if words else None
    # All numbers come as one string, because a Python row for each of a million projects would take a second.
    numbers: Array = vectors["entries"][np.fromstring(row["numbers"] or "" if row else "", np.int32, sep=" ")]
    return numbers[numbers >= 0]


def _intersecting(vectors: Vectors, box: Box) -> Mask:
    """Return for each place whether its box intersects `box`.

    A box whose west is greater than its east crosses the antimeridian.
    """
    west, south, east, north = box
    begins, ends = vectors["box.west"] <= east, vectors["box.east"] >= west
    across = begins & ends if west <= east else begins | ends
    inside: Mask = across & (vectors["box.south"] <= north) & (vectors["box.north"] >= south)
    return inside
