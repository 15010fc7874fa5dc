"""Which laws and agreements match a question: its kinds, organisations, countries, years and subjects."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from overt.queries.agreements import law_kinds
from overt.queries.database import Row, json_array
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.site.search.agreements.agreement_notes import mentioning_organizations, naming_regions
from overt.site.search.agreements.agreement_subjects import (
    Subject,
    is_about_bans,
    is_about_each,
    is_about_subject,
    joined_subjects,
    subjects_of,
)
from overt.site.search.agreements.countries_to_match import governed_areas, parties_of
from overt.site.search.agreements.law_status_conditions import with_statuses
from overt.site.search.projects.project_scope import ProjectScope

_BETWEEN = frozenset({"between", "with", "之", "与", "同"})
"""Words for questions about agreements between all countries in the question.

与 and 同 mean “with”, and 之 is the beginning of 之间 (between).
"""


class AgreementMatches(NamedTuple):
    """The agreements that match a question's kinds, countries and years, grouped by whether they are about its subjects."""

    countries: Sequence[str]
    """The codes of the question's countries, including home countries of companies unless the question is about bans."""
    subjects: Sequence[Subject]
    named_subjects: str
    """The question's subjects in words."""
    rows: Sequence[Row]
    about: Sequence[Row]
    """Agreements about all subjects."""
    undated: Sequence[Row]
    """Undated agreements about all subjects. They may be from the question's years."""
    partly: Sequence[Row]
    """Agreements about only some of the subjects."""
    unnamed: Sequence[Row]
    """Agreements about all subjects, in the question's countries and years, of other kinds or without its organisations.

    Empty if the question lacks organisations, subjects or countries, or is about bans.
    """
    of_any_status: Sequence[Row]
    """Agreements of any status about all subjects that are from the question's years or undated."""
    has_all: bool
    """Whether an agreement must match every set of countries (`Parties`). False if none does, so that one set is enough."""
    is_about_bans: bool

    @property
    def listed(self) -> Sequence[Row]:
        """The agreements that an answer lists."""
        return self.about or self.undated or ([] if self.is_about_bans else self.partly or self.rows)


def match_agreements(scope: ProjectScope, lexicon: Lexicon) -> AgreementMatches:
    """Return the agreements that match a question.

    If no agreement names all of the question's countries, those that name any of them match, unless the question asks for
    agreements between the countries.
    """
    are_bans = is_about_bans(scope)
    countries, subjects = [*scope.areas, *([] if are_bans else scope.seats)], subjects_of(scope, lexicon)
    parties, of_kinds = parties_of(scope), _of_organizations(scope, _not_excluded(scope, agreement_rows(scope)))
    members = [code for region in scope.regions for code in scope.members_of(region)]
    naming = {row["id"] for row in naming_regions(scope, of_kinds)}  # An agreement of a union doesn't name its members.
    countries_of = {row["id"]: [*row["countries"], *(members if row["id"] in naming else ())] for row in of_kinds}
    matching = [row for row in of_kinds if parties.match(countries_of[row["id"]])]
    has_all = bool(matching) or not parties.several or not _BETWEEN.isdisjoint(scope.question.tokens)
    if not has_all:
        matching = [row for row in of_kinds if parties.match_any(countries_of[row["id"]])]
    groups = joined_subjects(scope, subjects)
    about_each = [row for row in matching if is_about_each(row, groups)]
    ids_about_each = {row["id"] for row in about_each}
    of_any_status = [row for row in about_each if not row["date"] or scope.question.is_in_years(row["date"])]
    with_status = with_statuses(scope, of_any_status)
    matching = with_status if scope.question.law_statuses else matching
    rows = [row for row in matching if scope.question.is_in_years(row["date"])]
    about = [row for row in rows if row["id"] in ids_about_each]
    undated = [row for row in matching if not row["date"] and row["id"] in ids_about_each]
    partly = [row for row in rows if row not in about and any(is_about_subject(row, subject) for subject in subjects)]
    unnamed = []
    if scope.organizations and countries and groups and not are_bans:
        chosen = {row["id"] for row in of_kinds}
        remaining = [row for row in _not_excluded(scope, agreement_rows(scope, of_any_kind=True)) if row["id"] not in chosen]
        remaining = [row for row in remaining if parties.match(row["countries"]) and scope.question.is_in_years(row["date"])]
        unnamed = [row for row in remaining if is_about_each(row, groups)]
    named = scope.listed(scope.joined(list(dict.fromkeys(subject.label for subject in group))) for group in groups)
    return AgreementMatches(countries, subjects, named, rows, about, undated, partly, unnamed, of_any_status, has_all, are_bans)


def agreement_rows(scope: ProjectScope, *, of_any_kind: bool = False) -> list[Row]:
    """Return the agreements of the question's kinds, or all agreements if it has none or if `of_any_kind` is true.

    Rows have countries, parties and topics as lists, and dates by property. If the question asks for agreements rather than
    laws, national laws are left out.
    """
    rows = scope.reader.rows(
        "question_restrictions_laws_and_scores.agreements", {"kinds": json_array([] if of_any_kind else _kinds(scope))}
    )
    decoded = [{**row, **{name: orjson.loads(row[name]) for name in ("countries", "parties", "topics", "dated")}} for row in rows]
    decoded = [{**row, "countries": [*row["countries"], *governed_areas(scope, row)]} for row in decoded]
    return [row for row in decoded if row["kind"] not in law_kinds(scope.words)] if asks_for_pacts(scope) else decoded


def asks_for_pacts(scope: ProjectScope) -> bool:
    """Return whether the question asks for agreements in general, rather than for laws, bans or a kind of agreement."""
    texts = [tokens(part.text) for part in scope.question.parts if part.type == "intent" and part.id == "agreements"]
    is_general = not scope.question.agreement_kinds and not is_about_bans(scope)
    return is_general and bool(texts) and all(text in scope.lexicon.pacts for text in texts)


def _of_organizations(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the agreements that mention the question's organisations or have them as parties; for bans, all agreements."""
    if not scope.organizations or is_about_bans(scope):
        return [*rows]
    mentioning = {row["id"] for row in mentioning_organizations(scope, rows)}
    return [row for row in rows if row["id"] in mentioning or not set(scope.organizations).isdisjoint(row["parties"])]


def _not_excluded(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the agreements, except those with a country that the question excludes.

    Laws that also have another country are kept.
    """
    excluded, laws = scope.excluded_countries, law_kinds(scope.words)
    return [
        row for row in rows if excluded.isdisjoint(row["countries"]) or (row["kind"] in laws and set(row["countries"]) - excluded)
    ]


def _kinds(scope: ProjectScope) -> list[str]:
    """Return the kinds that the question asks for, including narrower kinds."""
    terms, chosen = scope.words.terms.get("agreement-kinds", {}), set(scope.question.agreement_kinds)
    return sorted(chosen | {kind for kind, term in terms.items() if term.broader in chosen})
