"""Check whether an amount is in US dollars. Only such amounts are compared with one another."""

from overt.queries.database import Row

_DOLLARS = "USD"
"""The beginning of the units: US dollars in prices of their time (`USD`) or of a year (`USD@2021`)."""


def is_in_dollars(row: Row) -> bool:
    """Return whether the unit of a row's amount is the US dollar; false without a unit."""
    return str(row["unit"] or "").startswith(_DOLLARS)
