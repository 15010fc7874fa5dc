"""The row or object of a file from which a claim was read, with the cell on which the claim is based marked."""

import re
from typing import NamedTuple

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, ClaimPlace, distinct_places
from overt.site.site import Site

_MAX_CELLS = 40
_CELL = re.compile(r"(?:sheet=(?P<sheet>.*);)?row=(?P<row>\d+)(?:;col=(?P<column>.*))?$", re.DOTALL)


class Cell(NamedTuple):
    """A cell that was read, and whether the claim is based on it."""

    column: str
    text: str
    marked: bool


class Exhibit(NamedTuple):
    """A row of a file. The cells on which the claim is based come first, then the others, both in alphabetical order."""

    file: str | None
    row: str
    """The locator of the row, such as `row=36` or `/features/17`."""
    capture: str
    cells: list[Cell]
    more: int
    """Number of further cells of the row that were read, but are not in `cells`."""


def split_locator(locator: str) -> tuple[str, str] | None:
    """Split the locator of a cell into the locator of its row and the name of its column; None for other locators."""
    row, separator, column = locator.rpartition(";col=")
    if separator:
        return row, column
    if locator.startswith("/"):
        parent, _, name = locator.rpartition("/")
        return (parent, name) if parent else None
    return None


def exhibit(reader: Reader, claim: Claim, place: ClaimPlace) -> Exhibit | None:
    """Return the row around a place of a claim.

    None if the place is not a cell, or if no other cell of the row was read for the claim's record and the records connected to
    it.
    """
    parts = split_locator(place.locator)
    if parts is None:
        return None
    row = parts[0]
    same_row = {each.locator for each in claim.places if each.capture == place.capture}
    cells: dict[str, Cell] = {}
    for locator, excerpt in records.cells_near(reader, claim, place.capture, row):
        split = split_locator(locator)
        if split is not None and split[0] == row:
            cells[split[1]] = Cell(split[1], excerpt, locator in same_row)
    if len(cells) < 2:
        return None
    ordered = sorted(cells.values())
    chosen = [cell for cell in ordered if cell.marked]
    chosen += [cell for cell in ordered if not cell.marked][: max(0, _MAX_CELLS - len(chosen))]
    marked_first = sorted(chosen, key=lambda cell: (not cell.marked, cell.column))
    return Exhibit(place.file, row, place.capture, marked_first, len(ordered) - len(chosen))


class ClaimExhibit(NamedTuple):
    """A place of a claim, its description in words, and the row around it."""

    place: ClaimPlace
    words: str
    row: Exhibit | None


def exhibits(site: Site, reader: Reader, claim: Claim) -> list[ClaimExhibit]:
    """Return the places of a claim. If several places are in one row of a file, only the first is returned."""
    rows: dict[tuple[str, str], ClaimExhibit] = {}
    for place in distinct_places(claim):
        parts = split_locator(place.locator)
        key = (place.capture, parts[0] if parts else place.locator)
        if key not in rows:
            rows[key] = ClaimExhibit(place, place_words(site, place.locator), exhibit(reader, claim, place))
    return list(rows.values())


def place_words(site: Site, locator: str) -> str:
    """Return the locator of a row or cell in words: `row 36, column Status`. Other locators are returned unchanged."""
    match = _CELL.match(locator)
    if match is None:
        return locator
    words = site.gettext("row %(row)s", row=match["row"])
    if match["column"]:
        words = site.gettext("%(row)s, column %(column)s", row=words, column=match["column"])
    return site.gettext("sheet “%(sheet)s”, %(row)s", sheet=match["sheet"], row=words) if match["sheet"] else words
