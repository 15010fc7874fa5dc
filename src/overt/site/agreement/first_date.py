"""The first date of a law or agreement: the earliest of its adoption, signature, entry into force and version, in words."""

from typing import NamedTuple

from overt.language.first_letter_case import lower_first
from overt.language.language import N_
from overt.model.values.date_comparison import first_day, last_day
from overt.queries.rows.records import Record
from overt.site.agreement.law_no_longer_in_force import NEVER_IN_FORCE
from overt.site.site import Site

_STEPS = {
    "adopted": N_("adopted %(date)s"),
    "signed": N_("signed %(date)s"),
    "in-force": N_("in force from %(date)s"),
    "date": N_("dated %(date)s"),
}
"""Properties with dates of laws and agreements, in the order in which these steps usually happen, each with its words.

`date` is the date of a version. For agreements, it is the only date that most sources give.
"""

_WORDS = {"adopted": N_("adopted"), "signed": N_("signed"), "in-force": N_("in force")}
"""The same words without a date, for labels on an axis of years."""


class FirstDate(NamedTuple):
    """The first known date of a law or agreement."""

    step: str
    """The property with this date: a key of `_STEPS`."""
    day: str
    """EDTF date."""


def first_date(record: Record) -> FirstDate | None:
    """Return the first known date of a law or agreement; None if it has no date.

    Dates are compared by their last possible day. Of dates with the same last day, the one with the latest first day is chosen,
    because it is the most precise. Of equal dates, the one of the earliest step is chosen.
    """
    dates = [FirstDate(step, day) for step in _STEPS if (day := record.value(step))]
    return min(dates, key=lambda date: (last_day(date.day), -first_day(date.day).toordinal()), default=None)


def first_date_words(site: Site, date: FirstDate) -> str:
    """Return a date with the word for its step, such as `adopted 16 December 2016`.

    A date from the property `date` has no such word.
    """
    words = site.formats.date(date.day)
    return words if date.step == "date" else site.gettext(_STEPS[date.step], date=words)


def with_step(site: Site, record: Record, date: FirstDate) -> str:
    """Return the name of a law or agreement, with the word for the step of its first date in brackets.

    A date from the property `date` has no such word. For a law that never came into force, the word is its status, such as
    `cancelled`. A country in brackets after the name, as in `VPN law (Russia)`, is left out if no other country takes part.
    """
    name, countries = site.called(record), [site.words.area(fact.value) for fact in record.shown("party-country")]
    if len(countries) == 1:
        name = name.removesuffix(f" ({countries[0]})").removesuffix(f"（{countries[0]}）")
    if (status := record.value("status")) in NEVER_IN_FORCE:
        dropped = lower_first(site.language, site.words.term("statuses", status or ""))
        return site.gettext("%(name)s (%(step)s)", name=name, step=dropped)
    if date.step not in _WORDS:
        return name
    return site.gettext("%(name)s (%(step)s)", name=name, step=site.gettext(_WORDS[date.step]))


def first_day_key(record: Record) -> str:
    """Return the first date of a law or agreement (EDTF), without leading `.` and `/`, as a sort key; empty without a date."""
    date = first_date(record)
    return date.day.lstrip("./") if date else ""
