"""Reply to questions about what organisations said about projects: “what did Sandvine say about Belarus”."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from overt.http.page_addresses import record_url
from overt.index.search_text import written
from overt.queries import projects
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_tokens import tokens
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.search.texts.searchable_texts import Statement, statements_about
from overt.site.sentences.linked_record_and_company_names import short_name

STATEMENTS = "statements"
_CONFIRMATION, _DENIAL = "confirmation", "denial"
_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "dates", "organization", "country", "region", "kind"})
_MAX_QUOTED = 3
"""Maximum number of statements that the sentence quotes in full. The items have all statements."""

_ByProject = Mapping[str, Sequence[Statement]]
"""Statements by the id of the project that they are about."""


def asks_for_statements(scope: ProjectScope) -> bool:
    """Return whether a question asks what was said about projects."""
    return scope.question.has(STATEMENTS) and scope.question.intent in _OF_PROJECTS


def reply_about_statements(scope: ProjectScope, more: Collection[str] = ()) -> Reply | None:
    """Return a reply with the statements about the question's projects, beginning with those by its organisations.

    A statement by one of its organisations counts for any project that meets the other conditions, even if the organisation has
    no part in the project. If there are no such statements, the organisations' statements about other projects are listed, or
    only counted if the question names a country. The question's years apply to the statements. An organisation whose name has
    an extra ending, such as Telenor Group, counts as the same. None if there are no statements at all. `more`: ids of projects
    that count although they don't name the question's organisations.
    """
    parts = [part for part in scope.question.parts if part.type != "year"]
    question = replace(scope.question, years=None, parts=parts)
    of_any_year = scope.about_question(question)
    chosen, speaks = of_any_year.filter(), _Speakers(scope).include
    named = {*of_any_year.ids(of_any_year.seated(of_any_year.mask(chosen))), *more}
    statements = _statements_of(scope, of_any_year, of_any_year.mask(replace(chosen, company=())))
    of_kinds = statements_naming_kinds(scope, of_any_year, statements)
    statements = {**statements, **of_kinds}
    own = _chosen(statements, lambda _, statement: speaks(statement))
    by_others = _chosen(
        statements, lambda project, statement: not speaks(statement) and (project in named or project in of_kinds)
    )
    elsewhere: _ByProject = {}
    if scope.organizations and not (own or by_others):
        every = _statements_of(scope, of_any_year, of_any_year.reader.vectors.every)
        elsewhere = _chosen(every, lambda _, statement: speaks(statement))
    if not (own or by_others or elsewhere):
        return None
    listed: dict[str, list[Statement]] = {}
    # Statements about other countries are counted in the sentence, but not listed.
    if elsewhere and scope.codes():
        listed = {identity: [] for identity in sorted(named)}
    for by_project in (own, by_others, {} if scope.codes() else elsewhere):
        for identity, texts in by_project.items():
            listed.setdefault(identity, []).extend(texts)
    quoted = [statement.text for by_project in (own, by_others) for texts in by_project.values() for statement in texts]
    sentence = scope.sentences(
        *_counts(scope, own, by_others, elsewhere),
        _unconfirmed(scope, [*own.values(), *by_others.values()]),
        *(quoted if len(quoted) <= _MAX_QUOTED else quoted[:1] if own else ()),
    )
    rows = projects.by_id(scope.reader, [*listed][:MAX_ITEMS])
    items = [
        Item(
            "project", identity, scope.called(rows[identity]),
            scope.language.gettext("; ").join(
                [scope.project_detail(rows[identity]), *(statement.text for statement in listed[identity])]
            ),
            record_url("project", identity),
        )
        for identity in [*listed][:MAX_ITEMS]
    ]  # fmt: skip
    is_of_organization = len(items) != 1 and len(scope.organizations) == 1
    path = record_url("organization", scope.organizations[0]) if is_of_organization or not items else items[0].address
    note = Note(scope.language.gettext("Only denials, replies and confirmations that a source reports are on record."))
    used = USED["projects"] | {STATEMENTS, "reasons", "asks suppliers", "asks places"}
    return Reply(sentence, path, items, len(listed), [note], used)


class _Speakers:
    """Compares the speakers of statements with the question's organisations."""

    def __init__(self, scope: ProjectScope) -> None:
        self._ids = {*scope.organizations}
        labels = (scope.label("organization", identity, identity) for identity in self._ids)
        self._names = [tokens(short_name(label)) for label in labels]
        self._endings = {ending[0] for ending in scope.lexicon.endings if len(ending) == 1}
        self._endings.update(word for area in scope.areas for word in tokens(scope.words.area(area)))

    def include(self, statement: Statement) -> bool:
        """Return whether one of the question's organisations made a statement.

        In the statement, an ending such as “Corporation” or one of the question's countries may follow the name.
        """
        called = tokens(short_name(statement.called))
        return statement.speaker in self._ids or any(
            called[: len(name)] == name and {*called[len(name) :]} <= self._endings for name in self._names
        )


def without_statements(scope: ProjectScope, reply: Reply) -> Reply:
    """Return the ordinary answer, preceded by a sentence saying that no statement is on record."""
    none = scope.language.gettext("No denial, reply or confirmation about this is on record here.")
    reply.sentence = scope.sentences(none, reply.sentence)
    reply.used = (USED[scope.question.intent] if reply.used is None else reply.used) | {STATEMENTS}
    return reply


def _counts(scope: ProjectScope, own: _ByProject, by_others: _ByProject, elsewhere: _ByProject) -> list[str]:
    """Return sentences with the numbers of statements: by the question's organisations, by others, and about other projects."""
    language, sentences = scope.language, []
    names = scope.listed(short_name(scope.label("organization", identity, identity)) for identity in scope.organizations)
    if own:
        sentences.append(
            language.ngettext(
                "%(n)s statement by %(name)s about this is on record.", "%(n)s statements by %(name)s about this are on record.",
                _number_of(own), name=names,
            )
        )  # fmt: skip
    elif scope.organizations:
        sentences.append(language.gettext("No statement by %(name)s about this is on record here.", name=names))
    if by_others and scope.organizations:
        sentences.append(
            language.ngettext(
                "%(n)s statement by another organisation about this is on record.",
                "%(n)s statements by other organisations about this are on record.", _number_of(by_others),
            )
        )  # fmt: skip
    elif by_others:
        sentences.append(
            language.ngettext(
                "%(n)s statement about this is on record.", "%(n)s statements about this are on record.", _number_of(by_others)
            )
        )
    if elsewhere:
        sentences.append(
            language.ngettext(
                "It made %(n)s statement about another project.", "It made %(n)s statements about other projects.",
                _number_of(elsewhere),
            )
        )  # fmt: skip
    return sentences


def _unconfirmed(scope: ProjectScope, statements: Sequence[Sequence[Statement]]) -> str:
    """Return a sentence saying that no statement is a confirmation, if the question asks whether something was admitted."""
    asking = {marker.text for marker in scope.question.markers if marker.id == STATEMENTS}
    kinds = {statement.kind for texts in statements for statement in texts}
    if not kinds or _CONFIRMATION in kinds or asking.isdisjoint(scope.lexicon.grammar.admitting):
        return ""
    if kinds == {_DENIAL}:
        return scope.language.gettext("None confirms it; all are denials.")
    return scope.language.gettext("None confirms it.")


def _number_of(by_project: _ByProject) -> int:
    return sum(map(len, by_project.values()))


def _statements_of(scope: ProjectScope, of_any_year: ProjectScope, mask: Mask) -> _ByProject:
    """Return the statements about the projects of a mask that were made in the question's years, in the order of projects."""
    ids = of_any_year.ids(of_any_year.seated(mask))
    statements = statements_about(scope, ids)
    return {
        identity: dated
        for identity in ids
        if (dated := [text for text in statements.get(identity, ()) if scope.question.is_in_years(text.date)])
    }


def statements_naming_kinds(scope: ProjectScope, of_any_year: ProjectScope, known: Collection[str]) -> _ByProject:
    """Return statements about projects of other kinds that name one of the question's kinds, by project.

    “Face recognition is not in use” is such a statement about cameras, even if no source says that they can recognise faces.
    `of_any_year`: the question without its years. `known`: ids of projects whose statements count already.
    """
    if not scope.kinds:
        return {}
    kinds = scope.lexicon.grammar.kinds
    words = [f" {written(word)} " for kind in scope.kinds for word in kinds.get(kind, ())]
    mask = of_any_year.mask(replace(of_any_year.filter(), kind=(), status=()))
    statements = _statements_of(scope, of_any_year, mask)
    further = {project: texts for project, texts in statements.items() if project not in known}
    return _chosen(further, lambda _, text: any(word in f" {written(text.original)} " for word in words))


def _chosen(by_project: _ByProject, is_chosen: Callable[[str, Statement], bool]) -> _ByProject:
    """Return the statements for which `is_chosen` is true, given the project's id and the statement."""
    chosen = {project: [text for text in texts if is_chosen(project, text)] for project, texts in by_project.items()}
    return {project: texts for project, texts in chosen.items() if texts}
