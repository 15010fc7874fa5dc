"""The sentence on the front page of a subset that says what the subset contains."""

from markupsafe import Markup

from overt.language.language import NN_
from overt.site.sentences.joined_parts import join
from overt.site.site import Site

_PROJECTS = NN_(
    '<a href="%(link)s">%(n)s project</a> in %(countries)s',
    '<a href="%(link)s">%(n)s projects</a> in %(countries)s',
)
_COUNTRIES = NN_("%(n)s country", "%(n)s countries")
_PARTS = {
    "restrictions": (
        "/blocked",
        NN_(
            '<a href="%(link)s">%(n)s block or other restriction</a> of online services',
            '<a href="%(link)s">%(n)s blocks and other restrictions</a> of online services',
        ),
    ),
    "agreements": (
        "/agreements",
        NN_('<a href="%(link)s">%(n)s law or agreement</a>', '<a href="%(link)s">%(n)s laws and agreements</a>'),
    ),
    "organizations": (
        "/companies",
        NN_(
            '<a href="%(link)s">%(n)s organisation</a> that these name',
            '<a href="%(link)s">%(n)s organisations</a> that these name',
        ),
    ),
}
"""Tables in which a subset may have rows, each with the page that lists the rows and a message with their number."""


def subset_contents(site: Site) -> Markup:
    """Return a sentence that counts what a subset has, without what it lacks; empty for a full release."""
    if site.prepared.subset is None:
        return Markup()
    rows = {name: table["rows"] for name, table in site.tables}
    totals = site.all_totals
    counted = [
        site.language.nmarkup(
            *_PROJECTS,
            totals.projects,
            link=site.url("/explorer"),
            countries=site.ngettext(*_COUNTRIES, totals.countries),
        )
    ]
    counted += [
        site.language.nmarkup(*words, rows[name], link=site.url(path)) for name, (path, words) in _PARTS.items() if rows.get(name)
    ]
    return site.markup("This part of it has %(parts)s.", parts=join(site, counted))
