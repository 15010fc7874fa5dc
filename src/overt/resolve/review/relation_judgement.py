"""A judgement that two organisations are related: a judgement and a relation record, written together."""

from collections.abc import Sequence
from dataclasses import dataclass

from overt.ledger import Draft, Entry, Ledger, SourceDocument, Verdict, act_range, claim_draft, judgement_draft, mark_as_act
from overt.ledger.decisions_in_force import effective_claims, effective_judgements
from overt.model.content_catalogue import Catalogue
from overt.model.errors import UsageError
from overt.model.record_ids import EDITORIAL_SOURCE, canonical_id
from overt.model.workspace import Workspace
from overt.resolve.explanation_text import relation_sentence
from overt.resolve.relations.stated_and_proposed_relations import read_relations
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import Decision, judgement_notes
from overt.resolve.review.judged_pair import SAME_ORGANIZATION
from overt.resolve.review.member_lookup import Member, find_member

RELATION_KINDS = "relation-kinds"
"""Name of the vocabulary with the kinds of relations."""


@dataclass(frozen=True)
class Relation:
    """A relation to write. Its ends are source records."""

    from_: str
    kind: str
    to: str

    @property
    def record(self) -> str:
        """Id of the relation's editorial record. Relations with the same ends and kind have the same id."""
        return f"{EDITORIAL_SOURCE}:relation/{canonical_id(self.from_)}/{self.kind}/{canonical_id(self.to)}"

    @property
    def verdict(self) -> Verdict:
        """The judgement that the relation implies: `same` for a renaming, otherwise `different`."""
        return "same" if self.kind == SAME_ORGANIZATION else "different"

    def __str__(self) -> str:
        return relation_sentence(self.kind, self.from_, self.to)


def relate(
    workspace: Workspace,
    ledger: Ledger,
    ends: tuple[str, str],
    kind: str,
    who: str,
    why: str,
    document: SourceDocument | None = None,
) -> Decision:
    """Judge that two organisations are related. `ends`: from and to, as record ids or published ids.

    This writes the judgement that the two are different (for a renaming: the same), unless it is already in force. It also
    writes the editorial claims `from`, `kind` and `to` of a record of type `relation`. If any of these entries is undone, all
    are. Without a `document`, the claims cite the judgement's entry in the ledger. The caller must hold the workspace's lock.

    Raises UsageError for unknown records or kinds, for records that are not two organisations, and for a relation that is
    already stated. Raises LedgerError for an invalid `who` or `why`.
    """
    first, second = (find_member(workspace.resolved, name) for name in ends)
    relation = _checked_relation(workspace, first, second, kind)
    notes: tuple[str, ...] = ()

    def choose(entries: list[Entry]) -> list[Draft]:
        nonlocal notes
        if any(claim.record == relation.record for claim in effective_claims(entries)):
            raise UsageError(f"{relation}: an entry of the ledger says so already ({relation.record})")
        before = JudgementGraph(effective_judgements(entries))
        judgement = before.judgement(relation.from_, relation.to)
        drafts, sequence = [], len(entries) + 1
        if judgement is not None and judgement.verdict == relation.verdict:
            sequence = judgement.sequence
        else:
            drafts.append(judgement_draft(relation.from_, relation.to, relation.verdict, who, why))
            left, right = sorted((relation.from_, relation.to))
            notes = judgement_notes(before, left, right, relation.verdict)
        cited = document or SourceDocument("Judgement in the ledger of this atlas", f"entry {sequence}")
        return mark_as_act(entries, [*drafts, *_claim_drafts(workspace.content, relation, cited, who, why)])

    written = ledger.append_drafts(choose)
    return Decision(written[0], notes, len(written))


def relation_of_entry(entries: Sequence[Entry], sequence: int) -> Relation | None:
    """Return the relation that was written together with an entry; None if there is none. `entries`: the complete ledger."""
    first, last = act_range(entries, sequence)
    values = {
        entry.payload["property"]: entry.payload["value"]
        for entry in entries[first - 1 : last]
        if entry.kind == "claim" and entry.payload["type"] == "relation"
    }
    return Relation(values["from"], values["kind"], values["to"]) if values.keys() >= {"from", "kind", "to"} else None


def _checked_relation(workspace: Workspace, from_: Member, to: Member, kind: str) -> Relation:
    for member in (from_, to):
        if member.type != "organization":
            raise UsageError(f"{member.record} is of type {member.type}; relations are between organisations")
    if from_.record == to.record:
        raise UsageError(f"{from_.record}: an organisation has no relation to itself; name two records")
    kinds = [term.id for term in workspace.content.vocabularies[RELATION_KINDS].terms]
    if kind not in kinds:
        raise UsageError(f"{kind!r} is not a kind of relation; it must be one of {', '.join(kinds)}")
    relation = Relation(from_.record, kind, to.record)
    for stated in read_relations(workspace.resolved)[0]:
        if stated[:3] == (relation.from_, relation.kind, relation.to) and stated.source != EDITORIAL_SOURCE:
            raise UsageError(f"{relation}: {stated.source} states it already ({stated.record})")
    return relation


def _claim_drafts(content: Catalogue, relation: Relation, document: SourceDocument, who: str, why: str) -> list[Draft]:
    drafts = []
    for name, value in (("from", relation.from_), ("kind", relation.kind), ("to", relation.to)):
        canonical, _ = content.canonical(content.schema.property("relation", name), value, None)
        drafts.append(claim_draft(relation.record, "relation", name, canonical, document=document, who=who, why=why))
    return drafts
