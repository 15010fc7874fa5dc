"""The records that match the understood parts of a question, of every type that has texts."""

from collections.abc import Iterator, Mapping, Sequence

import orjson

from overt.index.search_text import fold
from overt.queries.database import Row
from overt.queries.questions.understood_question import Part
from overt.site.search.agreements.agreement_matches import agreement_rows
from overt.site.search.agreements.agreement_subjects import (
    has_word,
    is_about_each,
    joined_subjects,
    subjects_of,
    text_of,
)
from overt.site.search.projects.project_scope import ProjectScope

_OF_PROJECTS = frozenset({"organization", "kind", "area", "region", "place", "project_name", "seat", "status"})
_OF_AGREEMENTS = frozenset({"organization", "kind", "area", "region", "seat", "subject", "service"})
_OF_PROGRAMMES = frozenset({"organization", "area", "kind"})
_OF_RESTRICTIONS = frozenset({"area", "region", "service", "restriction"})
_NAMED_PROJECTS = frozenset({"kind", "organization", "place", "project_name"})
_OF_PROJECTS_ONLY = frozenset({"suppliers", "money", "projects"})
"""Intents of questions about projects and their organisations."""


def records_about(scope: ProjectScope) -> dict[str, str]:
    """Return the types of the projects, programmes, laws and agreements that match a question's parts, by id.

    A record must match all parts, except that projects and programmes needn't match `other_conditions`. A type of record is
    left out if it doesn't fit what the question asks for: laws don't fit a question about suppliers or money. If the question
    is about loans or grants, a project must have a commitment.
    """
    intents = set(scope.intents)
    ignored = other_conditions(scope)
    has = {part.type for part in scope.question.parts if part not in ignored} - {"intent", "year", "origin"}
    types: dict[str, str] = {}
    if not has:
        return types
    # “Why did Romania exclude Huawei” isn't about projects.
    is_about_exclusion = "blocked" in intents and bool(scope.organizations)
    if has <= _OF_PROJECTS and not (intents & {"agreements", "lists"} or is_about_exclusion):
        mask = scope.seated(scope.mask(scope.filter()))
        if scope.flows:
            rows = scope.rows("commitments_by_project", mask, seats=(), financiers=(), flows=())
            mask &= scope.reader.vectors.mask_of({row["id"] for row in rows})
        types |= dict.fromkeys(scope.ids(mask), "project")
        if has <= _OF_PROGRAMMES and not scope.question.years and "money" not in intents:
            types |= dict.fromkeys(_programmes(scope), "programme")
    is_about_projects = bool(intents & _OF_PROJECTS_ONLY or scope.question.has("customers") or scope.question.has("owners"))
    of_agreements = {part.type for part in scope.question.parts} - {"intent", "year", "origin"}
    if of_agreements <= _OF_AGREEMENTS and not (is_about_projects or intents & {"lists"} or scope.question.excluded):
        types |= dict.fromkeys(_agreements(scope), "agreement")
    return types


def is_about_restrictions(scope: ProjectScope) -> bool:
    """Return whether a question is about blocking, a service or a shutdown, and restrictions can meet all its conditions.

    A question about laws or agreements isn't about restrictions.
    """
    has = {part.type for part in scope.question.parts} - {"intent", "year", "origin"}
    asks = "blocked" in scope.intents or bool(has & {"service", "restriction"})
    return asks and has <= _OF_RESTRICTIONS and "agreements" not in scope.intents


def other_conditions(scope: ProjectScope) -> list[Part]:
    """Return the parts of a question about projects that no project can have, such as services. Only texts can match them."""
    types = {part.type for part in scope.question.parts}
    if not types & _NAMED_PROJECTS:
        return []
    return [part for part in scope.question.parts if part.type in ("service", "restriction", "subject")]


def _agreements(scope: ProjectScope) -> Iterator[str]:
    groups = joined_subjects(scope, subjects_of(scope, scope.lexicon))
    members, is_narrow = set(scope.codes()), bool(scope.areas and scope.organizations)
    names = _names_of_organizations(scope)
    for row in agreement_rows(scope):
        countries = row["countries"]
        if (
            set(scope.areas) <= set(countries)
            and (not scope.regions or not members.isdisjoint(countries))
            and (not scope.seats or not set(scope.seats).isdisjoint(countries))
            and _names_organizations(scope, row, names)
            and (is_narrow or is_about_each(row, groups))
            and scope.question.is_in_years(row["date"])
        ):
            yield row["id"]


def _names_of_organizations(scope: ProjectScope) -> dict[str, list[str]]:
    """Return the folded names of the question's organisations by id: names in the release, and names in the question."""
    names: dict[str, list[str]] = {}
    if scope.organizations:
        names = {row["id"]: str(row["names"]).replace("\t", "\n").split("\n") for row in scope.rows_of("names_of")}
    for part in scope.question.parts:
        if part.type == "organization":
            names.setdefault(part.id, []).append(part.text)
    return {identity: [fold(name) for name in listed if len(name) > 1] for identity, listed in names.items()}


def _names_organizations(scope: ProjectScope, row: Row, names: Mapping[str, Sequence[str]]) -> bool:
    """Return whether an agreement has each organisation of the question as a party, or one of its `names` in a text."""
    text = text_of(row)
    return all(
        identity in row["parties"] or any(has_word(text, name) for name in names.get(identity, ()))
        for identity in scope.organizations
    )


def _programmes(scope: ProjectScope) -> Iterator[str]:
    """Yield the ids of programmes with all countries and organisations of the question, and with one of its kinds."""
    for row in scope.reader.rows("question_texts_and_facts.programmes"):
        if (
            set(scope.areas) <= set(orjson.loads(row["countries"]))
            and set(scope.organizations) <= set(orjson.loads(row["organizations"]))
            and (not scope.kinds or not set(scope.kinds).isdisjoint(orjson.loads(row["kinds"])))
        ):
            yield row["id"]
