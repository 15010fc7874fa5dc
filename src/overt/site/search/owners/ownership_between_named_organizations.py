"""Ownership between a question's organisations, now or earlier: “Does Huawei still own HMN Technologies?”"""

from collections.abc import Sequence
from typing import NamedTuple

from overt.queries.database import Row, json_array
from overt.queries.questions.question_tokens import JOINS
from overt.queries.questions.understood_question import Marker, Part, Question
from overt.site.search.owners.owner_descriptions import OWNERS, relation_in_words, with_relations
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.sentences.linked_record_and_company_names import short_name

_HALF = 50
_PAIR = 2
_OWNERSHIP = frozenset({"owners", "subsidiaries"})


class OwnerAndOwned(NamedTuple):
    """The owner and the owned organisation, according to a question's words."""

    owner: str
    owned: str


def relations_between(scope: ProjectScope) -> list[Row]:
    """Return the relations by which one of the question's organisations owns or owned another of its organisations."""
    named = set(scope.organizations)
    rows = (row for row in scope.rows_of("relations", listed="owner", named="owned") if {row["id"], row["owned"]} <= named)
    return [*{_key(row): row for row in rows}.values()]


def relations_of(scope: ProjectScope, organizations: Sequence[str], *, listed: str, named: str) -> list[Row]:
    """Return the relations of organisations. `named`: their side, `owner` or `owned`. `listed`: the other side."""
    values = {"ids": json_array(organizations)}
    return scope.reader.rows("question_organizations.relations", values, listed=listed, named=named)


def describes_organizations(question: Question) -> bool:
    """Return whether all kinds in a question directly precede a word for companies: “HMN Technologies, the cable company”.

    Such a kind describes the organisation. Return False if there is no kind.
    """
    kinds = [part for part in question.parts if part.type == "kind"]
    companies = {part.start for part in question.parts if part.type == "intent" and part.id == "suppliers"}
    return bool(kinds) and all(part.end in companies for part in kinds)


def owner_and_owned(scope: ProjectScope) -> OwnerAndOwned | None:
    """Return which of the question's two organisations owns the other, according to its words; None if they leave it open."""
    question, words = scope.question, scope.lexicon.creditors
    names = sorted((part for part in question.parts if part.type == "organization"), key=lambda part: part.start)
    marker = next((marker for marker in question.markers if marker.id in _OWNERSHIP), None)
    if marker is None or len(names) != _PAIR or len(scope.organizations) != _PAIR or names[0].start == names[1].start:
        return None
    first, second = names
    between = {*question.tokens[first.end : second.start]}
    if between and between <= JOINS:
        return None  # “the owner of Hikvision and Dahua”
    is_between = first.end <= marker.start < second.start
    if is_between and any(other.id in _OWNERSHIP and other.start >= second.end for other in question.markers):
        return None  # “what does Huawei own and what does Hikvision own”
    if marker.text in words.owned_by:
        return OwnerAndOwned(second.id, first.id) if is_between else _after_both(marker, first, second)
    if marker.text in words.owns and (is_between or second.end <= marker.start):
        return OwnerAndOwned(first.id, second.id)
    return None


def _after_both(marker: Marker, first: Part, second: Part) -> OwnerAndOwned | None:
    """Return the second organisation as the owner if the marker follows both, or None.

    It does in “海康威视是中电科的子公司吗” (is Hikvision a subsidiary of CETC).
    """
    return OwnerAndOwned(second.id, first.id) if second.end <= marker.start else None


def decisive_relations(scope: ProjectScope, roles: OwnerAndOwned | None, between: Sequence[Row]) -> list[Row]:
    """Return the relations that answer whether one of the question's organisations owns the other now.

    If any of them is current, only the current ones are returned. The list is empty if the question doesn't ask this, has
    years, or has been relaxed.
    """
    question, words = scope.question, scope.lexicon.creditors
    asks_whether = any(
        question.tokens[at : at + len(phrase)] == phrase
        for phrase in words.whether
        for at in ((0,) if phrase[0].isascii() else range(len(question.tokens)))
    )
    if not asks_whether or question.years or question.is_relaxed:
        return []
    relations = [row for row in between if (row["id"], row["owned"]) == roles]
    return [row for row in relations if not row["ended"]] or relations


def yes_or_no(scope: ProjectScope, relations: Sequence[Row]) -> str:
    """Return a sentence with the relations of `decisive_relations`, beginning with “no longer”, “yes” or “in part”.

    It begins with “in part” if no relation is to a parent company and no recorded share is more than half. Empty without
    relations.
    """
    if not relations:
        return ""
    names = with_relations(scope, relations, OWNERS)
    if relations[0]["ended"]:
        return scope.language.gettext("No longer, by the sources: %(names)s.", names=names)
    if any(row["kind"] == "parent" or float(row["share"] or 0) > _HALF for row in relations):
        return scope.language.gettext("Yes, by the sources: %(names)s.", names=names)
    return scope.language.gettext("In part, by the sources: %(names)s.", names=names)


def no_relation_between(scope: ProjectScope, names: str) -> str:
    """Return a sentence saying that no ownership between the question's organisations is on record. `names`: their names."""
    return scope.language.gettext(
        "No record here says that one of them owns or owned the other: %(what)s. That is not evidence of absence.", what=names
    )


def shares_in_owners(scope: ProjectScope, roles: OwnerAndOwned) -> list[Row]:
    """Return the current relations by which `roles.owner` owns a current owner of `roles.owned`.

    In each row, `id` is the intermediate owner.
    """
    above = relations_of(scope, (roles.owned,), listed="owner", named="owned")
    owners = {row["id"] for row in above if not row["ended"]} - {roles.owner}
    below = relations_of(scope, (roles.owner,), listed="owned", named="owner")
    return [row for row in below if row["id"] in owners and not row["ended"]]


def beside_current(rows: Sequence[Row], between: Sequence[Row]) -> list[Row]:
    """Return the relations between the question's organisations, and the current owners of those that are or were owned."""
    keys, owned = {_key(row) for row in between}, {row["owned"] for row in between}
    return [row for row in rows if _key(row) in keys or (row["owned"] in owned and not row["ended"])]


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("id", "owned", "kind", "share", "started", "ended"))


def indirect_owners(scope: ProjectScope, roles: OwnerAndOwned) -> str:
    """Return a sentence on the intermediate owners in `shares_in_owners`; empty if there are none."""
    rows = shares_in_owners(scope, roles)
    if not rows:
        return ""
    name = short_name(scope.label("organization", roles.owner, roles.owner))
    texts = [
        scope.language.gettext(
            "%(name)s (%(detail)s)", name=short_name(scope.called_row(row)), detail=relation_in_words(scope, row, OWNERS, ())
        )
        for row in rows
    ]
    return scope.language.gettext("%(name)s is an owner of a current owner: %(names)s.", name=name, names=scope.named(texts))
