"""`overt judge`."""

from pathlib import Path
from typing import Annotated, get_args

import pyarrow.parquet as pq
import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, reading, writing
from overt.cli.judge_aliases import aliases
from overt.cli.judge_render import plain
from overt.cli.judge_review import next_, review
from overt.cli.judge_share import export, import_
from overt.cli.judge_words import First, Second, WhoOption, WhyOption, record_of
from overt.ledger import Judgement, Verdict
from overt.resolve.explain import explain as explain_pair
from overt.resolve.review.decide import PUBLISH, decide
from overt.resolve.review.history import history

app = typer.Typer(
    help="Judgements: which records are the same thing. They beat the machine's and can be undone.", no_args_is_help=True
)
app.command("next")(next_)
app.command("review")(review)
app.command("aliases")(aliases)
app.command("export")(export)
app.command("import")(import_)


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="What was overridden or undone, too.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """List what stands, and joins that were refused."""
    atlas, _, ledger = reading(workspace)
    events = [(event.judgement, event) for event in history(ledger.entries())] if every else []
    judged = [one for one, _ in events] if every else ledger.judgements()
    path = atlas.resolved / "contradictions.parquet"
    refused = pq.read_table(path).to_pylist() if path.is_file() else []
    if json:
        states = [{"state": event.state, "by": event.by} for _, event in events] if every else [{} for _ in judged]
        print_json(
            {"judgements": [{**_plain(one), **held} for one, held in zip(judged, states, strict=True)], "refused": refused}
        )
        return
    states_of = {one.sequence: f"  [{event.state} by entry {event.by}]" for one, event in events if event.by}
    for one in judged:
        origin = f" (from {one.origin.atlas})" if one.origin else ""
        said = f"{one.who}, {one.at[:10]}{origin}: {one.why}{states_of.get(one.sequence, '')}"
        print(f"{one.sequence:>5}  {one.verdict:<9} {one.left}  {one.right}  {plain(said, 2_000)}")
    for row in refused:
        why = f"{row['one']} and {row['other']}: {row['why']}"
        because = f"{row['reason']} {row['key']!r}" if row["key"] else row["reason"]  # a judgement has no key beside its records
        print(f"refused: {row['left']} ~ {row['right']} ({because}): {why}")
    if not judged and not refused:
        messages.print("nothing has been judged, and nothing was refused")


def _plain(one: Judgement) -> dict[str, object]:
    return {**vars(one), "origin": vars(one.origin) if one.origin else None}


@app.command()
def explain(left: First, right: Second, json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Say why two records are one or two: judgements, shared names, identifiers, relations."""
    atlas, archive, ledger = reading(workspace)
    found = explain_pair(atlas, archive, ledger, record_of(atlas, left), record_of(atlas, right))
    if json:
        print_json(found)
        return
    print("same" if found["same"] else "not the same")
    for line in found["because"]:
        print(f"  {line}")


def _judge(verdict: Verdict, left: str, right: str, why: str, who: str, workspace: Path) -> None:
    with writing(workspace) as (atlas, _, ledger):
        decision = decide(atlas, ledger, left, right, verdict, who, why)
    number = decision.entry.sequence
    messages.print(f"entry {number}; `overt judge undo {number} --why … --who …` takes it back; {PUBLISH}")
    for note in decision.notes:
        messages.print(f"note: {note}")


def _command(verdict: Verdict) -> None:
    def command(left: First, right: Second, why: WhyOption, who: WhoOption, workspace: WorkspaceOption = HERE) -> None:
        _judge(verdict, left, right, why, who, workspace)

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
    sequence: Annotated[int, typer.Argument(help="The entry's number.", metavar="ID")],
    why: WhyOption,
    who: WhoOption,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take an entry of the ledger back; restores exactly what was before."""
    with writing(workspace) as (_, _, ledger):
        entry = ledger.undo(sequence, who, why)
    messages.print(f"entry {entry.sequence} undoes {sequence}; {PUBLISH}")
