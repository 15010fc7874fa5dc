"""`overt judge review` and `overt judge next`, which ask, print or list open questions."""

import sys
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from overt.cli.atlas_access import newest_release, reading, writing
from overt.cli.editor_entries.question_display import show
from overt.cli.editor_entries.review_session import Session
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.ledger import Ledger, Verdict
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.resolve.relations.stated_and_proposed_relations import RelationProposal
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import Decision, decide
from overt.resolve.review.evidence import EvidenceReader, EvidenceSide
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.property_comparison import compare_sides
from overt.resolve.review.question import Question
from overt.resolve.review.question_ranking import RankedQuestion
from overt.resolve.review.question_text import question_reason
from overt.resolve.review.relation_judgement import relate
from overt.resolve.review.undoing_ledger_entries import undo_entries


def run_review(workspace: Path, who: str, *, left_open: bool, limit: int, json: bool) -> None:
    """Ask open questions at the terminal until the queue is empty or the editor stops; with `json`, list them.

    `left_open`: whether to include questions that were judged unsure. `limit`: the maximum number of questions; 0 for all.

    Without `json`, raises UsageError if there is no terminal, or if no editor is named and the ledger is unsigned.
    """
    if not json and not at_terminal():
        raise UsageError(
            "judge review: needs a terminal; `overt judge review --json` lists the queue, `overt judge same|different|unsure A B`"
            " decides, `overt serve --desk` shows it as pages"
        )
    atlas, archive, ledger = reading(workspace)
    if not json and not who.strip() and not ledger.keys().is_signed:
        raise UsageError("judge review: say who decides, with --who NAME or in OVERT_WHO")
    members, queue = _queue(atlas, ledger, left_open=left_open)
    queue = queue[:limit] if limit else queue
    if json:
        print_json([ranked_data(ranked) for ranked in queue])
        return
    evidence = EvidenceReader(atlas, archive, ledger, members)
    console = Console(highlight=False, markup=False, emoji=False)

    def judge(question: Question, verdict: Verdict, why: str) -> Decision:
        with writing(workspace) as (_, _, locked):
            return decide(atlas, locked, question.left.record, question.right.record, verdict, who, why)

    def relation(proposal: RelationProposal, why: str) -> Decision:
        with writing(workspace) as (_, _, locked):
            return relate(atlas, locked, (proposal.from_, proposal.to), proposal.kind, who, why)

    def undo(entry: int) -> None:
        with writing(workspace) as (_, _, locked):
            undo_entries(locked, entry, who, "taken back in review")

    Session(
        queue=queue,
        standing=JudgementGraph(ledger.judgements()),
        show=lambda ranked, heading: show(console, atlas.content.schema, evidence, ranked, heading),
        decide=judge,
        relate=relation,
        undo=undo,
        reread=lambda: JudgementGraph(ledger.judgements()),
        console=console,
        key=_key,
        line=input,
    ).run()


def print_next(workspace: Path, *, left_open: bool, json: bool) -> None:
    """Print the first question of the queue and how to answer it, or a message if the queue is empty.

    `left_open`: as for `run_review`.
    """
    atlas, archive, ledger = reading(workspace)
    members, queue = _queue(atlas, ledger, left_open=left_open)
    if not queue:
        print_json(None) if json else messages.print("there is nothing to judge")
        return
    evidence = EvidenceReader(atlas, archive, ledger, members)
    if json:
        print_json(_with_sides(atlas, evidence, queue[0]))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    show(console, atlas.content.schema, evidence, queue[0], f"1 of {len(queue):,}")
    question = queue[0].question
    records = f"{question.left.record!r} {question.right.record!r}"
    messages.print(f"answer with: overt judge same|different|unsure {records} --why … --who …")
    if proposal := question.proposal:
        messages.print(f"or with:     overt judge relate {proposal.from_!r} {proposal.kind} {proposal.to!r} --why … --who …")


def at_terminal() -> bool:
    """Return whether someone can see questions at this terminal and press keys."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ranked_data(ranked: RankedQuestion) -> dict[str, Any]:
    """Return a question for --json."""
    question, impact = ranked
    return {
        "left": question.left.record,
        "right": question.right.record,
        "left_id": question.left.id,
        "right_id": question.right.id,
        "type": question.left.type,
        "probability": question.probability,
        "uncertainty": question.uncertainty,
        "weight": ranked.weight,
        **impact._asdict(),
        "joined": question.joined,
        "refused": question.refused,
        "left_open": question.left_open,
        "parts": question.parts,
        "proposal": _proposal(question.proposal),
    }


def _proposal(proposal: RelationProposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    ends = {"from": proposal.from_, "kind": proposal.kind, "to": proposal.to}
    return {**ends, "probability": proposal.probability, "parts": list(proposal.parts)}


def _with_sides(atlas: Workspace, evidence: EvidenceReader, ranked: RankedQuestion) -> dict[str, Any]:
    question = ranked.question
    left, right = evidence.sides(question.left, question.right)
    rows = compare_sides(atlas.content.schema.types[question.left.type], left, right)

    def side_data(side: EvidenceSide) -> dict[str, Any]:
        claims = [
            {**vars(claim), "places": [place._asdict() for place in claim.places]}
            for group in side.claims.values()
            for claim in group
        ]
        links = [vars(link) for link in side.links]
        return {"label": side.label, "records": side.records, "claims": claims, "links": links, "link_count": side.link_count}

    return {
        **ranked_data(ranked),
        "why": question_reason(question),
        "agreement": {row.name: row.agreement for row in rows},
        "sides": [side_data(left), side_data(right)],
    }


def _queue(atlas: Workspace, ledger: Ledger, *, left_open: bool) -> tuple[Members, list[RankedQuestion]]:
    from overt.desk.ranked_queue import ranked_queue

    members = Members(atlas.resolved)
    return members, ranked_queue(atlas, members, ledger.judgements(), newest_release(atlas), left_open=left_open)


def _key() -> str:
    """Read one key, without Enter. Return an empty string at the end of input and on Ctrl-C."""
    try:
        return typer.getchar()
    except (EOFError, KeyboardInterrupt):
        return ""
