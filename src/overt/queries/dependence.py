"""On whom a country depends, as the release computed it."""

from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader
from overt.queries.typed_rows import Decoders


class Sector(NamedTuple):
    """How concentrated networks, cables, data centres or money are in a country."""

    country: str
    sector: str
    year: int | None
    """None for all years together."""
    placed_only: bool
    amount: float
    suppliers: int
    unknown_share: float | None
    concentration: float | None
    concentration_low: float | None
    concentration_high: float | None
    top: str | None
    top_suppliers: int | None
    top_share: float | None
    limited_to: str | None
    limited_to_zh: str | None
    top_label: str | None
    top_lang: str | None
    top_zh: str | None


class SupplierShare(NamedTuple):
    """What one supplier has of a sector."""

    country: str
    sector: str
    year: int | None
    placed_only: bool
    supplier: str | None
    """None for what has no known supplier."""
    amount: float
    units: int
    share: float | None
    rows: list[Any] | None
    """The units; None for single years."""


class CableDependence(NamedTuple):
    """How the international cables of a country depend on each other, with lists of their ids."""

    country: str
    standing_only: bool
    """Whether cables that are only announced are left out."""
    state: str
    cables: list[str]
    sharing_supplier: list[Any]
    sharing_owner: list[Any]
    supplier: str | None
    supplier_cables: list[str]
    owner: str | None
    owner_cables: list[str]
    supplier_unknown: list[str]
    owner_unknown: list[str]
    cut: int | None
    cut_cables: list[str]
    supplier_label: str | None
    supplier_lang: str | None
    supplier_zh: str | None
    owner_label: str | None
    owner_lang: str | None
    owner_zh: str | None


class CableCut(NamedTuple):
    """The fewest cables in use that cut a country off, from one year on."""

    country: str
    year: int
    placed_only: bool
    cables: list[str]
    cut: int | None
    cut_cables: list[str]
    undated: int | None


class SharedMoney(NamedTuple):
    """Commitments to projects in several countries, which no row of a sector counts."""

    n: int
    amount: float
    """Dollars of 2021."""


def sectors(reader: Reader, code: str) -> list[Sector]:
    """Return the sectors of a country, by year and for all years."""
    return reader.query(Sector, "dependence.sectors", [code], decode={"placed_only": bool})


def suppliers(reader: Reader, code: str) -> list[SupplierShare]:
    """Return the share of each supplier in each sector."""
    return reader.query(
        SupplierShare,
        "dependence.suppliers",
        [code],
        decode={"placed_only": bool, "rows": lambda text: orjson.loads(text or "null")},
    )


def cables(reader: Reader, code: str) -> list[CableDependence]:
    """Return a row for all its international cables, and one for those that are more than announced."""
    return reader.query(CableDependence, "dependence.cables", [code], decode=_DECODE_CABLES)


def cuts(reader: Reader, code: str) -> list[CableCut]:
    """Return a row for each year in which its cables, or those that cut it off, changed."""
    return reader.query(
        CableCut, "dependence.cuts", [code], decode={"placed_only": bool, "cables": orjson.loads, "cut_cables": orjson.loads}
    )


def shared(reader: Reader, code: str) -> SharedMoney:
    """Return the money for projects in several countries."""
    [row] = reader.query(SharedMoney, "dependence.shared", [code])
    return row


def _parse_list(text: str | None) -> list[Any]:
    return orjson.loads(text or "null") or []


_DECODE_CABLES: Decoders = {
    "standing_only": bool,
    **dict.fromkeys(
        (
            "cables",
            "sharing_supplier",
            "sharing_owner",
            "supplier_cables",
            "owner_cables",
            "supplier_unknown",
            "owner_unknown",
            "cut_cables",
        ),
        _parse_list,
    ),
}
