"""Cells of OpenDocument spreadsheets as text."""

import datetime
import re
from xml.etree.ElementTree import Element

from overt.importing.cells import cell_text as value_text
from overt.importing.readers.cell_number_formats import add_currency, date_text, precision_of_text
from overt.model.values.currency_words import currency_of_word

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CELL, COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
CELLS = frozenset({CELL, COVERED})
COLUMNS_REPEATED = f"{TABLE}number-columns-repeated"

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENSION_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_FORMULA = f"{TABLE}formula"
_BREAKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SPACES = f"{_TEXT}s"
_NOT_TEXT = frozenset({f"{_TEXT}note", f"{_TEXT}ruby-text", f"{_OFFICE}annotation"})
_ERROR = re.compile(r"#(N/A|NV|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d+")
_MIDNIGHT = re.compile(r"T00:00:00(\.0+)?$")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def cell_text(cell: Element) -> str:
    """Return a cell's value as text, in the form that all readers use.

    Numbers are as stored, with the cell's currency if it has one. Dates are in ISO format, as precise as displayed. Errors such
    as `#REF!` are as displayed. Cells covered by a merged cell are empty.
    """
    if cell.tag == COVERED:
        return ""
    if cell.get(_FORMULA) is not None:
        displayed = _paragraphs(cell)
        if cell.get(_EXTENSION_TYPE) == "error" or _ERROR.fullmatch(displayed):
            return displayed
    match cell.get(f"{_OFFICE}value-type"):
        case "float" | "percentage":
            return _number(cell.get(f"{_OFFICE}value", ""))
        case "currency":
            currency = currency_of_word(cell.get(f"{_OFFICE}currency", ""))
            return add_currency(_number(cell.get(f"{_OFFICE}value", "")), currency)
        case "date":
            return _date(_MIDNIGHT.sub("", cell.get(f"{_OFFICE}date-value", "")), _paragraphs(cell))
        case "time":
            return _time(cell.get(f"{_OFFICE}time-value", ""))
        case "boolean":
            return cell.get(f"{_OFFICE}boolean-value", "")
        case "string":
            text = cell.get(f"{_OFFICE}string-value")
            return _paragraphs(cell) if text is None else text
        case _:
            return _paragraphs(cell)


def has_lost_value(cell: Element) -> bool:
    """Return whether a cell has a formula but no stored value."""
    return cell.get(_FORMULA) is not None and cell.get(f"{_OFFICE}value-type") is None and not _paragraphs(cell)


def _number(text: str) -> str:
    return value_text(float(text) if set(text) & set(".eE") else int(text))


def _date(text: str, displayed: str) -> str:
    """Return a date as a month or year if only these are displayed. Other text is unchanged."""
    try:
        day = datetime.date.fromisoformat(text[:10])
    except ValueError:
        return text
    precision = precision_of_text(day, displayed)
    return text if precision == "day" else date_text(day, precision)


def _time(text: str) -> str:
    """Return a duration such as PT12H30M00S as a time of day. A duration of a day or more, or other text, is unchanged."""
    match = _DURATION.fullmatch(text)
    if match is None or int(match[1]) > 23:
        return text
    return datetime.time(int(match[1]), int(match[2]), int(match[3])).isoformat()


def _paragraphs(cell: Element) -> str:
    """Return the text of a cell, without its comment."""
    return "\n".join(_plain(paragraph) for paragraph in cell if paragraph.tag == f"{_TEXT}p")


def _plain(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == _SPACES:
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 1000))
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag not in _NOT_TEXT:
            parts.append(_plain(child))
        parts.append(child.tail or "")
    return "".join(parts)
