"""`overt judge`."""

from pathlib import Path
from typing import Annotated, get_args

import pyarrow.parquet as pq
import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, reading, writing
from overt.ledger import Verdict
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.resolve.explain import explain as explain_pair

app = typer.Typer(
    help="Judgements: which records are the same thing. They beat the machine's and can be undone.", no_args_is_help=True
)
WhyOption = Annotated[str, typer.Option("--why", help="The reason, for those who come after.")]
WhoOption = Annotated[str, typer.Option("--who", help="Who decides, as it shall be published.", envvar="OVERT_WHO")]
First = Annotated[str, typer.Argument(help="A source's record id, or a published id.", metavar="A")]
Second = Annotated[str, typer.Argument(metavar="B", show_default=False)]


@app.command("list")
def list_(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """List what stands, and joins that were refused."""
    atlas, _, ledger = reading(workspace)
    judged = ledger.judgements()
    path = atlas.resolved / "contradictions.parquet"
    refused = pq.read_table(path).to_pylist() if path.is_file() else []
    if json:
        print_json({"judgements": [vars(one) for one in judged], "refused": refused})
        return
    for one in judged:
        print(f"{one.sequence:>5}  {one.verdict:<9} {one.left}  {one.right}  {one.who}, {one.at[:10]}: {one.why}")
    for row in refused:
        why = f"{row['one']} and {row['other']}: {row['why']}"
        print(f"refused: {row['left']} ~ {row['right']} ({row['reason']} {row['key']!r}): {why}")
    if not judged and not refused:
        messages.print("nothing has been judged, and nothing was refused")


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
        (one, first), (other, second) = find_record(atlas, left), find_record(atlas, right)
        if first != second:
            raise UsageError(f"{one} is of type {first}, {other} of type {second}; only records of one type can be the same")
        if not atlas.content.schema.types[first].merges:
            merging = ", ".join(kind.name for kind in atlas.content.schema.types.values() if kind.merges)
            raise UsageError(f"{one}: records of type {first} are never merged; only those of {merging}")
        entry = ledger.judge(one, other, verdict, who, why)
    messages.print(
        f"entry {entry.sequence}; `overt judge undo {entry.sequence} --why … --who …` takes it back;"
        " `overt release` makes it count"
    )


def _command(verdict: Verdict) -> None:
    def command(left: First, right: Second, why: WhyOption, who: WhoOption, workspace: WorkspaceOption = HERE) -> None:
        _judge(verdict, left, right, why, who, workspace)

    command.__doc__ = (
        f"Judge two records to be {verdict}." if verdict != "unsure" else "Say that two records cannot be told apart yet."
    )
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
    messages.print(f"entry {entry.sequence} undoes {sequence}; `overt release` makes it count")


def record_of(atlas: Workspace, name: str) -> str:
    """The source record behind a name: itself, or the anchor of a published id. Raises UsageError when there is none."""
    return find_record(atlas, name)[0]


def find_record(atlas: Workspace, name: str) -> tuple[str, str]:
    """As `record_of`, with the record's type."""
    path = atlas.resolved / "members.parquet"
    if not path.is_file():
        raise UsageError(f"{atlas.root}: nothing is resolved yet; run `overt resolve`")
    column = "own_id" if name.startswith("ovt-") else "record"
    found = pq.read_table(path, columns=["record", "type"], filters=[(column, "=", name)]).to_pylist()
    if not found:
        raise UsageError(f"{name}: there is no such record; `overt resolve` takes in what was imported or added since")
    return str(found[0]["record"]), str(found[0]["type"])


def members_of(atlas: Workspace, published: str) -> list[str]:
    """The source records of the cluster that a published id leads to. Raises UsageError when there is none."""
    record_of(atlas, published)
    path = atlas.resolved / "members.parquet"
    cluster = str(pq.read_table(path, columns=["id"], filters=[("own_id", "=", published)])["id"][0].as_py())
    return sorted(map(str, pq.read_table(path, columns=["record"], filters=[("id", "=", cluster)])["record"].to_pylist()))
