"""Recording relations between organisations, and listing those that the machine proposes."""

from pathlib import Path
from typing import Any

from overt.cli.atlas_access import writing
from overt.cli.editor_entries.record_lookup import two_ids
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.text_truncation_and_sizes import plain
from overt.ledger import Ledger, SourceDocument
from overt.model.workspace import Workspace
from overt.resolve.explanation_text import format_probability, relation_sentence
from overt.resolve.relations.stated_and_proposed_relations import RelationProposal
from overt.resolve.review.decision import PUBLISH_HINT
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.open_questions import open_proposals
from overt.resolve.review.relation_judgement import relate as relate_pair


def record_relation(
    workspace: Path,
    pair: tuple[str, str],
    kind: str,
    why: str,
    who: str,
    document: SourceDocument | None,
    *,
    json: bool,
) -> None:
    """Record how two organisations are related. A renaming also merges them; any other relation keeps them separate.

    `document`: the document that states the relation; None to cite the judgement itself. Raises the errors of `two_ids` and
    `relate_pair`.
    """
    with writing(workspace) as (atlas, _, ledger):
        decision = relate_pair(atlas, ledger, two_ids(atlas, *pair), kind, who, why, document)
    first = decision.entry.sequence
    last = first + decision.count - 1
    messages.print(f"entries {first} to {last}; `overt judge undo {first} --why … --who …` takes them back; {PUBLISH_HINT}")
    for note in decision.notes:
        messages.print(f"note: {note}")
    if json:
        print_json({"first": first, "last": last, "notes": list(decision.notes)})


def list_relations(atlas: Workspace, ledger: Ledger, *, json: bool) -> None:
    """Print the relations that the machine proposes and nobody has judged, the likeliest first."""
    members = Members(atlas.resolved)
    proposals = open_proposals(atlas.resolved, members, ledger.judgements())
    if json:
        print_json({"relations": [proposal_data(proposal, members) for proposal in proposals]})
        return
    for proposal in proposals:
        print(f"{format_probability(proposal.probability):>8}  {proposal.from_}  {proposal.kind}  {proposal.to}")
    if not proposals:
        messages.print("no relation is proposed")
    else:
        messages.print("accept one with: overt judge relate A KIND B --why … --who …")


def proposal_data(proposal: RelationProposal, members: Members) -> dict[str, Any]:
    """Return a proposed relation for --json."""
    ends = {"from": proposal.from_, "kind": proposal.kind, "to": proposal.to}
    ids = {"from_id": members.find(proposal.from_).id, "to_id": members.find(proposal.to).id}
    words = relation_sentence(proposal.kind, proposal.from_, proposal.to)
    return {**ends, **ids, "probability": proposal.probability, "words": plain(words, 2_000), "parts": list(proposal.parts)}
