"""Reply to questions about when restrictions began: which began in some years, and which began first or last."""

from collections.abc import Mapping, Sequence

from overt.http.page_addresses import record_url
from overt.model.values.date_comparison import first_day, last_day, may_be_earlier, may_be_later
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_dates import ends_of
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.search.texts.searchable_texts import DatedFacts, restrictions_of

_MAX_NAMED = 8
"""Maximum number of restrictions that a note names."""
_COMPARING = ("most", "comparison", "both")
"""Markers of questions that compare services or countries rather than restrictions."""


def reply_about_begun(scope: ProjectScope, path: str, notes: Sequence[Note]) -> Reply | None:
    """Return a reply with the restrictions that began in the question's years, in the order of `ReplyItems.by_date`.

    A note names restrictions that began earlier or have no recorded start, because they may have been in force. Return None if
    the question has no years, excludes something, or compares services or countries, or if no restriction began in its years.
    `path`: address of the page with all records.
    """
    if not _asks_what_began(scope):
        return None
    kinds, services = scope.question.ids("restriction"), scope.question.ids("service")
    facts = restrictions_of(scope, scope.codes(), services, kinds)
    begun = {identity: restriction for identity, restriction in facts.items() if scope.question.is_in_years(restriction.start)}
    if not begun:
        return None
    places = {code for restriction in begun.values() for code in restriction.countries}
    where = scope.language.ngettext("%(n)s country", "%(n)s countries", len(places))
    sentence = scope.language.ngettext(
        "%(n)s restriction on record began then, in %(countries)s: %(what)s.",
        "%(n)s restrictions on record began then, in %(countries)s: %(what)s.",
        len(begun), countries=where, what=scope.about(),
    )  # fmt: skip
    items = [
        Item("restriction", identity, restriction.label, restriction.detail, record_url("restriction", identity))
        for identity, restriction in begun.items()
    ]
    not_begun = [restriction.label for identity, restriction in facts.items() if identity not in begun]
    if not_begun:
        text = scope.language.ngettext(
            "%(n)s other restriction began earlier or has no recorded start, and may have been in force then: %(names)s.",
            "%(n)s other restrictions began earlier or have no recorded start, and may have been in force then: %(names)s.",
            len(not_begun), names=scope.named(not_begun, _MAX_NAMED),
        )  # fmt: skip
        notes = [Note(text), *notes]
    return Reply(sentence, path, items[:MAX_ITEMS], len(items), [*notes], is_by_date=True)


def reply_about_order(scope: ProjectScope, path: str, notes: Sequence[Note]) -> Reply | None:
    """Return a reply with restrictions ordered by their start, the earliest or latest first, as the question asks.

    If the question asks for both, the earliest is followed by the latest ones. Restrictions without a recorded start come last.
    The sentence also names others that may be the first, because their start is only known to a year or a range. Return None if
    the question doesn't ask for the first or latest, has years, or excludes something, or if no start is on record. `path`:
    address of the page with all records.
    """
    if ends := ends_of(scope):
        earliest, latest = (reply_about_order(scope.about_question(question), path, notes) for question in ends)
        if earliest and latest:
            rest = (item for item in latest.items if item.id != earliest.items[0].id)
            earliest.items = [*earliest.items[:1], *rest][:MAX_ITEMS]
            earliest.sentence = scope.sentences(earliest.sentence, latest.sentence)
        return earliest
    is_latest = scope.question.has("latest")
    if scope.question.years or scope.question.excluded or not (is_latest or scope.question.has("earliest")):
        return None
    facts = restrictions_of(scope, scope.codes(), scope.question.ids("service"), scope.question.ids("restriction"))
    if (first := sentence_about_first(scope, facts)) is None:
        return None
    message, ordered = first
    dated = [restriction for restriction in facts.values() if restriction.start]
    is_limited = any(part.type != "intent" for part in scope.question.parts)
    what = scope.about() if is_limited else scope.language.gettext("all restrictions")
    total = scope.language.ngettext(
        "%(dated)s of %(n)s restriction has a recorded start: %(what)s.",
        "%(dated)s of %(n)s restrictions have a recorded start: %(what)s.", len(facts), dated=len(dated), what=what,
    )  # fmt: skip
    items = [
        Item("restriction", identity, restriction.label, restriction.detail, record_url("restriction", identity))
        for identity, restriction in ordered.items()
    ]
    used = USED["blocked"] | {"earliest", "latest"}
    return Reply(scope.sentences(message, total), path, items[:MAX_ITEMS], len(items), [*notes], used)


def sentence_about_first(scope: ProjectScope, facts: Mapping[str, DatedFacts]) -> tuple[str, dict[str, DatedFacts]] | None:
    """Return a sentence with the earliest start of restrictions, or the latest if asked for, and the ordered restrictions.

    The sentence also names others that may be the first, because their start is only known to a year or a range. Restrictions
    without a recorded start come last. Return None if no start is on record.
    """
    is_latest = scope.question.has("latest")
    key, compare = (first_day, may_be_later) if is_latest else (last_day, may_be_earlier)
    dated = sorted((pair for pair in facts.items() if pair[1].start), key=lambda pair: key(pair[1].start), reverse=is_latest)
    if not dated:
        return None
    start = dated[0][1].start
    first = [restriction for _, restriction in dated if restriction.start == start or compare(restriction.start, start)]
    names = scope.named(
        (
            scope.language.gettext("%(name)s, %(date)s", name=restriction.label, date=scope.formats.date(restriction.start))
            for restriction in first
        ),
        _MAX_NAMED,
    )
    message = (
        scope.language.gettext("The latest start on record: %(names)s.", names=names)
        if is_latest
        else scope.language.gettext("The earliest start on record: %(names)s.", names=names)
    )
    return message, dict([*dated, *((identity, other) for identity, other in facts.items() if not other.start)])


def none_begun(scope: ProjectScope) -> str:
    """Return a sentence saying that no restriction began in the question's years, for answers other than `reply_about_begun`.

    Empty if the question has no years, excludes something, or compares services or countries. If the years are after the
    release, the sentence doesn't say that restrictions were in force then.
    """
    if not _asks_what_began(scope):
        return ""
    if scope.question.years and (scope.question.years[0] or 0) > scope.words.release_day.year:
        return scope.language.gettext(
            "No restriction on record begins then. Those named here began earlier or have no recorded start."
        )
    return scope.language.gettext("No restriction on record has its start then; these may have been in force, or were measured.")


def _asks_what_began(scope: ProjectScope) -> bool:
    compares = any(map(scope.question.has, _COMPARING))
    return bool(scope.question.years) and not scope.question.excluded and not compares
