"""Dates of a loan or grant that came after a project was in use, which aren't dates of the whole project."""

from collections.abc import Collection, Sequence

from overt.model.values.date_comparison import first_day, last_day
from overt.queries.rows.records import Claim

_STEPS = ("construction-start", "started", "completed")
"""Properties that date a step of a project, and that a source can give for a single loan or grant."""
_IN_USE = "operational"


def steps_of_later_phases(claims: Sequence[Claim], parts: Collection[str]) -> set[str]:
    """Return the properties in `_STEPS` whose dates are all from a loan or grant, and later than the project was in use.

    `parts`: source records with money of their own. A date counts as later if even its first day is after the last day on which
    another source record allows the beginning of the project's use.
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
