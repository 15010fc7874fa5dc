"""Apply a filter to projects. Nothing else does."""

import numpy as np

from overt.index.search_text import match
from overt.queries.database import Reader
from overt.queries.filters import MANY, ProjectFilter
from overt.queries.project_arrays import Array, Mask, Vectors

Box = tuple[float, float, float, float]


def matching_projects(reader: Reader, project_filter: ProjectFilter) -> Mask:
    """Return a mask of the projects that a filter finds. It is cached, so it must not be written to."""
    vectors = reader.vectors
    mask = vectors.cached_mask(project_filter)
    if mask is None:
        mask = _find(reader, vectors, project_filter)
        vectors.cache_mask(project_filter, mask)
    return mask


def _find(reader: Reader, vectors: Vectors, project_filter: ProjectFilter) -> Mask:
    mask = vectors.every.copy()
    for name in MANY:
        if values := getattr(project_filter, name):
            mask &= vectors.marked(*(vectors.facets[name].of(value) for value in values))
    if project_filter.year_from is not None:
        mask &= vectors["last"] >= project_filter.year_from
    if project_filter.year_to is not None:
        mask &= vectors["first"] <= project_filter.year_to
    if project_filter.located is not None:
        mask &= vectors["located"] == project_filter.located
    if project_filter.q:
        mask &= vectors.marked(_by_words(reader, vectors, project_filter.q))
    if project_filter.box:
        mask &= vectors.marked(vectors["box.project"][_intersecting(vectors, project_filter.box)])
    return mask


def _by_words(reader: Reader, vectors: Vectors, text: str) -> Array:
    """Return the numbers of projects with these words in their names, or around them."""
    words = match(text)
    row = reader.first("matching.by_words", [words]) if words else None
    # All numbers as one text: a row of Python for each of a million takes a second.
    numbers: Array = vectors["entries"][np.fromstring(row["numbers"] or "" if row else "", np.int32, sep=" ")]
    return numbers[numbers >= 0]


def _intersecting(vectors: Vectors, box: Box) -> Mask:
    """Return which boxes of places intersect a box; west beyond east crosses the antimeridian."""
    west, south, east, north = box
    begins, ends = vectors["box.west"] <= east, vectors["box.east"] >= west
    across = begins & ends if west <= east else begins | ends
    inside: Mask = across & (vectors["box.south"] <= north) & (vectors["box.north"] >= south)
    return inside
