"""Check whether an amount is in US dollars. Only such amounts are compared with one another."""

from overt.queries.database import Row

_DOLLARS = "USD"
"""The beginning of units in US dollars, in current prices (`USD`) or in prices of a year (`USD@2021`)."""


def is_in_dollars(row: Row) -> bool:
    """Return whether a row's amount is in US dollars; False if it has no unit."""
    return str(row["unit"] or "").startswith(_DOLLARS)
