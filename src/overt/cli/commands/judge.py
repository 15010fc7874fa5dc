"""`overt judge`."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, reading, writing
from overt.cli.judge_words import Entries, First, Second, WhoOption, WhyOption, entries_named
from overt.cli.judging.alias_lines import aliases
from overt.cli.judging.judgement_files import export, import_
from overt.cli.judging.pair_explanation import explain
from overt.cli.judging.question_table import plain
from overt.cli.judging.relation_decisions import list_relations, relate
from overt.cli.judging.review_queue import next_, review
from overt.cli.messages import messages
from overt.ledger import Judgement, Verdict
from overt.resolve.review.conflicts import Standing
from overt.resolve.review.decision import PUBLISH, decide
from overt.resolve.review.judged_pair import Judged
from overt.resolve.review.judgement_history import history
from overt.resolve.review.refused_joins import in_words, path_in_words, refused_joins
from overt.resolve.review.relation_judgement import relation_of
from overt.resolve.review.undo import take_back

app = typer.Typer(
    help="Judgements: which records are the same thing. They beat the machine's and can be undone.", no_args_is_help=True
)
app.command("next")(next_)
app.command("review")(review)
app.command("aliases")(aliases)
app.command("explain")(explain)
app.command("relate")(relate)
app.command("export")(export)
app.command("import")(import_)


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="What was overridden or undone, too.")] = False,
    relations: Annotated[bool, typer.Option("--relations", help="Instead: relations that the machine proposes.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """List what stands, and joins that were refused; or the relations that are proposed."""
    atlas, _, ledger = reading(workspace)
    if relations:
        list_relations(atlas, ledger, json=json)
        return
    entries = ledger.entries()
    events = [(event.judgement, event) for event in history(entries)] if every else []
    judged = [one for one, _ in events] if every else ledger.judgements()
    refused = refused_joins(atlas.resolved)
    if json:
        states = [{"state": event.state, "by": event.by} for _, event in events] if every else [{} for _ in judged]
        print_json(
            {"judgements": [{**_plain(one), **held} for one, held in zip(judged, states, strict=True)], "refused": refused}
        )
        return
    relations_of = {one.sequence: relation_of(entries, one.sequence) for one in judged}
    states_of = {one.sequence: f"  [{event.state} by entry {event.by}]" for one, event in events if event.by}
    for one in judged:
        origin = f" (from {one.origin.atlas})" if one.origin else ""
        related = f" [{held}]" if (held := relations_of[one.sequence]) else ""
        said = f"{one.who}, {one.at[:10]}{origin}: {one.why}{related}{states_of.get(one.sequence, '')}"
        print(f"{one.sequence:>5}  {one.verdict:<9} {one.left}  {one.right}  {plain(said, 2_000)}")
    people = Standing(ledger.judgements())
    for row in refused:
        print(f"refused: {plain(in_words(row), 2_000)}\n         {plain(path_in_words(row, people), 2_000)}")
    if not judged and not refused:
        messages.print("nothing has been judged, and nothing was refused")


def _plain(one: Judgement) -> dict[str, object]:
    return {**vars(one), "origin": vars(one.origin) if one.origin else None}


def _judge(verdict: Verdict, left: str, right: str, why: str, who: str, workspace: Path, *, json: bool) -> None:
    with writing(workspace) as (atlas, _, ledger):
        decision = decide(atlas, ledger, left, right, verdict, who, why)
    number = decision.entry.sequence
    messages.print(f"entry {number}; `overt judge undo {number} --why … --who …` takes it back; {PUBLISH}")
    for line in decision.about.lines if decision.about else ():
        messages.print(plain(line, 2_000))
    for note in decision.notes:
        messages.print(f"note: {plain(note, 2_000)}")
    if json:
        judged = decision.entry.payload
        said = {"verdict": verdict, "left": judged["left"], "right": judged["right"]}
        print_json({"entry": number, **said, **_about(decision.about), "notes": list(decision.notes)})


def _about(about: Judged | None) -> dict[str, object]:
    """The two things of a judgement as JSON has them, in the order in which they were named."""
    if about is None:
        return {}
    sides = [
        {"given": side.given, "record": side.record, "name": side.name, "id": side.id, "records": list(side.records)}
        for side in (about.left, about.right)
    ]
    return {"sides": sides, "together": about.together, "related": list(about.related)}


def _command(verdict: Verdict) -> None:
    def command(
        left: First, right: Second, why: WhyOption, who: WhoOption, json: JsonOption = False, workspace: WorkspaceOption = HERE
    ) -> None:
        _judge(verdict, left, right, why, who, workspace, json=json)

    command.__doc__ = {
        "same": "Judge two records to be the same thing; the machine and the sources do not part them.",
        "different": "Judge two records to be different; nothing joins them, not even through others.",
        "unsure": "Say that two records cannot be told apart yet; the machine does not join them, people may.",
    }[verdict]
    app.command(verdict)(command)


for _verdict in get_args(Verdict):
    _command(_verdict)


@app.command()
def undo(
    entries: Entries,
    why: WhyOption,
    who: WhoOption,
    whole: Annotated[bool, typer.Option("--whole", help="The whole import that the entry came in with.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take an entry of the ledger back, or a range of them; restores exactly what was before."""
    first, last = entries_named(entries)
    with writing(workspace) as (_, _, ledger):
        taken = take_back(ledger, first, who, why, last=last, whole=whole)
    messages.print(f"{taken}; {PUBLISH}")
    if json:
        print_json({"entry": taken.entry.sequence, "first": taken.first, "last": taken.last})
