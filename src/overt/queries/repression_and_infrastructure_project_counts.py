"""Numbers of projects in three groups that together contain all projects: repression, infrastructure, and the rest."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from overt.queries.database import Reader
from overt.queries.projects_in_memory import Mask

REPRESSION = ("surveillance", "censorship")
INFRASTRUCTURE = ("networks", "data-centres", "cables")


class ProjectGroups(NamedTuple):
    """Numbers of projects. Each project is in the first group to which any of its layers belongs."""

    repression: int
    """Number of surveillance and censorship projects."""
    infrastructure: int
    """Number of other projects that are networks, data centres or cables."""
    rest: int

    @property
    def several(self) -> bool:
        """Whether more than one group has projects."""
        return sum(count > 0 for count in self) > 1


def project_groups(reader: Reader, mask: Mask) -> ProjectGroups:
    """Count the projects of a mask by group."""
    repression, infrastructure = (_in_layers(reader, group) for group in (REPRESSION, INFRASTRUCTURE))
    parts = (mask & repression, mask & infrastructure & ~repression, mask & ~infrastructure & ~repression)
    first, second, third = (int(np.count_nonzero(part)) for part in parts)
    return ProjectGroups(first, second, third)


class RestKinds(NamedTuple):
    """The kinds of the projects in the group `rest`."""

    unstated: int
    """Number of those without a kind."""
    kinds: Sequence[str]
    """Kinds of the other projects, the most frequent first."""


def rest_kinds(reader: Reader) -> RestKinds:
    """Return the kinds of the projects that are neither repression nor infrastructure."""
    vectors = reader.vectors
    rest = ~(_in_layers(reader, REPRESSION) | _in_layers(reader, INFRASTRUCTURE))
    counted = vectors.facets["kind"].counts(rest)
    unstated = int(np.count_nonzero(rest & (vectors["layer.ranks"] < 0)))
    return RestKinds(unstated, sorted(counted, key=lambda kind: (-counted[kind], kind)))


def _in_layers(reader: Reader, layers: Iterable[str]) -> Mask:
    facet = reader.vectors.facets["layer"]
    return reader.vectors.mask(*(facet.projects_with(layer) for layer in layers))
