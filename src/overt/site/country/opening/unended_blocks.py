"""The first sentence of a country's page on its blocks of services without a reported end, if there are several."""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.first_letter_case import upper_first
from overt.language.language import N_, NN_
from overt.model.values.date_comparison import first_day
from overt.queries.rows.records import Record
from overt.site.country.affected_service_names import service_names
from overt.site.restriction_facts import is_around_event, known_end
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.sentences.joined_parts import join
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

_NAMED = 5
"""Maximum number of services to name."""
_MONTH = len("2026-11")
_REPORTED = N_(
    "%(names)s were reported blocked, the first from %(start)s on; the newest report is of %(report)s, and Overt has no report "
    "of an end."
)
_UNDATED = N_("%(names)s were reported blocked, the first from %(start)s on; Overt has no report of an end.")
_MORE = NN_("%(n)s more service", "%(n)s more services")


def is_unended_block(row: Record, reported: str, over: Collection[str]) -> bool:
    """Return whether a restriction is a block without a reported end, isn't shown to be over, and wasn't around an event.

    `reported`: the date (EDTF) of the newest report on it; `over`: ids of restrictions that later ones show to be over.
    """
    return row.value("kind") == "blocking" and not known_end(row) and row.id not in over and not is_around_event(row, reported)


def unended_blocks_sentence(site: Site, blocks: Sequence[Record], reported: Mapping[str, str]) -> Markup | None:
    """Return a sentence on the services of several blocks without a reported end; None for fewer than two services or blocks.

    It names at most `_NAMED` services, those from blocks of platforms first, otherwise in the order of the blocks. It gives the
    earliest beginning of all blocks and the month of the newest report on any of them. Its mark has the lowest number of
    separate sources of any block.

    `blocks`: dated blocks in one country; `reported`: the dates (EDTF) of the newest reports, by id.
    """
    ordered = sorted(blocks, key=lambda row: not row.shown("platform"))
    names = list(dict.fromkeys(name for row in ordered for name in service_names(site, row)))
    if len(blocks) < 2 or len(names) < 2:
        return None
    page = site.url(f"/country/{blocks[0].value('country')}/restrictions")
    start = min((row.value("start") or "" for row in blocks), key=lambda date: (first_day(date), date))
    newest = max(reported.get(row.id, "") for row in blocks)[:_MONTH]
    listed = [escape(name) for name in [upper_first(site.language, names[0]), *names[1:_NAMED]]]
    if (more := len(names) - _NAMED) > 0:
        listed.append(text_link(page, site.ngettext(*_MORE, more)))
    words = site.markup(
        _REPORTED if newest else _UNDATED,
        names=join(site, listed), start=site.formats.boundary(start), report=site.formats.date(newest),
    )  # fmt: skip
    return words + evidence_mark(site, page, min(row.voices for row in blocks))
