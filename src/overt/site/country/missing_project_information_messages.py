"""Messages about information that is missing for a country's projects."""

from overt.language.language import NN_

LACKING = {
    "place": NN_("%(n)s project has no known place in the country", "%(n)s projects have no known place in the country"),
    "date": NN_("%(n)s project has no date", "%(n)s projects have no date"),
    "company": NN_(
        "%(n)s project names no supplier, implementer, owner or operator",
        "%(n)s projects name no supplier, implementer, owner or operator",
    ),
    "second-source": NN_("%(n)s project rests on a single source", "%(n)s projects rest on a single source"),
    "status": NN_("%(n)s project has no known status", "%(n)s projects have no known status"),
}
"""Messages for each kind of missing information. `/country/KE/rows?lacking=…` lists the projects that lack it."""
