"""The other statuses that sources report for a project: of other parts, of earlier steps, and real disagreements."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from overt.model.errors import ValueProblem
from overt.model.values.dates import date_bounds
from overt.queries.rows.records import Claim, Fact, Record, cited_documents

_STEPS = {
    "announced": 0, "agreed": 1, "under-construction": 2, "in-progress": 2, "completed": 3, "operational": 3, "suspended": 4,
    "cancelled": 4, "decommissioned": 4,
}  # fmt: skip
"""Statuses and the steps to which they belong, in the order of a project's progress. Statuses of one step don't exclude each
other: a project can be completed and in use."""


class ReportedStatus(NamedTuple):
    """A status that a source reports."""

    fact: Fact
    as_of: str | None
    """The date of the newest source that reports the status (EDTF); None if none is dated."""
    excludes: bool
    """Whether the status contradicts the one that the page shows."""


def other_statuses(
    record: Record, claims: Sequence[Claim], published: Mapping[str, str | None], parts: Collection[str]
) -> list[ReportedStatus]:
    """Return the statuses that sources report besides the one that the page shows.

    Two statuses exclude each other only if the earlier step has the newer source, or if one of them isn't in `_STEPS`. They
    never do if one is `unknown`, or if they are about different parts of the project. `published`: dates of documents, by id.
    `parts`: source records that have commitments of their own (`committed_records`).
    """
    current = record.fact("status")
    if current is None:
        return []
    of_status = [claim for claim in claims if claim.property == "status" and claim.standing == "current"]
    by_value: dict[str, list[Claim]] = {}
    for claim in of_status:
        by_value.setdefault(claim.value, []).append(claim)
    dates = {value: _newest(of_value, published) for value, of_value in by_value.items()}
    records = {value: {claim.record for claim in of_value} for value, of_value in by_value.items()}
    of_current = records.get(current.value, set())
    return [
        ReportedStatus(
            fact,
            dates.get(fact.value),
            not _are_parts(of_current, records.get(fact.value, set()), parts)
            and _exclude(current.value, dates.get(current.value), fact.value, dates.get(fact.value)),
        )
        for fact in record.rivals("status")
    ]


def _are_parts(left: Collection[str], right: Collection[str], parts: Collection[str]) -> bool:
    return set(left) | set(right) <= set(parts) and not set(left) & set(right)


def _exclude(value: str, as_of: str | None, other: str, other_as_of: str | None) -> bool:
    if "unknown" in (value, other):
        return False
    if value not in _STEPS or other not in _STEPS:
        return True
    if _STEPS[value] == _STEPS[other]:
        return False
    early, late = (as_of, other_as_of) if _STEPS[value] < _STEPS[other] else (other_as_of, as_of)
    days = [first_day(date) for date in (early, late) if date]
    return len(days) == 2 and all(days) and days[0] > days[1]


def _newest(claims: Sequence[Claim], published: Mapping[str, str | None]) -> str | None:
    days = [claim.valid_from for claim in claims if claim.valid_from]
    days += [day for claim in claims for document in cited_documents(claim) if (day := published.get(document.id))]
    return max(days, key=first_day, default=None)


def first_day(value: str) -> str:
    """Return the first possible day of a date (EDTF), as ISO 8601; empty if the date is invalid."""
    try:
        return date_bounds(value)[0].isoformat()
    except ValueProblem:
        return ""
