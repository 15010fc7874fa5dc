"""Drops the precision `unlocated` of places that another row of the same import locates."""

import pyarrow as pa

from overt.gazetteer.placement_rule_descriptions import CHOSEN
from overt.importing.sorted_claims import pc


def drop_refuted_unlocated(table: pa.Table) -> pa.Table:
    """Return the claims without `unlocated` for places that also have another precision.

    A row that names a town without its country can't locate it, but another row about the same town can. `unlocated` then only
    means that the row says no more, so it must not outweigh what the other row says. If an editor decided that a name has no
    entry in the gazetteer, `unlocated` stays.

    `table` has all claims of each of its records (columns of `CLAIMS`).
    """
    is_precision = pc.and_(pc.equal(table["type"], "place"), pc.equal(table["property"], "precision"))
    is_unlocated = pc.equal(table["value"], "unlocated")
    unlocated = pc.and_(is_precision, is_unlocated)
    if not pc.any(unlocated).as_py():
        return table
    located = table["record"].filter(pc.and_(is_precision, pc.invert(is_unlocated))).combine_chunks()
    is_chosen = pc.fill_null(pc.equal(table["rule"], CHOSEN), False)
    is_refuted = pc.and_(unlocated, pc.and_(pc.is_in(table["record"], value_set=located), pc.invert(is_chosen)))
    return table.filter(pc.invert(is_refuted))
