"""Sentences of a country's briefing on blocking, surveillance and topics without a record, based only on released rows."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.language.first_letter_case import lower_first
from overt.language.language import N_, NN_
from overt.queries.labels import Labelled
from overt.queries.rows.records import Fact, Record
from overt.site.blocking_sentences import beginning_words, over_words
from overt.site.country.affected_service_names import affected
from overt.site.country.project_totals_by_kind_and_purpose import counted_systems
from overt.site.country.projects_with_details import DocumentedProject, only_announced
from overt.site.country.system_status_texts import announced_systems, censorship_systems, progress, why_uncounted
from overt.site.platform.ends_implied_by_later_blocks import Over
from overt.site.restriction_facts import known_end
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.joined_parts import join, join_sentences, such_as
from overt.site.sentences.linked_record_and_company_names import named_with, record_link, text_link
from overt.site.site import Site

TOPICS = {
    "blocked": (N_("Blocked"), ("censorship",)),
    "surveillance": (N_("Surveillance"), ("surveillance",)),
    "suppliers": (N_("Suppliers"), ()),
    "money": (N_("Money"), ("finance",)),
    "networks": (N_("Networks"), ("networks", "data-centres")),
}
"""Topics of the briefing in the order of the page, each with its label and the layers whose signs precede it."""
ABSENT = {
    "blocked": N_("shutdowns or blocked services"),
    "surveillance": N_("surveillance systems"),
    "suppliers": N_("suppliers of surveillance"),
    "money": N_("promised money"),
    "networks": N_("networks and cables"),
}
"""For each topic, in the order of the page: what the page says is missing if a country has no record of it."""
_NAMED = 2
"""If at most this many systems aren't counted, each of them is named."""
MAX_LISTED = 4
"""If a country has at most this many restrictions, all of them are named."""
_RESTRICTIONS = {
    "shutdown": NN_("%(n)s shutdown", "%(n)s shutdowns"),
    "blocking": NN_("%(n)s block of a service", "%(n)s blocks of services"),
    "throttling": NN_("%(n)s slowdown", "%(n)s slowdowns"),
    "withdrawal": NN_("%(n)s service withdrawn by its operator", "%(n)s services withdrawn by their operators"),
    "call-blocking": NN_("%(n)s block of calls", "%(n)s blocks of calls"),
    "feature-blocking": NN_("%(n)s block of a feature", "%(n)s blocks of features"),
    "app-removal": NN_("%(n)s removal from app stores", "%(n)s removals from app stores"),
    "device-ban": NN_("%(n)s ban on official devices", "%(n)s bans on official devices"),
}
_BESIDE_LEADING = NN_(
    "Overt has reports of %(count)s. The other: %(others)s.", "Overt has reports of %(count)s. The others: %(others)s."
)


class Restrictions(NamedTuple):
    """The reported restrictions in a country."""

    kinds: Mapping[str, int]
    """Number of restrictions by kind, the most frequent first. A restriction of two kinds counts in both."""
    total: int
    ended: int
    """Number of restrictions with a known end."""
    first: Record | None
    """The restriction that started first; None if no start is known."""
    last: Record | None
    """The restriction that started last; None if no start is known."""
    only_blocks: str = ""
    """What all restrictions affected, in words, if each blocks the same platforms, services or domains; otherwise empty."""
    listed: Sequence[Record] = ()
    """The restrictions in the order of their beginning, if there are at most `MAX_LISTED`; otherwise empty."""
    leading: str = ""
    """Id of the restriction that the page's first sentence names; empty if it names none. The text doesn't repeat it."""
    last_reports: Mapping[str, str] = {}
    """Month (EDTF) of the newest report on each restriction that isn't confirmed (`last_report`), by its id."""
    over: Mapping[str, Over] = {}
    """Date by which a restriction without a reported end must have ended, inferred from later ones, by its id."""


def blocked(
    site: Site,
    code: str,
    restrictions: Restrictions,
    platforms: Sequence[Labelled],
    filters: Sequence[DocumentedProject],
    programmes: Sequence[Record],
    measured: bool = True,
    names: Mapping[str, str] | None = None,
) -> Markup | None:
    """Return sentences on blocked platforms, reported restrictions, censorship systems and programmes; None without any.

    `measured`: whether the edition has measurements of blocked websites in the country. `names`: as in `disputing_names`.
    """
    page, parts = f"/country/{code}", list[Markup]()
    if platforms:
        links = [text_link(site.url(f"/platform/{row.id}"), site.called(row)) for row in platforms]
        count = text_link(site.url(f"{page}/blocked"), site.ngettext("%(n)s platform", "%(n)s platforms", len(platforms)))
        parts.append(site.markup("Measured blocklists name %(names)s.", names=such_as(site, count, links)))
    if restrictions.total:
        unmeasured = "" if measured else site.gettext("Overt has no measurements of blocked websites there.")
        parts.append(join_sentences(site, _restrictions(site, code, restrictions), unmeasured))
    counted = [system for system in filters if system.is_documented]
    if counted:
        parts.append(censorship_systems(site, code, counted, names))
    parts += _not_documented(site, filters, NN_("%(n)s censorship system", "%(n)s censorship systems"))
    if programmes:
        words = site.ngettext("%(n)s state censorship programme", "%(n)s state censorship programmes", len(programmes))
        parts.append(_programmes(site, code, words, programmes))
    return join_sentences(site, *parts) or None


def _restrictions(site: Site, code: str, restrictions: Restrictions) -> Markup:
    page, only = site.url(f"/country/{code}/restrictions"), restrictions.only_blocks
    counts = [site.ngettext(*_RESTRICTIONS[kind], n) for kind, n in restrictions.kinds.items() if kind in _RESTRICTIONS]
    words = counts or [site.ngettext("%(n)s restriction", "%(n)s restrictions", restrictions.total)]
    count = text_link(page, site.language.join(words))
    first, last = restrictions.first, restrictions.last

    def named(record: Record) -> Markup:
        return _restriction(site, record, restrictions)

    if restrictions.listed:
        name = _period if only else _restriction
        further = [row for row in restrictions.listed if row.id != restrictions.leading]
        listed = escape(site.gettext("; ")).join(name(site, row, restrictions) for row in further)
        if only:
            count = text_link(page, site.gettext("%(n)s blocks of %(what)s", n=restrictions.total, what=only))
        if len(further) == len(restrictions.listed):
            every = site.markup("Overt has reports of %(count)s: %(first)s.", count=count, first=listed)
        elif further:
            every = site.language.nmarkup(*_BESIDE_LEADING, len(further), count=count, others=listed)
        else:
            every = site.markup("Overt has reports of %(count)s.", count=count)
        return join_sentences(site, every, _endless(site, restrictions))
    if first is None or last is None:
        return site.markup("Overt has reports of %(count)s.", count=count)
    if first.id == last.id:
        return site.markup("Overt has reports of %(count)s: %(first)s.", count=count, first=named(first))
    if only:
        blocks = site.gettext("%(n)s blocks of %(what)s", n=restrictions.total, what=only)
        span = site.markup(
            "Overt has reports of %(count)s (first: %(first)s; newest: %(last)s).",
            count=text_link(page, blocks),
            first=_period(site, first, restrictions, only_start=True),
            last=_period(site, last, restrictions, only_start=True),
        )
    else:
        span = site.markup("Overt has reports of %(count)s.", count=count)
        if first.id != restrictions.leading:
            earliest = site.markup("The earliest on record: %(first)s.", first=named(first))
            span = join_sentences(site, span, earliest)
        if last.id != restrictions.leading:
            span = join_sentences(site, span, site.markup("The newest: %(last)s.", last=named(last)))
    return join_sentences(site, span, _endless(site, restrictions))


def _endless(site: Site, restrictions: Restrictions) -> str:
    is_any_over = restrictions.ended or restrictions.over
    return site.gettext("Overt has no report that any of them ended.") if not is_any_over and restrictions.total > 1 else ""


def _period(site: Site, record: Record, restrictions: Restrictions, *, only_start: bool = False) -> Markup:
    """Return when a restriction began and ended, as a link with its mark. `only_start`: whether to leave out the end."""
    start, end = record.value("start") or "", known_end(record)
    words = site.formats.period(start, end) if end and not only_start else beginning_words(site.language, start)
    words = words or site.gettext("undated")
    page = site.record_url("restriction", record.id)
    words = words if only_start else _with_report_or_end(site, words, record, restrictions)
    return text_link(page, words) + record_mark(site, "restriction", record.id, record.voices)


def _with_report_or_end(site: Site, when: str, record: Record, restrictions: Restrictions) -> str:
    """Return when a restriction began and, if it has no reported end, when it was over or, if unconfirmed, last reported."""
    if over := restrictions.over.get(record.id):
        words = over_words(site.language, over)
    else:
        month = site.formats.date(restrictions.last_reports.get(record.id, ""))
        words = site.gettext("last report %(date)s", date=month) if month and month != when else ""
    return site.gettext("; ").join(part for part in (when, words) if part)


def _restriction(site: Site, record: Record, restrictions: Restrictions) -> Markup:
    words = text_link(site.record_url("restriction", record.id), Markup("<bdi>{}</bdi>").format(affected(site, record)))
    when = site.formats.period(record.value("start"), end) if (end := known_end(record)) else ""
    when = _with_report_or_end(site, when or beginning_words(site.language, record.value("start") or ""), record, restrictions)
    mark = record_mark(site, "restriction", record.id, record.voices)
    return site.markup("%(what)s (%(when)s)", what=words, when=when) + mark if when else words + mark


def surveillance(
    site: Site,
    code: str,
    systems: Sequence[DocumentedProject],
    programmes: Sequence[Record],
    assessment: Record | None,
    names: Mapping[str, str] | None = None,
) -> Markup | None:
    """Return sentences on surveillance systems and state programmes; None if nothing is on record.

    The sentences say which systems are in use and which aren't counted. They give the number of systems only if some counted
    systems filter, because otherwise the page's first sentence has it. If no system is counted, they also give what an index
    reports. Systems that also filter are left to `blocked`. `names`: as in `disputing_names`.
    """
    watching = [system for system in systems if system.watches(site.words) and not system.filters(site.words)]
    counted = [system for system in watching if system.is_documented]
    parts = list[Markup | str]()
    if counted:
        number = site.ngettext("%(n)s surveillance system", "%(n)s surveillance systems", len(counted))
        total = text_link(site.url(f"/country/{code}#systems"), number)
        has_filters = any(system.is_documented and system.filters(site.words) for system in systems)
        parts.append(progress(site, code, counted, total if has_filters else None, names, counted_systems(site, systems)))
    words = NN_("%(n)s surveillance system", "%(n)s surveillance systems")
    parts += _not_documented(site, watching, words)
    if programmes:
        count = site.ngettext("%(n)s state surveillance programme", "%(n)s state surveillance programmes", len(programmes))
        parts.append(_programmes(site, code, count, programmes))
    if assessment and not counted:
        parts.append(_assessed(site, assessment, is_only=not watching and not programmes))
    return join_sentences(site, *parts) or None


def _not_documented(site: Site, systems: Sequence[DocumentedProject], words: tuple[str, str]) -> list[Markup]:
    """Return a sentence on announced systems and one on those that aren't counted, if there are any; see `uncounted`."""
    parts = [announced_systems(site, announced, words)] if (announced := only_announced(systems)) else []
    if all(system.counts for system in systems):
        return parts
    return [*parts, uncounted(site, systems, words, more=any(system.counts for system in systems))]


def uncounted(site: Site, systems: Sequence[DocumentedProject], words: tuple[str, str], *, more: bool) -> Markup:
    """Return a sentence on denied, cancelled and unverified systems, and why they aren't counted.

    `words`: the messages for a number of systems, singular and plural. `more`: whether the sentence follows one on counted
    systems. The systems are named if there are at most `_NAMED` of them.
    """
    dropped = [system for system in systems if not system.counts]
    n = len(dropped)
    if n <= _NAMED:
        reason = join(site, [_named_uncounted(site, system) for system in dropped])
    else:
        reason = escape(why_uncounted(site, systems))
    if more and n <= _NAMED:
        return site.markup("Not counted: %(why)s.", why=reason)
    if more:
        return site.language.nmarkup("%(n)s more is not counted: %(why)s.", "%(n)s more are not counted: %(why)s.", n, why=reason)
    return site.language.nmarkup(
        "%(systems)s is on record, but not counted: %(why)s.",
        "%(systems)s are on record, but not counted: %(why)s.",
        n, systems=site.ngettext(*words, n), why=reason,
    )  # fmt: skip


def _named_uncounted(site: Site, system: DocumentedProject) -> Markup:
    """Return a system that isn't counted as a link, with the reason in brackets."""
    return named_with(site, system, why_uncounted(site, [system]))


def index_kinds(site: Site, assessment: Record) -> list[Fact]:
    """Return the kinds of surveillance that an assessment reports."""
    return [fact for fact in assessment.shown("kind") if site.words.layer(fact.value) == "surveillance"]


def _assessed(site: Site, assessment: Record, *, is_only: bool) -> Markup | str:
    facts = index_kinds(site, assessment)
    if not facts:
        return ""
    names = site.language.join([lower_first(site.language, site.words.term("project-kinds", fact.value)) for fact in facts])
    index = text_link(site.record_url("assessment", assessment.id), site.foreign(site.title_of(facts[0].source)))
    mark = record_mark(site, "assessment", assessment.id, facts[0].independent_sources or 1)
    if is_only:
        words = N_("No surveillance system is on record as a project, but the %(index)s names %(kinds)s.")
        return site.markup(words, index=index, kinds=names) + mark
    return site.markup("The %(index)s names %(kinds)s.", index=index, kinds=names) + mark


def absence(site: Site, topics: Sequence[str], *, part: bool) -> Markup:
    """Return a sentence that lists the topics without a record, and one that says that gaps aren't evidence of absence.

    `topics`: the topics to list; if empty, only the second sentence is returned. `part`: whether the site has only a part of
    the release. If so, the second sentence says instead that the whole edition may have records of the listed topics.
    """
    gaps = site.gettext("A gap or a short list on this page is not evidence of absence.")
    names = site.language.join([site.gettext(ABSENT[topic]) for topic in topics], "or")
    if topics and part:
        return site.markup("This part has no record of %(topics)s. The whole edition may have some.", topics=names)
    return join_sentences(site, site.markup("No record here of %(topics)s.", topics=names) if topics else "", gaps)


def _programmes(site: Site, code: str, count: str, programmes: Sequence[Record]) -> Markup:
    """Return a sentence on state programmes. It names the first of them, which has the most separate sources."""
    first = programmes[0]
    name = record_link(site, "programme", first) + record_mark(site, "programme", first.id, first.voices)
    link = text_link(site.url(f"/country/{code}/programmes"), count)
    if len(programmes) == 1:
        return site.markup("%(count)s is documented: %(name)s.", count=link, name=name)
    return site.markup("%(count)s are documented, such as %(name)s.", count=link, name=name)
