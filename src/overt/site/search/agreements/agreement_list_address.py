"""The address of the list behind an answer about laws and agreements."""

from collections.abc import Sequence

from overt.http.page_addresses import address
from overt.queries.agreements import law_kinds
from overt.queries.database import Row
from overt.site.search.agreements.agreement_subjects import Subject, is_about_bans
from overt.site.search.projects.project_scope import ProjectScope


def link_to_agreements(
    scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str], subjects: Sequence[Subject], *, is_about: bool
) -> tuple[str, list[str]]:
    """Return the address of a list that contains these agreements, and the question's conditions that the list ignores.

    `is_about`: whether the agreements are about the subjects.
    """
    laws = law_kinds(scope.words)
    groups = {row["kind"] in laws for row in rows}
    grouped = {part.id: scope.part_label(part) for part in scope.question.parts if scope.question.is_grouped(part)}
    ungrouped = [code for code in countries if code not in grouped]
    country = ungrouped[-1] if ungrouped else ""
    left_out = [grouped.get(code, scope.words.area(code)) for code in countries if code != country] + [
        scope.words.region(region) for region in scope.regions
    ]
    left_out += [scope.words.term("statuses", status) for status in scope.question.law_statuses]
    years = [scope.years()] if scope.question.years else []
    if len(groups) != 1 and country:
        return f"/country/{country}", [*left_out, *(subject.label for subject in subjects if is_about), *years]
    pairs = [("group", "laws")] if groups == {True} else []
    pairs += [("country", country)] if country else []
    topics = [s.topic for s in subjects if rows and is_about and all(s.topic in row["topics"] for row in rows)]
    pairs += [("topic", topic) for topic in topics[:1]]
    left_out += [subject.label for subject in subjects if is_about and subject.topic not in topics[:1]]
    left_out += years
    left_out += (
        [] if is_about_bans(scope) else [scope.label("organization", identity, identity) for identity in scope.organizations]
    )
    kinds = scope.question.agreement_kinds
    if len(set(kinds)) == 1 and kinds[0] != "law":
        pairs.append(("kind", kinds[0]))
    return address("/agreements", pairs), left_out
