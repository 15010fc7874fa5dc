"""A project's status with its date or, if no source names a status, what the dates show: “in use by October 2020”.

All pages that show a status use this module. A day by which something was in use, as in `../2020-10`, counts like any other.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from overt.http.served_release import Served
from overt.language.first_letter_case import lower_first
from overt.language.language import N_
from overt.model.values.date_comparison import first_day, has_open_start, is_single_day, last_day
from overt.model.values.status_from_dates import IN_PLACE, STATUS_BY_STEP, UNKNOWN, last_step
from overt.queries import projects
from overt.queries.database import Reader
from overt.site.country.projects_with_details import found_by_scans, status_dates
from overt.site.site import Site

FOUND_AT_WORK = "operational"
"""The status of a system that a scan found in operation. Badges show the day of the scan instead of this status."""
_BY, _ON, _AS_OF = N_("by %(date)s"), N_("from %(date)s"), N_("as of %(date)s")
_FOUND_IN, _FOUND_BY = N_("Found in %(date)s"), N_("Found by %(date)s")
_DONE = ("completed", "decommissioned", "cancelled")
"""Statuses that a project had reached by the day of the source that gives them."""
STEPS = {
    "operational": (N_("In use"), _ON),
    "completed": (N_("Completed"), ""),
    "construction-start": (N_("Construction began"), ""),
    "started": (N_("Started"), ""),
    "agreed": (N_("Agreed"), ""),
}
"""For each step of `STATUS_BY_STEP`: its words, and the message for its date (empty if the date needs no other words)."""

_LONG_AGO = 10
"""If a project was only agreed or begun more than this many years ago, a note says that no later step is on record."""
_SAME = ("operational", "completed", "agreed")
"""Steps that mean the same as their status in `STATUS_BY_STEP`, and therefore have its label."""


class DatedStatus(NamedTuple):
    """A project's status with its date, or the last step for which a source gives a date."""

    step: str
    """The property that gives the date, such as `operational`; empty if a source names the status."""
    status: str
    """The status (vocabulary `statuses`) whose colour the badge has."""
    label: str
    """The label of the status or step, without the date: `Operational`."""
    words: str
    """Words for the status or step in a sentence: `in use`."""
    when: str
    """The date in words, with its preposition: `by October 2020`; empty if the label has it."""

    @property
    def is_in_place(self) -> bool:
        """Whether the step means that the project was built or in use."""
        return self.step in IN_PLACE


def dated_status(site: Served, status: str | None, dates: Mapping[str, str]) -> DatedStatus | None:
    """Return the last dated step of a project without a known status; None if it has a known status or no dated step.

    `status`: the reported status; None without one, `unknown` if a source says that it is no longer known. `dates`: dates
    (EDTF) by property. Steps after the day of the edition don't count, because they are only plans.
    """
    if status and status != UNKNOWN:
        return None
    edition = site.words.meta["manifest"]["date"]
    step = last_step(dates, edition)
    if not step:
        return None
    date, colour, (words, message) = dates[step], STATUS_BY_STEP[step], STEPS[step]
    by_then = has_open_start(date)
    day = site.formats.date(date.lstrip("./") if by_then else date)
    when = site.gettext(_BY, date=day) if by_then else site.gettext(message, date=day) if message else day
    text = site.gettext(words)
    label = site.words.term("statuses", colour) if step in _SAME else text
    if status == UNKNOWN and step in IN_PLACE:
        when, label = site.gettext("%(when)s; since then unknown", when=when), text
    elif step not in IN_PLACE and int(edition[:4]) - last_day(date).year > _LONG_AGO:
        when = site.gettext("%(when)s; no later step on record", when=when)
    return DatedStatus(step, colour, label, lower_first(site.language, text), when)


def agreed_later(dates: Mapping[str, str]) -> bool:
    """Return whether a project was agreed after it came into use, for example because a part was ordered later.

    `dates`: dates (EDTF) by property. Even the first possible day of the agreement must be after the last possible day of use.
    """
    agreed, in_use = dates.get("agreed"), dates.get("operational")
    return bool(agreed and in_use) and first_day(agreed or "") > last_day(in_use or "")


def agreed_after_use(reader: Reader, ids: Sequence[str]) -> set[str]:
    """Return which of these projects were agreed after they came into use (`agreed_later`), by their ids."""
    return {identity for identity, dates in projects.dates(reader, ids).items() if agreed_later(dates)}


def in_sentence(site: Site, status: DatedStatus) -> str:
    """Return a dated status for the middle of a sentence: `in use by October 2020`."""
    return site.gettext("%(status)s %(when)s", status=status.words, when=status.when) if status.when else status.words


def found_status(site: Served, as_of: str | None) -> DatedStatus:
    """Return the status of a system that only network scans found. It gives the date, because the system may be gone since.

    `as_of`: the date (EDTF) of the newest scan, or of the report on it; None if unknown.
    """
    if not as_of:
        label = site.gettext("Found in a scan, undated")
    else:
        # If a day is known, it is often that of the report, which came out some time after the scan.
        message = _FOUND_BY if is_single_day(as_of) or has_open_start(as_of) else _FOUND_IN
        label = site.gettext(message, date=site.formats.date(as_of.lstrip("./")))
    return DatedStatus("", FOUND_AT_WORK, label, lower_first(site.language, label), "")


def status_with_date(
    site: Served, status: str | None, dates: Mapping[str, str], as_of: str | None, *, found_by_scan: bool = False
) -> DatedStatus | None:
    """Return a project's status with the date of the newest source that gives it; None with neither a status nor a dated step.

    If no source names a status, return what the dates show (`dated_status`). A named status without a date has the word
    “undated”.

    `dates`: dates (EDTF) by property. `as_of`: the date of the status (EDTF), from `status_dates`.
    `found_by_scan`: whether only network scans found it (`found_by_scans`).
    """
    if not status or status == UNKNOWN:
        return dated_status(site, status, dates)
    if found_by_scan and status == FOUND_AT_WORK:
        return found_status(site, as_of)
    label = site.words.term("statuses", status)
    if not as_of:
        when = site.gettext("undated")
    elif has_open_start(as_of):
        when = site.formats.date(as_of)
    else:
        when = site.gettext(_BY if status in _DONE else _AS_OF, date=site.formats.date(as_of))
    return DatedStatus("", status, label, lower_first(site.language, label), when)


def dated_statuses(site: Site, reader: Reader, rows: Sequence[projects.Project]) -> dict[str, DatedStatus]:
    """Return the dated statuses of these projects, by id. Projects with neither a status nor a dated step are left out."""
    statuses = {row.id: row.status for row in rows}
    dates, newest = projects.dates(reader, list(statuses)), status_dates(reader, list(statuses))
    scanned = found_by_scans(reader, list(statuses))
    by_id = {
        name: status_with_date(site, status, dates.get(name, {}), newest.get(name), found_by_scan=name in scanned)
        for name, status in statuses.items()
    }
    return {name: status for name, status in by_id.items() if status}
