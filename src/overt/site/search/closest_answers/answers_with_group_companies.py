"""If a company has no project that a question asks for, answer with projects of its group, or of companies named after it.

“NEC face recognition in Canada” also means the projects of NEC Corporation of America.
"""

from collections.abc import Iterator
from dataclasses import replace

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries import pair_answers
from overt.queries.labels import record_labels
from overt.queries.pair_answers import Selection
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.companies_of_group import named_after, recorded_group
from overt.site.search.reply import Reply
from overt.site.search.suppliers.supplier_and_country_lists import ListedReplies

_COMPANY = "organization"
_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "dates"})
"""Intents whose answers are about projects."""
_OF_ORGANIZATIONS = frozenset({"statements", "owners", "both", "comparison", "subsidiaries", "headquarters", "leaders"})
"""Markers of questions about organisations themselves, or about several organisations in comparison."""


def with_group_companies(scope: ListedReplies) -> Question:
    """Add the companies of an organisation's group to a question if only these have the projects that it asks for.

    A company belongs to the group of another if it is on record as such in a project's year, or if its name begins with the
    other's name. Questions that exclude something, and those with words for denials or ownership, are returned unchanged.
    """
    question = scope.question
    if question.intent not in _OF_PROJECTS or question.excluded or question.are_together or question.denied_by:
        return question
    if any(map(question.has, _OF_ORGANIZATIONS)):
        return question
    added = [company for part in question.parts if part.type == _COMPANY for company in _companies(scope, part)]
    if not added:
        return question
    parts = sorted([*question.parts, *added], key=lambda part: part.start)
    return replace(question, parts=parts, of_group=tuple(dict.fromkeys(part.id for part in added)))


def name_group_companies(scope: ListedReplies, reply: Reply) -> Reply:
    """Add a sentence to a reply that names the companies that `with_group_companies` added to the question."""
    if not scope.question.of_group or reply.is_denied:
        return reply
    names = scope.listed(scope.label(_COMPANY, identity, identity) for identity in scope.question.of_group)
    text = scope.language.gettext("This includes companies of its group, or with its name in theirs: %(names)s.", names=names)
    return replace(reply, sentence=scope.sentences(reply.sentence, text))


def _companies(scope: ListedReplies, part: Part) -> Iterator[Part]:
    """Yield parts for the companies of an organisation's group that have the projects that the question asks for.

    Yield nothing if the organisation, or another one with the same name in the question, has such a project itself, dated or
    not. If nobody has such projects, projects of any kind count, because answers name these, too.
    """
    question = scope.question
    named = [other.id for other in question.parts if other.type == _COMPANY and other.start == part.start]
    rest = [other for other in question.parts if other.type != _COMPANY]
    of_organization = scope.about_question(replace(question, parts=[*rest, part]))
    if of_organization.plain and of_organization.has_one_area and question.intent == "answer":
        rows = pair_answers.ranked(scope.reader, Selection(named, of_organization.codes()), 1)
        if any(row.projects or row.not_built for row in rows):
            return  # The answer about a company in a country already includes its group.
    about = scope.about_question(replace(question, parts=rest))
    of_any = about.filter()
    for chosen in dict.fromkeys([of_any, replace(of_any, kind=())]):
        own = replace(chosen, company=tuple(named))
        mask = about.seated(about.mask(own))
        if (mask | about.undated(own, mask)).any():
            return
        if companies := [*_with_projects(of_organization, about, part, chosen)]:
            yield from (company for company in companies if company.id not in named)
            return


def _with_projects(of_organization: ListedReplies, about: ListedReplies, part: Part, chosen: ProjectFilter) -> Iterator[Part]:
    """Yield parts for the companies of an organisation's group that have projects matching a filter.

    `of_organization`: the question with only that organisation. `about`: the question without organisations.
    """
    recorded = recorded_group(of_organization)
    candidates = sorted({*recorded, *named_after(of_organization, part)})
    labels = record_labels(about.reader, candidates)
    for identity in candidates:
        ids = about.ids(about.seated(about.mask(replace(chosen, company=(identity,)))))
        if ids and (identity not in recorded or {*ids} <= recorded[identity]):
            label = about.called(labels[identity]) if identity in labels else identity
            yield part._replace(id=identity, label=label, alternatives=())
