"""The rule on what reports show about a block: that it lasted, only that it began, or only that it was announced."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Self

from overt.model.errors import ContentError
from overt.model.values.date_comparison import first_day, has_open_start, is_before, last_day
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.queries.rows.records import Record
from overt.site.platform.restriction_reporters import RestrictionRow
from overt.site.restriction_facts import KINDS_IN_FORCE, is_around_event, known_end

_PATH = "measure/lasting_blocks.yml"
_MONTH = len("2026-11")


class LastingRule(Content):
    """The thresholds of `measure/lasting_blocks.yml`."""

    days: int
    """A block lasted if its newest report is at least this many days later than its beginning or its first report, whichever
    is earlier."""
    confirmed_after: int
    """A block without recent reports counts only as begun (`only_began`) if its number of such days is below this."""

    @classmethod
    def load(cls) -> Self:
        """Load the rule. Raises ContentError unless 1 <= `confirmed_after` <= `days`."""
        rule = packaged_model(cls, _PATH)
        if not 1 <= rule.confirmed_after <= rule.days:
            raise ContentError(f"{_PATH}: confirmed_after must be 1 or more, and at most days")
        return rule


@cache
def lasting_rule() -> LastingRule:
    """Return the rule of `measure/lasting_blocks.yml`."""
    return LastingRule.load()


def is_lasting(row: RestrictionRow) -> bool:
    """Return whether the newest report on a restriction is at least `LastingRule.days` days later than its beginning.

    If the first report is from before the beginning, or if the beginning is unknown, the days are counted from that report.
    """
    days = _days_reported(row)
    return days is not None and days >= lasting_rule().days


def only_began(row: RestrictionRow) -> bool:
    """Return whether reports only show that a restriction began, because `_days_reported` is below `confirmed_after`.

    Return False if the beginning is unknown or has only a latest day, or if no report is dated.
    """
    start, days = row.record.value("start"), _days_reported(row)
    return bool(start) and not has_open_start(start) and days is not None and days < lasting_rule().confirmed_after


def _days_reported(row: RestrictionRow) -> int | None:
    """Return the number of days from the beginning or the first report, whichever is earlier, to the newest report.

    This is the minimum that the dates allow. It can be negative, for example if the newest report is dated only to the month or
    year in which the block began. Return None if no report is dated.
    """
    dates = [row.record.value("start"), *(document.value("published") for document in row.documents)]
    earliest = min((last_day(value) for value in dates if value), default=None)
    return (first_day(row.reported) - earliest).days if earliest and row.reported else None


def precedes_beginning(row: RestrictionRow) -> bool:
    """Return whether the newest report on a restriction is older than its beginning, and therefore only an announcement."""
    start = row.record.value("start")
    return bool(start and row.reported and is_before(row.reported, start))


def last_report(row: Record, reported: str, since: str, *, lasts: bool) -> str:
    """Return the month (EDTF) of the newest report on an unconfirmed restriction; empty for any other restriction.

    A restriction is unconfirmed if it has no known end and its newest report is from before `since`, unless reports show that
    it lasted. Restrictions around an event never count as unconfirmed, because other sentences cover them. Nor do kinds that
    don't continue from day to day. `reported`: the date (EDTF) of the newest report; `since`: the first day (ISO) of recent
    reports; `lasts`: the result of `is_lasting`.
    """
    if lasts or not reported or known_end(row) or row.value("kind") not in KINDS_IN_FORCE or is_around_event(row, reported):
        return ""
    return "" if reported >= since else reported[:_MONTH]


def last_reports(
    restrictions: Iterable[Record], reported: Mapping[str, str], since: str, lasting: Collection[str], over: Collection[str]
) -> dict[str, str]:
    """Return the months (EDTF) of the newest reports on unconfirmed restrictions (`last_report`), by the restriction's id.

    `reported`: the dates (EDTF) of the newest reports, by id; `since`: the first day (ISO) of recent reports; `lasting`: ids of
    restrictions that lasted, according to reports; `over`: ids of restrictions that must have ended, which are left out.
    """
    months = {
        row.id: last_report(row, reported.get(row.id, ""), since, lasts=row.id in lasting)
        for row in restrictions
        if row.id not in over
    }
    return {identity: month for identity, month in months.items() if month}
