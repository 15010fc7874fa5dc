"""Marks with the number of separate sources behind a statement, linked to the evidence."""

from markupsafe import Markup

from overt.site.site import Site

_JOINER = Markup("\u2060")
"""Keeps a mark on the same line as the word before it."""


def evidence_mark(site: Site, page: str, count: int, *, on_project: bool = False) -> Markup:
    """Return a mark with the number of separate sources, linked to the evidence on `page`. It is hollow for a single source.

    `on_project`: whether `count` is the number of sources on a whole project, not only on the words before the mark.
    """
    words = site.ngettext("%(n)s separate source", "%(n)s separate sources", count)
    if on_project:
        words = site.ngettext("%(n)s separate source on the whole project", "%(n)s separate sources on the whole project", count)
    return _JOINER + Markup('<a class="evidence-mark{}" href="{}" title="{}" aria-label="{}{}">{}</a>').format(
        " hollow" if count == 1 else "", page, words, words, site.gettext(": see the evidence"), site.formats.number(count)
    )


def record_mark(site: Site, kind: str, identity: str, count: int) -> Markup:
    """Return a mark with the number of a record's separate sources, linked to the claims on the record's page."""
    return evidence_mark(site, f"{site.record_url(kind, identity)}#claims", count)
