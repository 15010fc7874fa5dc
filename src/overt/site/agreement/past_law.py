"""Sentences on a law that is no longer in force: from when to when it was, and what replaced it."""

from markupsafe import Markup, escape

from overt.language.language import N_
from overt.model.values.date_comparison import is_over
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Record
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.name_links import record_link
from overt.site.site import Site

NEVER_IN_FORCE = ("denied", "cancelled")
"""Statuses of laws that never came into force."""
_PERIODS = {
    (True, True): N_("It was in force from %(start)s until %(end)s."),
    (True, False): N_("It came into force on %(start)s and is no longer in force. No source here says since when."),
    (False, True): N_("It was in force until %(end)s."),
    (False, False): N_("It is no longer in force. No source here says since when."),
}
"""Sentences by whether the beginning and the end are known."""
_ENDS_LATER = N_("It is in force until %(end)s.")
_REPLACED, _REPLACES_LATER = N_("The %(newer)s replaced it."), N_("The %(newer)s then replaces it.")


def past_law(site: Site, record: Record) -> Markup:
    """Return sentences on when a past law was in force and what replaced it, followed by one mark for their sources."""
    start, end, newer = record.value("in-force"), record.value("repealed"), record.fact("superseded-by")
    over = end is None or is_over(end, site.words.meta["manifest"]["date"])
    message = _PERIODS[bool(start), bool(end)] if over else _ENDS_LATER
    dates = {"start": site.formats.date(start) if start else "", "end": site.formats.date(end) if end else ""}
    sentences = [site.markup(message, **dates)]
    if newer is not None and newer.label is not None:
        link = record_link(site, "agreement", RecordLabel(newer.value, newer.label, newer.label_lang, newer.label_zh))
        sentences.append(site.markup(_REPLACED if over else _REPLACES_LATER, newer=link))
    facts = [fact for name in ("repealed", "superseded-by", "status") for fact in record.shown(name)]
    sources = min((fact.independent_sources or 1 for fact in facts), default=1)
    return escape(site.language.gap).join(sentences) + record_mark(site, "agreement", record.id, sources)
