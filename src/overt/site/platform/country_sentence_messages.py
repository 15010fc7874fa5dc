"""Messages of the sentences on the countries that restrict a platform."""

from overt.language.language import N_, NN_
from overt.site.platform.restriction_state_by_country import DEVICES, EARLIER, PARTLY, RECENT, WITHDRAWN

TOTAL = {
    "blocks": NN_(
        "%(name)s was reported blocked in %(n)s country at some time.",
        "%(name)s was reported blocked in %(n)s countries at some time.",
    ),
    "throttling": NN_(
        "%(name)s was reported throttled in %(n)s country at some time.",
        "%(name)s was reported throttled in %(n)s countries at some time.",
    ),
    "both": NN_(
        "%(name)s was reported blocked or throttled in %(n)s country at some time.",
        "%(name)s was reported blocked or throttled in %(n)s countries at some time.",
    ),
}
BLOCKED = NN_(
    "%(name)s was reported blocked in %(countries)s. Overt has no newer report on whether the block lasted.",
    "%(name)s was reported blocked in %(n)s countries: %(countries)s. Overt has no newer report on whether the blocks lasted.",
)
"""Used if all blocks are in the state `EARLIER`, and a country has no dated report. It makes no claim about the present."""
LAST_BLOCKED = NN_(
    "When last reported, %(age)s ago, %(name)s was blocked in %(countries)s. Overt has no newer report on whether the "
    "block lasted.",
    "When last reported, %(age)s ago, %(name)s was blocked in %(n)s countries: %(countries)s. Overt has no newer "
    "report on whether the blocks lasted.",
)
"""Used if all blocks are in the state `EARLIER`, and every country has a dated report. `age`: the age of the newest reports."""
YEARS = NN_("%(n)s year", "%(n)s years")
YEARS_BETWEEN = N_("%(low)s to %(high)s years")
"""The age of reports if it differs between countries."""
BLOCKED_IN = NN_(
    "%(name)s was reported blocked in %(n)s country, and Overt has no report of an end.",
    "%(name)s was reported blocked in %(n)s countries, and Overt has no report of an end.",
)
BY_REPORTS = NN_("A report of the last 12 months names %(countries)s.", "Reports of the last 12 months name %(countries)s.")
"""For the countries in `RECENT` if no country is in `EARLIER`."""
CONFIRMED = {
    RECENT: NN_(
        "A report of the last 12 months confirms it for %(n)s: %(countries)s.",
        "Reports of the last 12 months confirm it for %(n)s: %(countries)s.",
    ),
    EARLIER: NN_("For %(n)s, all reports are older: %(countries)s.", "For %(n)s, all reports are older: %(countries)s."),
}
"""For the countries in each of the two states if both have countries. Their numbers add up to the total."""
OLD_OR_UNDATED = NN_(
    "For %(n)s, all reports are older or undated: %(countries)s.", "For %(n)s, all reports are older or undated: %(countries)s."
)
"""Replaces the message for `EARLIER` if a country in it has no dated report."""
SLOWED = N_("%(name)s was reported throttled, that is, slowed down, in %(countries)s, and Overt has no report of an end.")
ONLY_SLOWED = N_("It was only throttled, that is, slowed down, in %(countries)s, and Overt has no report of an end.")
SLOWED_RECENTLY = N_("Reports of the last 12 months say that %(name)s was throttled, that is, slowed down, in %(countries)s.")
IN_BRACKETS = N_("In brackets: the date of the newest report.")
BEGAN = NN_(
    "In %(n)s country, Overt has reports only of the beginning of a block or slowdown: %(countries)s.",
    "In %(n)s countries, Overt has reports only of the beginning of a block or slowdown: %(countries)s.",
)
MORE_BEGAN = NN_(
    "In %(n)s more country, Overt has reports only of the beginning of a block or slowdown: %(countries)s.",
    "In %(n)s more countries, Overt has reports only of the beginning of a block or slowdown: %(countries)s.",
)
EVENTS = NN_(
    "In %(n)s country it was blocked or throttled around an event: %(occasions)s.",
    "In %(n)s countries it was blocked or throttled around an event: %(occasions)s.",
)
MORE_EVENTS = NN_(
    "In %(n)s more country it was blocked or throttled around an event: %(occasions)s.",
    "In %(n)s more countries it was blocked or throttled around an event: %(occasions)s.",
)
OCCASION = N_("%(event)s in %(countries)s")
ANY_OCCASION = N_("exams, elections or protests in %(countries)s")
"""`OCCASION` is for each occasion if there are few countries, and `ANY_OCCASION` for all of them together if there are many."""
NOT_LASTING = NN_(
    "No source here dates the end, and it doesn’t count as lasting.", "No source here dates the ends, and none counts as lasting."
)
ENDED = NN_("In %(n)s it ended.", "In %(n)s it ended.")
ENDED_IN = NN_("In %(n)s it ended: %(countries)s.", "In %(n)s it ended: %(countries)s.")
ELSEWHERE = {
    PARTLY: NN_("In %(n)s only a part was restricted, such as calls.", "In %(n)s only a part was restricted, such as calls."),
    WITHDRAWN: NN_("In %(n)s its operator withdrew it.", "In %(n)s its operator withdrew it."),
    DEVICES: NN_("In %(n)s it was only banned on official devices.", "In %(n)s it was only banned on official devices."),
}
MORE = NN_("%(n)s more country", "%(n)s more countries")
