"""Sentences on a law that is no longer in force: what it was about, when it was in force, and what replaced it."""

from markupsafe import Markup

from overt.language.language import N_
from overt.model.values.date_comparison import is_over
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Record
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.joined_parts import join_sentences
from overt.site.sentences.linked_record_and_company_names import record_link
from overt.site.site import Site

NEVER_IN_FORCE = ("denied", "cancelled")
"""Statuses of laws that never came into force."""
_ENDS = {
    (True, True): N_("It was in force from %(start)s until %(end)s"),
    (False, True): N_("It was in force until %(end)s"),
    (True, False): N_("It is no longer in force"),
    (False, False): N_("It is no longer in force"),
}
_PROVISIONS_AND_END = {
    (True, True): N_("It had provisions on %(topics)s and was in force from %(start)s until %(end)s"),
    (False, True): N_("It had provisions on %(topics)s and was in force until %(end)s"),
    (True, False): N_("It had provisions on %(topics)s and is no longer in force"),
    (False, False): N_("It had provisions on %(topics)s and is no longer in force"),
}
"""Beginnings of the first sentence: `_ENDS` without topics, and `_PROVISIONS_AND_END` with them.

The key is whether the beginning and the end are known.
"""
_REPLACED = N_("%(words)s; the %(newer)s replaced it.")
_END_UNKNOWN = {
    True: N_("It came into force on %(start)s; no source here says when it ended."),
    False: N_("No source here says when it ended."),
}
"""Sentences on a law without a known end. The key is whether its beginning is known."""
_ENDS_LATER, _REPLACES_LATER = N_("It is in force until %(end)s."), N_("The %(newer)s then replaces it.")
_PROVISIONS = N_("It has provisions on %(topics)s.")


def past_law(site: Site, record: Record, topics: Markup | None = None) -> Markup:
    """Return sentences on a past law: its topics, when it was in force, and what replaced it.

    A mark with the number of separate sources follows the words on the end. If no source gives the end, a sentence says so.
    If the end is after the day of the edition, the sentences are on that end, then on the law that will replace this one, if
    known, and then on the topics. `topics`: the topics of the provisions, as links; None if there are none.
    """
    start, end, newer = record.value("in-force"), record.value("repealed"), record.fact("superseded-by")
    over = end is None or is_over(end, site.words.meta["manifest"]["date"])
    values = {
        "start": site.formats.date(start) if start else "", "end": site.formats.date(end) if end else "", "topics": topics or "",
    }  # fmt: skip
    link = None
    if newer is not None and newer.label is not None:
        link = record_link(site, "agreement", RecordLabel(newer.value, newer.label, newer.label_lang, newer.label_zh))
    facts = [fact for name in ("repealed", "superseded-by", "status") for fact in record.shown(name)]
    mark = record_mark(site, "agreement", record.id, min((fact.independent_sources or 1 for fact in facts), default=1))
    if not over:
        replaces = site.markup(_REPLACES_LATER, newer=link) if link else ""
        ends = join_sentences(site, site.markup(_ENDS_LATER, **values), replaces) + mark
        return join_sentences(site, ends, site.markup(_PROVISIONS, topics=topics) if topics else "")
    words = site.markup((_PROVISIONS_AND_END if topics else _ENDS)[bool(start), bool(end)], **values)
    first = site.markup(_REPLACED, words=words, newer=link) if link else words + site.gettext(".")
    return join_sentences(site, first + mark, "" if end else site.markup(_END_UNKNOWN[bool(start)], **values))
