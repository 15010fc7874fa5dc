"""Dates that belong to a loan or grant for a later phase, rather than to the whole project."""

from collections.abc import Collection, Sequence

from overt.model.values.date_comparison import first_day, last_day
from overt.queries.rows.records import Claim

_STEPS = ("construction-start", "started", "completed")
"""Properties with the date of a step. A source can give them for a single loan or grant instead of the project."""
_IN_USE = "operational"


def steps_of_later_phases(claims: Sequence[Claim], parts: Collection[str]) -> set[str]:
    """Return the properties in `_STEPS` whose dates are all from a loan or grant, and later than the beginning of use.

    `parts`: source records that have commitments of their own. A date counts as later if even its first possible day is after
    the last possible day on which the use began, according to another source record.
    """
    current = [claim for claim in claims if claim.standing == "current"]
    in_use = [(last_day(claim.value), claim.record) for claim in current if claim.property == _IN_USE]
    later = set()
    for step in _STEPS:
        dated = [claim for claim in current if claim.property == step]
        if dated and all(
            claim.record in parts and any(day < first_day(claim.value) and record != claim.record for day, record in in_use)
            for claim in dated
        ):
            later.add(step)
    return later
