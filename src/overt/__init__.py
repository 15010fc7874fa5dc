"""Overt: an open observatory of digital repression.

`overt.open` reads a release in Python or a notebook; everything else is the command `overt`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from overt.atlas import Atlas

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(place: "str | PathLike[str]") -> "Atlas":
    """A release to read: its directory, an atlas (then its newest release), or a directory with the tables of one.

    Raises `overt.model.errors.UsageError` where there is none.
    """
    from overt.atlas import Atlas  # here: the command line starts without what only readers of tables need

    return Atlas.open(place)
