"""Detect project events in an impossible order."""

import datetime
from collections.abc import Collection, Sequence

from overt.model.values.dates import date_bounds
from overt.queries.rows.records import Claim

_ORDER = (
    ("agreed", "construction-start"),
    ("agreed", "started"),
    ("agreed", "operational"),
    ("agreed", "completed"),
    ("agreed", "ended"),
    ("construction-start", "operational"),
    ("construction-start", "completed"),
    ("started", "completed"),
    ("started", "ended"),
)
"""Pairs of a project's properties. The date of the first can't be later than that of the second."""


def impossible_orders(claims: Sequence[Claim], parts: Collection[str] = ()) -> list[tuple[str, str, str, str]]:
    """Return (property, date, property, date) for each pair of events in an impossible order.

    Even the earliest current date of the first event must be later than the latest date of the second. So several loans, or a
    date known only to the year, are no contradiction. `parts`: source records that have commitments of their own. Each is a
    part or phase of the project, so its dates are only compared with each other.
    """
    by_part: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.standing == "current" and any(claim.property in pair for pair in _ORDER):
            by_part.setdefault(claim.record if claim.record in parts else "", []).append(claim)
    return list(dict.fromkeys(order for _, of_part in sorted(by_part.items()) for order in _orders(of_part)))


def _orders(claims: Sequence[Claim]) -> list[tuple[str, str, str, str]]:
    dates: dict[str, list[tuple[datetime.date, datetime.date, str]]] = {}
    for claim in claims:
        dates.setdefault(claim.property, []).append((*date_bounds(claim.value), claim.value))
    orders = []
    for first, second in _ORDER:
        if first in dates and second in dates:
            begin, _, begun = min(dates[first])
            _, end, ended = max(dates[second], key=lambda bounds: bounds[1])
            if begin > end:
                orders.append((first, begun, second, ended))
    return orders
