"""Tiles of the layers: what is counted in each, on the pages of countries and organisations."""

from typing import NamedTuple

LAYER_ORDER = ("surveillance", "censorship", "networks", "data-centres", "cables", "finance", "agreements", "presence")
"""The layers in the order of every page, with repression first."""


class Tile(NamedTuple):
    """A tile of the strip: a layer, and the number counted in it."""

    layer: str
    number: str
    """A number or an amount."""
    words: str
    """What is counted, and what an index or a programme adds."""
    address: str | None
    """Address of the rows; None if there are none."""
