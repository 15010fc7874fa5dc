"""Drops the precision `unlocated` of places that another row of the same import locates."""

import pyarrow as pa

from overt.importing.sorted_claims import pc


def drop_refuted_unlocated(table: pa.Table) -> pa.Table:
    """Return the claims without `unlocated` for places that have a geometry.

    A row that names a town without its country can't locate it, but another row about the same town can. `unlocated` only means
    that the row says no more, so it must not outweigh what the other row says.

    `table` has all claims of each of its records (columns of `CLAIMS`).
    """
    is_place = pc.equal(table["type"], "place")
    is_unlocated = pc.and_(pc.equal(table["property"], "precision"), pc.equal(table["value"], "unlocated"))
    unlocated = pc.and_(is_place, is_unlocated)
    if not pc.any(unlocated).as_py():
        return table
    located = table["record"].filter(pc.and_(is_place, pc.equal(table["property"], "geometry")))
    return table.filter(pc.invert(pc.and_(unlocated, pc.is_in(table["record"], value_set=located.combine_chunks()))))
