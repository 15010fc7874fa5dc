"""Tiles of the layers: what is counted in each, on the pages of countries and organisations."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LAYER_ORDER = ("surveillance", "censorship", "networks", "data-centres", "cables", "finance", "agreements", "presence")
"""The layers in the order in which all pages show them, with repression first."""


class Tile(NamedTuple):
    """A tile: a layer, and the number counted in it."""

    layer: str
    """The layer; empty for a number that isn't about a layer."""
    number: str
    """A number or an amount of money, as text."""
    words: str
    """What the number counts, and what else is recorded in the layer."""
    address: str | None
    """Address of the rows; None if there are none."""
    also: str = ""
    """A second layer whose projects the number includes; empty if there is none."""


def in_several_tiles(projects: Mapping[str, Iterable[str]]) -> int:
    """Return the number of projects that more than one tile counts. `projects`: the ids that each tile counts, by its layer."""
    counts = Counter(identity for ids in projects.values() for identity in set(ids))
    return sum(n > 1 for n in counts.values())
