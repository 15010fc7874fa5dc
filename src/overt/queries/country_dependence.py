"""How much a country depends on suppliers, cables and lenders, as the release computed it."""

from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader
from overt.queries.rows.typed_rows import Decoders


class Sector(NamedTuple):
    """How concentrated the suppliers of a country's networks, cables, data centres or money are."""

    country: str
    sector: str
    year: int | None
    """The row counts what had begun by the end of this year; None counts everything, even without a date."""
    placed_only: bool
    """Whether the row counts only projects with a place in the country that is known at least to the province."""
    amount: float
    """Number of units, such as projects or cables; for money, the sum in 2021 US dollars."""
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
    """The share of one supplier in a sector."""

    country: str
    sector: str
    year: int | None
    placed_only: bool
    supplier: str | None
    """Id of the supplier; None in the row for the share whose supplier is unknown."""
    amount: float
    units: int
    share: float | None
    rows: list[Any] | None
    """Ids of the counted projects, cables or commitments; None for individual years."""


class CableDependence(NamedTuple):
    """A country's international cables, those with a shared supplier or owner, and the smallest set whose loss cuts it off."""

    country: str
    standing_only: bool
    """Whether the row counts only cables that are under construction, completed or in use."""
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


class CableCut(NamedTuple):
    """The smallest set of cables in use whose loss cuts a country off. It applies from `year` until the country's next row."""

    country: str
    year: int
    placed_only: bool
    """Whether the row counts only cables with a certain first year and a landing point that is known at least to the province."""
    cables: list[str]
    cut: int | None
    cut_cables: list[str]
    undated: int | None
    """Number of the country's cables without a first year, which the row leaves out; 0 with `placed_only`."""


class SharedMoney(NamedTuple):
    """Commitments to projects that a country shares with others. No sector includes them."""

    n: int
    """Number of commitments."""
    amount: float
    """In 2021 US dollars."""


def sectors(reader: Reader, code: str) -> list[Sector]:
    """Return the sectors of a country, by year and for all years together, with and without `placed_only`."""
    return reader.query(Sector, "country_dependence.sectors", [code], decode={"placed_only": bool})


def suppliers(reader: Reader, code: str) -> list[SupplierShare]:
    """Return the share of each supplier in each row of `sectors` for a country."""
    return reader.query(
        SupplierShare,
        "country_dependence.suppliers",
        [code],
        decode={"placed_only": bool, "rows": lambda text: orjson.loads(text or "null")},
    )


def cables(reader: Reader, code: str) -> list[CableDependence]:
    """Return two rows for a country: one for all its international cables, and one, with `standing_only`, for those under
    construction, completed or in use.

    There may be no rows, for example if the release has no cables.
    """
    return reader.query(CableDependence, "country_dependence.cables", [code], decode=_DECODE_CABLES)


def cuts(reader: Reader, code: str) -> list[CableCut]:
    """Return a row for each year with a change in a country's cables, or in the smallest set whose loss would cut it off.

    Rows with and without `placed_only` are two separate series.
    """
    return reader.query(
        CableCut,
        "country_dependence.cuts",
        [code],
        decode={"placed_only": bool, "cables": orjson.loads, "cut_cables": orjson.loads},
    )


def shared(reader: Reader, code: str) -> SharedMoney:
    """Return the number and sum of a country's commitments to projects that are also in other countries.

    Only those with an amount in 2021 US dollars count. No sector includes them. Cancelled commitments, and those to cancelled or
    denied projects, are left out.
    """
    [row] = reader.query(SharedMoney, "country_dependence.shared", [code])
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
