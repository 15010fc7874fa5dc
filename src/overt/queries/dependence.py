"""On whom a country depends, as the release computed it."""

import orjson

from overt.queries.database import Reader, Row

_LISTS = (
    "cables", "sharing_supplier", "sharing_owner", "supplier_cables", "owner_cables", "supplier_unknown", "owner_unknown",
    "cut_cables",
)  # fmt: skip


def sectors(reader: Reader, code: str) -> list[Row]:
    """How concentrated networks, cables, data centres and money are, by year; without a year all."""
    return [{**row, "placed_only": bool(row["placed_only"])} for row in reader.rows("dependence.sectors", [code])]


def suppliers(reader: Reader, code: str) -> list[Row]:
    """What each supplier has of these; one without a name is what is not known. `rows`: the units, of all years together only."""
    return [
        {**row, "placed_only": bool(row["placed_only"]), "rows": orjson.loads(row["rows"] or "null")}
        for row in reader.rows("dependence.suppliers", [code])
    ]


def cables(reader: Reader, code: str) -> list[Row]:
    """How its international cables hang together: all, and those that are more than announced; lists of their ids."""
    return [
        {**row, "standing_only": bool(row["standing_only"])} | {name: orjson.loads(row[name] or "null") or [] for name in _LISTS}
        for row in reader.rows("dependence.cables", [code])
    ]


def cuts(reader: Reader, code: str) -> list[Row]:
    """The fewest of its cables in use that cut it off, by year: a row where its cables or these changed."""
    return [
        {**row, "placed_only": bool(row["placed_only"])} | {name: orjson.loads(row[name]) for name in ("cables", "cut_cables")}
        for row in reader.rows("dependence.cuts", [code])
    ]


def shared(reader: Reader, code: str) -> Row:
    """`n` commitments and the `amount` (dollars of 2021) to projects of several countries, which stand in no row of `sectors`."""
    return reader.rows("dependence.shared", [code])[0]
