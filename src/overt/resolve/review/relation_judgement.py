"""Saying how two organisations stand to each other: a judgement and a relation's record, written as one act."""

from collections.abc import Sequence
from dataclasses import dataclass

from overt.ledger import Draft, Entry, Ledger, SourceDocument, Verdict, act_range, claim_draft, judgement_draft, mark_as_act
from overt.ledger.decisions import effective_claims, effective_judgements
from overt.model.content import Catalogue
from overt.model.errors import UsageError
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import SOURCE
from overt.resolve.explanation_text import stated as in_words
from overt.resolve.relation_table import read_relations
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.decision import Decision, notes
from overt.resolve.review.judged_pair import ONE
from overt.resolve.review.members import Member, find_member

VOCABULARY = "relation-kinds"


@dataclass(frozen=True)
class Relation:
    """A relation that is to be written; its ends are source records."""

    from_: str
    kind: str
    to: str

    @property
    def record(self) -> str:
        """The id of its editorial record: the same for the same two records and kind."""
        return f"{SOURCE}:relation/{canonical_id(self.from_)}/{self.kind}/{canonical_id(self.to)}"

    @property
    def verdict(self) -> Verdict:
        """What it says of whether both are one."""
        return "same" if self.kind == ONE else "different"

    def __str__(self) -> str:
        return in_words(self.kind, self.from_, self.to)


def relate(
    workspace: Workspace,
    ledger: Ledger,
    ends: tuple[str, str],
    kind: str,
    who: str,
    why: str,
    document: SourceDocument | None = None,
) -> Decision:
    """Judge two organisations to stand in a relation: `ends`, from and to, named by source record or published id.

    Writes the judgement that the two are different (of a rename: the same), unless that stands, and the editorial claims
    `from`, `kind` and `to` of a record of type `relation`; undoing any of these entries undoes all. Without a `document` that
    says so, the claims cite the judgement itself, by its place in the ledger. The caller holds the workspace's lock.

    Raises UsageError for records or kinds that there are not, and for a relation that is stated already; LedgerError for words
    that cannot be kept.
    """
    one, other = (find_member(workspace.resolved, name) for name in ends)
    relation = _checked(workspace, one, other, kind)
    told: tuple[str, ...] = ()

    def choose(entries: list[Entry]) -> list[Draft]:
        nonlocal told
        if any(held.record == relation.record for held in effective_claims(entries)):
            raise UsageError(f"{relation}: an entry of the ledger says so already ({relation.record})")
        before = Standing(effective_judgements(entries))
        held = before.of(relation.from_, relation.to)
        drafts, judged = [], len(entries) + 1
        if held is not None and held.verdict == relation.verdict:
            judged = held.sequence
        else:
            drafts.append(judgement_draft(relation.from_, relation.to, relation.verdict, who, why))
            left, right = sorted((relation.from_, relation.to))
            told = notes(before, left, right, relation.verdict)
        cited = document or SourceDocument("Judgement in the ledger of this atlas", f"entry {judged}")
        return mark_as_act(entries, [*drafts, *_claims(workspace.content, relation, cited, who, why)])

    written = ledger.append_drafts(choose)
    return Decision(written[0], told, len(written))


def relation_of(entries: Sequence[Entry], sequence: int) -> Relation | None:
    """The relation that was written in one act with an entry; none with most. `entries`: all of the ledger."""
    first, last = act_range(entries, sequence)
    said = {
        entry.payload["property"]: entry.payload["value"]
        for entry in entries[first - 1 : last]
        if entry.kind == "claim" and entry.payload["type"] == "relation"
    }
    return Relation(said["from"], said["kind"], said["to"]) if said.keys() >= {"from", "kind", "to"} else None


def _checked(workspace: Workspace, one: Member, other: Member, kind: str) -> Relation:
    for held in (one, other):
        if held.type != "organization":
            raise UsageError(f"{held.record} is of type {held.type}; relations are between organisations")
    if one.record == other.record:
        raise UsageError(f"{one.record}: an organisation stands in no relation to itself; name two records")
    kinds = [term.id for term in workspace.content.vocabularies[VOCABULARY].terms]
    if kind not in kinds:
        raise UsageError(f"{kind!r} is no kind of relation; it is one of {', '.join(kinds)}")
    relation = Relation(one.record, kind, other.record)
    for held_relation in read_relations(workspace.resolved)[0]:
        if held_relation[:3] == (relation.from_, relation.kind, relation.to) and held_relation.source != SOURCE:
            raise UsageError(f"{relation}: {held_relation.source} states it already ({held_relation.record})")
    return relation


def _claims(content: Catalogue, relation: Relation, document: SourceDocument, who: str, why: str) -> list[Draft]:
    drafts = []
    for name, value in (("from", relation.from_), ("kind", relation.kind), ("to", relation.to)):
        canonical, _ = content.canonical(content.schema.property("relation", name), value, None)
        drafts.append(claim_draft(relation.record, "relation", name, canonical, document=document, who=who, why=why))
    return drafts
