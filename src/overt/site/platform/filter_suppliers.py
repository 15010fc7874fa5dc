"""Suppliers of filtering systems by country, so that the pages of platforms lead to those who sell the tools."""

from pathlib import Path
from typing import NamedTuple

from overt.model.engines.named_sql import load_queries
from overt.queries.database import Reader

_QUERIES = load_queries(Path(__file__).parent)


class FilterSupplier(NamedTuple):
    """A supplier of a filtering system in a country."""

    country: str
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None


def filter_suppliers(reader: Reader) -> dict[str, list[FilterSupplier]]:
    """Return the suppliers of documented filtering systems by country, in alphabetical order.

    The systems are those that the figure `filtering-systems` counts.
    """
    suppliers: dict[str, list[FilterSupplier]] = {}
    for row in reader.select(_QUERIES["queries.filter_suppliers"]):
        supplier = FilterSupplier(row["country"], row["id"], row["label"], row["label_lang"], row["label_zh"])
        suppliers.setdefault(supplier.country, []).append(supplier)
    return suppliers
