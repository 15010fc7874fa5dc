"""The texts of records, in the reader's language, in which a question's words are searched for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from overt.language.language import N_
from overt.queries.database import json_array
from overt.queries.labels import record_labels
from overt.queries.questions.question_focus import asks_for_removals
from overt.site.restriction_facts import EVENTS
from overt.site.search.official_lists_reply import list_entries
from overt.site.search.projects.project_scope import ProjectScope

_STATED = {
    "denial": N_("%(name)s denied (%(date)s): %(text)s"),
    "reply": N_("%(name)s replied (%(date)s): %(text)s"),
    "confirmation": N_("%(name)s confirmed (%(date)s): %(text)s"),
}
_TERMS = {
    "cause": "restriction-reasons", "justification": "restriction-reasons",
    "ordered-by": "ordering-bodies", "scope": "restriction-scopes",
}  # fmt: skip
"""The vocabulary of each property of restrictions that has one."""
_RESTRICTION = (
    ("cause", N_("cause: %(text)s")), ("justification", N_("reason given: %(text)s")), ("ordered-by", N_("ordered by: %(text)s")),
    ("order-basis", N_("basis of the order: %(text)s")), ("network", N_("network: %(text)s")), ("area", N_("area: %(text)s")),
    ("scope", N_("scope: %(text)s")),
)  # fmt: skip
NAME = "name"


class Passage(NamedTuple):
    """A text of a record: a name, description, provision or statement."""

    text: str
    """The text in the reader's language or, without a translation, the original."""
    original: str
    """The text as the release has it."""
    is_name: bool = False
    article: str = ""
    """The article of a law that the text is about; empty for other texts."""


class DatedFacts(NamedTuple):
    """A restriction's or list entry's label, and what is recorded about it, in words."""

    label: str
    detail: str
    searched: str
    """The text in which words are searched for."""
    is_ended: bool
    start: str = ""
    """The date on which a restriction began; empty if none is recorded, and for list entries."""
    countries: tuple[str, ...] = ()
    """The codes of a restriction's countries."""
    causes: tuple[str, ...] = ()
    """A restriction's causes and the reasons given for it, as keys of the vocabulary."""
    end: str = ""
    """The date on which a restriction ended; empty if none is recorded, and for list entries."""


class Statement(NamedTuple):
    """A denial, reply or confirmation by an organisation."""

    kind: str
    speaker: str
    """The id of the organisation; empty if none is recorded."""
    date: str
    """An EDTF date; empty if none is recorded."""
    called: str
    """The speaker's name."""
    text: str
    """The statement in words, with its speaker and date."""
    original: str
    """What was said, as the release has it."""


def passages_of(scope: ProjectScope, ids: Sequence[str]) -> dict[str, list[Passage]]:
    """Return the texts of projects, laws, agreements and programmes by record.

    Names and descriptions come first, then provisions, then statements.
    """
    passages: dict[str, list[Passage]] = defaultdict(list)
    chosen = {"ids": json_array(ids)}
    for row in scope.reader.rows("question_texts_and_facts.texts", chosen):
        text = row["value"]
        passages[row["id"]].append(Passage(scope.language.phrase(text) or text, text, row["property"] == NAME))
    for row in scope.reader.rows("question_texts_and_facts.provisions", chosen):
        note = scope.language.phrase(row["note"]) or row["note"]
        values = {"article": row["article"], "text": note}
        text = scope.language.gettext("%(article)s: %(text)s", **values) if row["article"] else note
        passages[row["id"]].append(Passage(text, row["note"], article=row["article"] or ""))
    for identity, statements in statements_about(scope, ids).items():
        passages[identity] += [Passage(statement.text, statement.original) for statement in statements]
    return passages


def denials_of(scope: ProjectScope, ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the texts of organisations' denials about projects, by project."""
    by_project = statements_about(scope, ids)
    return {
        identity: [statement.text for statement in statements if statement.kind == "denial"]
        for identity, statements in by_project.items()
    }


def statements_about(scope: ProjectScope, ids: Sequence[str]) -> dict[str, list[Statement]]:
    """Return the statements of organisations about projects, by project: undated statements first, then the others by date."""
    by_project: dict[str, list[Statement]] = defaultdict(list)
    rows = scope.reader.rows("question_texts_and_facts.statements", {"ids": json_array(ids)})
    speakers = record_labels(scope.reader, [row["speaker"] for row in rows if row["speaker"]])
    for row in rows:
        speaker = scope.called(speakers[row["speaker"]]) if row["speaker"] in speakers else scope.language.gettext("Someone")
        date = scope.formats.date(row["date"]) if row["date"] else scope.language.gettext("no date")
        text = scope.language.gettext(
            _STATED[row["kind"]], name=speaker, date=date, text=scope.language.phrase(row["note"]) or row["note"]
        )
        by_project[row["id"]].append(Statement(row["kind"], row["speaker"] or "", row["date"] or "", speaker, text, row["note"]))
    return by_project


def restrictions_of(
    scope: ProjectScope, countries: Iterable[str], services: Iterable[str], kinds: Iterable[str]
) -> dict[str, DatedFacts]:
    """Return the restrictions in these countries, of these services and kinds, by id, in the order of `ReplyItems.by_date`.

    Services in the question's groups are added to `services`. An empty list means all. If the question has years, only
    restrictions that were possibly in force then are returned.
    """
    services = sorted({*services, *services_in_groups(scope)})
    values = {"countries": json_array(countries), "services": json_array(services), "kinds": json_array(kinds)}
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in scope.reader.rows("question_texts_and_facts.restrictions", values):
        facts[row["id"]][row["property"]].append(row["value"])
    first, last = scope.question.years or (None, None)
    dated = scope.by_date([*facts.items()], lambda pair: next(iter(pair[1].get("start", ())), None))
    return {identity: _restriction(scope, of_record) for identity, of_record in dated if _is_in_years(of_record, first, last)}


def services_in_groups(scope: ProjectScope) -> list[str]:
    """Return the ids of the services in the question's groups; empty without groups, or if a group means all services."""
    grammar, words = scope.lexicon.grammar, scope.question.service_groups
    groups = {group for group, names in grammar.service_groups.items() if not {*names}.isdisjoint(words)}
    if not groups <= grammar.service_group_members.keys():
        return []
    ids = {identity for group in groups for identity in grammar.service_group_members[group]}
    for vocabulary in ("platforms", "services"):
        ids |= {identity for identity, term in scope.words.terms.get(vocabulary, {}).items() if term.broader in ids}
    return sorted(ids)


def list_entries_of(scope: ProjectScope) -> dict[str, DatedFacts]:
    """Return the entries of the question's lists and organisations that began in its years or, for removals, ended in them."""
    dated_by, entries = "end" if asks_for_removals(scope.question) else "start", {}
    for row in list_entries(scope):
        if not scope.organizations or row["id"] in scope.organizations:
            label, date = scope.called_row(row), row[dated_by]
            listed = [scope.words.term("lists", row["list"]), scope.formats.period(row["start"], row["end"])]
            searched = f"{label} {scope.formats.date(date) if date else ''}"
            entries[row["entry"]] = DatedFacts(label, scope.language.comma.join(listed), searched, bool(row["end"]))
    return entries


def _restriction(scope: ProjectScope, facts: Mapping[str, Sequence[str]]) -> DatedFacts:
    language, words = scope.language, scope.words

    def dated(name: str, message: str) -> list[str]:
        return [language.gettext(message, date=scope.formats.date(date)) for date in facts.get(name, ())[:1]]

    services = [words.term("platforms", value) for value in facts.get("platform", ())]
    services += [words.term("services", value) for value in facts.get("service", ())]
    kinds = [words.term("restriction-kinds", value) for value in facts.get("kind", ())]
    where = [words.area(code) for code in facts.get("country", ())]
    texts = dated("start", N_("from %(date)s")) or [language.gettext("no date")]
    is_around_event = bool(EVENTS.intersection(facts.get("cause", ())))
    no_end = language.gettext("the end is not reported") if is_around_event else language.gettext("no end is recorded")
    texts += dated("end", N_("until %(date)s")) or [no_end]
    for name, message in _RESTRICTION:
        values = [words.term(_TERMS[name], value) if name in _TERMS else value for value in facts.get(name, ())]
        texts += [language.gettext(message, text=value) for value in values]
    label = language.gettext(
        "%(name)s (%(detail)s)", name=scope.listed([*(services or [language.gettext("Internet")]), *where]),
        detail=scope.listed(kinds),
    )  # fmt: skip
    detail = scope.listed(texts)
    start, end = (next(iter(facts.get(name, ())), "") for name in ("start", "end"))
    countries, causes = tuple(facts.get("country", ())), (*facts.get("cause", ()), *facts.get("justification", ()))
    return DatedFacts(label, detail, f"{label} {detail}", bool(end), start, countries, causes, end)


def _is_in_years(facts: Mapping[str, Sequence[str]], first: int | None, last: int | None) -> bool:
    """Return whether a restriction was possibly in force in some years. An unrecorded beginning or end could be in any year."""
    if first is None and last is None:
        return True
    start, end = (next(iter(facts.get(name, ())), "")[:4] for name in ("start", "end"))
    return (last is None or not start.isdigit() or int(start) <= last) and (
        first is None or not end.isdigit() or int(end) >= first
    )
