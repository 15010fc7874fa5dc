"""`overt judge relate`, and the relations that `overt judge list --relations` shows."""

from typing import Annotated, Any

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, writing
from overt.cli.judge_words import First, WhoOption, WhyOption
from overt.cli.judging.question_table import plain
from overt.cli.messages import messages
from overt.ledger import Ledger, SourceDocument
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.resolve.explanation_text import percent, stated
from overt.resolve.relation_table import Proposal
from overt.resolve.review.decision import PUBLISH
from overt.resolve.review.members import Members
from overt.resolve.review.open_questions import open_proposals
from overt.resolve.review.relation_judgement import relate as relate_pair


def relate(
    left: First,
    kind: Annotated[str, typer.Argument(help="parent, subsidiary, renamed …: what B is to A.", metavar="KIND")],
    right: Annotated[str, typer.Argument(metavar="B", show_default=False)],
    why: WhyOption,
    who: WhoOption,
    title: Annotated[str, typer.Option("--document", help="Title of a document that says so.")] = "",
    place: Annotated[str, typer.Option("--place", help="Where in it: page, section, table row.")] = "",
    url: Annotated[str, typer.Option("--url", help="The document's address.")] = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Say how two organisations stand to each other: they are two (renamed: one), and a relation is recorded."""
    if bool(title) != bool(place) or (url and not title):
        raise UsageError("judge relate: a document needs its title and the place in it: --document TITLE --place PLACE")
    document = SourceDocument(title, place, url or None) if title else None
    with writing(workspace) as (atlas, _, ledger):
        decision = relate_pair(atlas, ledger, (left, right), kind, who, why, document)
    first = decision.entry.sequence
    last = first + decision.count - 1
    messages.print(f"entries {first} to {last}; `overt judge undo {first} --why … --who …` takes them back; {PUBLISH}")
    for note in decision.notes:
        messages.print(f"note: {note}")
    if json:
        print_json({"first": first, "last": last, "notes": list(decision.notes)})


def list_relations(atlas: Workspace, ledger: Ledger, *, json: bool) -> None:
    """Print the relations that the machine proposes and nobody has judged, the likeliest first."""
    members = Members(atlas.resolved)
    found = open_proposals(atlas.resolved, members, ledger.judgements())
    if json:
        print_json({"relations": [proposal_data(held, members) for held in found]})
        return
    for held in found:
        print(f"{percent(held.probability):>8}  {held.from_}  {held.kind}  {held.to}")
    if not found:
        messages.print("no relation is proposed")
    else:
        messages.print("accept one with: overt judge relate A KIND B --why … --who …")


def proposal_data(held: Proposal, members: Members) -> dict[str, Any]:
    """A proposed relation as JSON has it."""
    ends = {"from": held.from_, "kind": held.kind, "to": held.to}
    ids = {"from_id": members.find(held.from_).id, "to_id": members.find(held.to).id}
    words = stated(held.kind, held.from_, held.to)
    return {**ends, **ids, "probability": held.probability, "words": plain(words, 2_000), "parts": list(held.parts)}
