"""The companies of an organisation's group: those recorded as such, and those whose names begin with its name."""

from overt.index.search_text import IS_HAN, fold
from overt.queries.database import json_array
from overt.queries.labels import record_labels
from overt.queries.questions.understood_question import Part
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.sentences.linked_record_and_company_names import short_name

_MIN_LENGTH = 2
"""Minimum length, in characters, of a name by which companies of the group are recognised."""


def recorded_group(scope: ProjectScope) -> dict[str, set[str]]:
    """Return the ids of companies in the groups of a question's organisations, each with the ids of its projects that count.

    A company's project counts if the company belonged to the group in the project's year.
    """
    projects_of: dict[str, set[str]] = {}
    for row in scope.rows_of("group_projects"):
        projects_of.setdefault(row["id"], set()).add(row["project"])
    return projects_of


def named_after(scope: ProjectScope, part: Part) -> list[str]:
    """Return the ids of the companies whose names begin with an organisation's name, as typed or without its legal form.

    If the typed name is Chinese, recorded names with which the full name begins are also used, such as “Tencent” for “Tencent
    Holdings”. The list is empty unless the organisation is recorded as a company.
    """
    labels = record_labels(scope.reader, [part.id])
    full = (labels[part.id].label if part.id in labels else "") or part.label
    names = {fold(name) for name in (part.text, short_name(full), full)}
    if IS_HAN.search(part.text):
        rows = scope.reader.rows("question_organizations.names_of", {"ids": json_array([part.id])})
        recorded = (fold(line.partition("\t")[0]) for row in rows for line in str(row["names"]).split("\n"))
        names |= {name for name in recorded if f"{fold(full)} ".startswith(f"{name} ")}
    values = {"id": part.id, "names": json_array(sorted(name for name in names if len(name) >= _MIN_LENGTH))}
    return [row["id"] for row in scope.reader.rows("question_organizations.named_after", values)]


def named_after_any(scope: ProjectScope) -> set[str]:
    """Return the ids of the companies that `named_after` returns for any of a question's organisations."""
    named = (part for part in scope.question.parts if part.type == "organization")
    return {identity for part in named for identity in named_after(scope, part)}
