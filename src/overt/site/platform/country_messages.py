"""Messages of the sentences on the countries that restrict a platform."""

from overt.language.language import N_, NN_
from overt.site.platform.restriction_state_by_country import DEVICES, EARLIER, LASTING, PARTLY, RECENT, WITHDRAWN

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
"""For `EARLIER` alone, if a report is undated: the sentence doesn't speak of the present."""
LAST_BLOCKED = NN_(
    "When last reported, %(age)s ago, %(name)s was blocked in %(countries)s. Overt has no newer report on whether the "
    "block lasted.",
    "When last reported, %(age)s ago, %(name)s was blocked in %(n)s countries: %(countries)s. Overt has no newer "
    "report on whether the blocks lasted.",
)
"""For `EARLIER` alone, with the age of the newest reports."""
YEARS = NN_("%(n)s year", "%(n)s years")
YEARS_BETWEEN = N_("%(low)s to %(high)s years")
"""Ages of reports."""
BLOCKED_IN = NN_(
    "%(name)s was reported blocked in %(n)s country, and Overt has no report of an end.",
    "%(name)s was reported blocked in %(n)s countries, and Overt has no report of an end.",
)
ADDED_UP = NN_(
    "%(name)s was reported blocked in %(n)s country, and Overt has no report of an end: %(parts)s.",
    "%(name)s was reported blocked in %(n)s countries, and Overt has no report of an end: %(parts)s.",
)
PARTS = {
    LASTING: NN_("in %(n)s the block lasted", "in %(n)s the blocks lasted"),
    RECENT: NN_("%(n)s has a report of the last 12 months", "%(n)s have reports of the last 12 months"),
    EARLIER: NN_("%(n)s has only older reports", "%(n)s have only older reports"),
}
ONLY_OLD = NN_("%(n)s has only older or undated reports", "%(n)s have only older or undated reports")
"""How the countries of each state add up to the total. The last is for `EARLIER` if some country has no dated report."""
BY_REPORTS = {
    LASTING: NN_("The block lasted in %(countries)s.", "Blocks lasted in %(countries)s."),
    RECENT: NN_("A report of the last 12 months names %(countries)s.", "Reports of the last 12 months name %(countries)s."),
    EARLIER: NN_("Older reports name %(countries)s.", "Older reports name %(countries)s."),
}
OLD_OR_UNDATED = NN_("Older or undated reports name %(countries)s.", "Older or undated reports name %(countries)s.")
SLOWED = N_("%(name)s was reported throttled, that is, slowed down, in %(countries)s, and Overt has no report of an end.")
ONLY_SLOWED = N_("It was only throttled, that is, slowed down, in %(countries)s, and Overt has no report of an end.")
SLOWED_RECENTLY = N_("Reports of the last 12 months say that %(name)s was throttled, that is, slowed down, in %(countries)s.")
ALL_ENDED = {
    "blocks": N_("Blocks ended in %(countries)s."),
    "throttling": N_("Throttling ended in %(countries)s."),
    "both": N_("Blocks or throttling ended in %(countries)s."),
}
AROUND_EVENTS = N_("It was blocked or throttled around exams, elections or protests, with no end reported, in %(countries)s.")
EVENTS = NN_(
    "In %(n)s country it was blocked or throttled around an exam, an election or protests; Overt has no report of the end.",
    "In %(n)s countries it was blocked or throttled around exams, elections or protests; Overt has no report of the end.",
)
MORE_EVENTS = NN_(
    "In %(n)s more country it was blocked or throttled around an exam, an election or protests; Overt has no report of the end.",
    "In %(n)s more countries it was blocked or throttled around exams, elections or protests; Overt has no report of the end.",
)
LAST_EVENTS = N_("The most recent were %(countries)s.")
ENDED = NN_("In %(n)s it ended.", "In %(n)s it ended.")
ELSEWHERE = {
    PARTLY: NN_("In %(n)s only a part was restricted, such as calls.", "In %(n)s only a part was restricted, such as calls."),
    WITHDRAWN: NN_("In %(n)s its operator withdrew it.", "In %(n)s its operator withdrew it."),
    DEVICES: NN_("In %(n)s it was only banned on official devices.", "In %(n)s it was only banned on official devices."),
}
MORE = NN_("%(n)s more country", "%(n)s more countries")
