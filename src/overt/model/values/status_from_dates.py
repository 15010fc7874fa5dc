"""The status that a project's dates show if no source states one. Badges, filters and questions all use this rule."""

from collections.abc import Mapping

from overt.model.values.date_comparison import first_day, has_open_start, last_day

UNKNOWN = "unknown"
"""The status of a project if a source says that it isn't known, or if neither a source nor a date gives one."""
STATUS_BY_STEP = {
    "operational": "operational",
    "completed": "completed",
    "construction-start": "under-construction",
    "started": "in-progress",
    "agreed": "agreed",
}
"""The status (vocabulary `statuses`) that each date property shows. The properties are steps, the last step first."""
IN_PLACE = ("operational", "completed")
"""Steps after which a project is in place."""


def last_step(dates: Mapping[str, str | None], day: str) -> str:
    """Return the last step that a project had reached by a day (ISO); empty if it had reached none. Later steps are plans.

    `dates`: dates (EDTF), or None, by property. A date such as `../2020-10` counts from its last day, any other from its first.
    """
    for step in STATUS_BY_STEP:
        if (date := dates.get(step)) and (last_day if has_open_start(date) else first_day)(date).isoformat() <= day:
            return step
    return ""


def shown_status(status: str | None, dates: Mapping[str, str | None], day: str) -> str:
    """Return a project's status if a source states it. Otherwise, return the status that its dates show, or `UNKNOWN`.

    If a source says that the status of a project that was in place isn't known, it remains unknown: the project may be gone.
    `status`: the reported one, or None. `dates` and `day`: see `last_step`.
    """
    if status and status != UNKNOWN:
        return status
    step = last_step(dates, day)
    return UNKNOWN if not step or (status == UNKNOWN and step in IN_PLACE) else STATUS_BY_STEP[step]
