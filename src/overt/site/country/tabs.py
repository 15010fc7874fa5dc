"""The pages of a country as tabs. Each is a separate page, so the tabs work without a script."""

from typing import NamedTuple

from overt.language.language import N_
from overt.queries.database import Reader
from overt.site.country.projects_with_details import QUERIES
from overt.site.site import Site


class Tab(NamedTuple):
    """A page of a country."""

    name: str
    """Last segment of the page's address; empty for the briefing."""
    label: str
    rows: int | None
    """Number of rows on the page; None if it is zero, or if the tab shows no number."""


_TABS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("", N_("Briefing"), ()),
    ("rows", N_("Projects"), ("projects",)),
    ("timeline", N_("Timeline"), ("projects", "restrictions", "agreements")),
    ("restrictions", N_("What is blocked"), ("restrictions",)),
    ("programmes", N_("State programmes"), ("programmes",)),
    ("cables", N_("Cables and dependence"), ("cables", "dependence")),
    ("money", N_("Money"), ("commitments",)),
    ("agreements", N_("Laws and agreements"), ("agreements", "participations", "members")),
    ("indexes", N_("Indexes"), ("assessments", "series")),
    ("unknown", N_("What we don’t know"), ()),
)
_ALWAYS = ("", "restrictions", "unknown")
"""Pages that every country has, because readers could take a missing page as a finding."""
_COUNTED = ("rows", "restrictions", "programmes", "agreements")
SECTIONS = ("programmes", "cables", "money", "agreements", "indexes", "unknown")
"""Pages that are implemented in site/country, besides the briefing. All others are in site/lists_in_country."""


def country_tabs(site: Site, reader: Reader, code: str) -> list[Tab]:
    """Return the pages of a country: those that every country has, and others if they have content."""
    [row] = reader.select(QUERIES["queries.tabs"], {"code": code})
    return [
        Tab(name, site.gettext(label), row[columns[0]] if name in _COUNTED and row[columns[0]] else None)
        for name, label, columns in _TABS
        if name in _ALWAYS or any(row[column] for column in columns)
    ]
