"""Which projects a filter finds: the one place where a filter is applied."""

import numpy as np

from overt.index.search_text import match
from overt.queries.database import Reader
from overt.queries.filters import MANY, ProjectFilter
from overt.queries.project_arrays import Array, Mask, Vectors

Box = tuple[float, float, float, float]


def found(reader: Reader, wanted: ProjectFilter) -> Mask:
    """The projects that a filter finds. The mask is kept for who asks next, so it must not be written to."""
    vectors = reader.vectors
    mask = vectors.kept(wanted)
    if mask is None:
        mask = _find(reader, vectors, wanted)
        vectors.keep(wanted, mask)
    return mask


def _find(reader: Reader, vectors: Vectors, wanted: ProjectFilter) -> Mask:
    mask = vectors.every.copy()
    for name in MANY:
        if held := getattr(wanted, name):
            mask &= vectors.marked(*(vectors.facets[name].of(value) for value in held))
    if wanted.year_from is not None:
        mask &= vectors["last"] >= wanted.year_from
    if wanted.year_to is not None:
        mask &= vectors["first"] <= wanted.year_to
    if wanted.located is not None:
        mask &= vectors["located"] == wanted.located
    if wanted.q:
        mask &= vectors.marked(_named(reader, vectors, wanted.q))
    if wanted.box:
        mask &= vectors.marked(vectors["box.project"][_met(vectors, wanted.box)])
    return mask


def _named(reader: Reader, vectors: Vectors, text: str) -> Array:
    """The projects with these words in their names, or around them."""
    words = match(text)
    row = reader.one("matching.by_words", [words]) if words else None
    # All numbers as one text: a row of Python for each of a million takes a second.
    numbers: Array = vectors["entries"][np.fromstring(row["numbers"] or "" if row else "", np.int32, sep=" ")]
    return numbers[numbers >= 0]


def _met(vectors: Vectors, box: Box) -> Mask:
    """Which of the boxes of places meet a box; west beyond east crosses the antimeridian."""
    west, south, east, north = box
    begins, ends = vectors["box.west"] <= east, vectors["box.east"] >= west
    across = begins & ends if west <= east else begins | ends
    inside: Mask = across & (vectors["box.south"] <= north) & (vectors["box.north"] >= south)
    return inside
