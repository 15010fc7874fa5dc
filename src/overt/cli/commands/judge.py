"""`overt judge`."""

from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.editor_entries.entry_options import (
    EntriesArgument,
    FileArgument,
    FirstArgument,
    SecondArgument,
    UnsureOption,
    WhoOption,
    WhyOption,
)
from overt.model.errors import UsageError

app = typer.Typer(
    help="Judge which records are the same thing; undo judgements.\n\nPeople's judgements beat the machine's.",
    no_args_is_help=True,
)


@app.command("next")
def next_(left_open: UnsureOption = False, json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Show the most important question, and how to answer it.

    It is the question whose answer is expected to change the most rows of published figures.
    """
    from overt.cli.editor_entries.review_commands import print_next

    print_next(workspace, left_open=left_open, json=json)


@app.command()
def review(
    who: WhoOption = "",
    left_open: UnsureOption = False,
    limit: Annotated[int, typer.Option("--limit", help="Maximum number of questions to ask; 0 asks all.", min=0)] = 0,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Settle open questions one by one.

    Those expected to change the most rows of published figures come first. With --json, they are only listed.
    """
    from overt.cli.editor_entries.review_commands import run_review

    run_review(workspace, who, left_open=left_open, limit=limit, json=json)


@app.command()
def aliases(
    name: Annotated[
        str,
        typer.Argument(
            help="A name in any spelling, a source's record id, or a published id.",
            metavar="NAME",
            show_default="the names that several records have",
        ),
    ] = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Show the records that have a name, with all their other names.

    Names are shown with script, language and sources.
    """
    from overt.cli.editor_entries.printed_aliases import print_aliases

    print_aliases(workspace, name, json=json)


@app.command()
def explain(left: FirstArgument, right: SecondArgument, json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Explain why two records are the same entity or not.

    Shows what decides the question, the parts of the probability, and the relations between the two with the sources that state
    them.
    """
    from overt.cli.editor_entries.pair_explanation import print_explanation

    print_explanation(workspace, left, right, json=json)


@app.command()
def relate(
    left: FirstArgument,
    kind: Annotated[str, typer.Argument(help="What B is to A: parent, subsidiary, renamed …", metavar="KIND")],
    right: SecondArgument,
    why: WhyOption,
    who: WhoOption = "",
    title: Annotated[str, typer.Option("--document", help="Title of a document that says so.")] = "",
    place: Annotated[str, typer.Option("--place", help="Place in the document: page, section, table row.")] = "",
    url: Annotated[str, typer.Option("--url", help="The document's address.")] = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Record how two organisations are related.

    They then stay separate, or become one if the first was renamed to the second.
    """
    if bool(title) != bool(place) or (url and not title):
        raise UsageError("judge relate: a document needs its title and the place in it: --document TITLE --place PLACE")
    from overt.cli.editor_entries.relation_commands import record_relation
    from overt.ledger import SourceDocument

    document = SourceDocument(title, place, url or None) if title else None
    record_relation(workspace, (left, right), kind, why, who, document, json=json)


@app.command()
def export(
    file: FileArgument = "-",
    everything: Annotated[
        bool, typer.Option("--everything", help="Also judgements of records that may not be republished.")
    ] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write judgements as JSON lines, for other atlases."""
    from overt.cli.editor_entries.judgement_files import export_judgements

    export_judgements(workspace, file, everything=everything)


@app.command("import")
def import_(
    file: FileArgument,
    take_conflicts: Annotated[
        bool, typer.Option("--take-conflicts", help="Also take judgements that contradict those here; they then override.")
    ] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Import judgements that another atlas exported.

    If a line is broken, none is imported. Without --take-conflicts, lines in conflict with judgements here, or with one
    another, are left out, and the exit code is 1 if there are any.
    """
    from overt.cli.editor_entries.judgement_files import import_judgements

    import_judgements(workspace, file, take_conflicts=take_conflicts, json=json)


@app.command("list")
def list_(
    every: Annotated[
        bool, typer.Option("--all", help="Also list overridden and undone judgements, claims, retractions and choices of files.")
    ] = False,
    relations: Annotated[bool, typer.Option("--relations", help="List the relations that the machine proposes instead.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """List judgements and refused joins, or proposed relations."""
    from overt.cli.editor_entries.judgement_commands import print_judgements

    print_judgements(workspace, every=every, relations=relations, json=json)


@app.command()
def same(
    left: FirstArgument,
    right: SecondArgument,
    why: WhyOption,
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Judge two records to be the same entity.

    After that, neither the machine nor a source can separate them.
    """
    from overt.cli.editor_entries.judgement_commands import judge_pair

    judge_pair("same", left, right, why, who, workspace, json=json)


@app.command()
def different(
    left: FirstArgument,
    right: SecondArgument,
    why: WhyOption,
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Judge two records to be different entities.

    After that, nothing joins them, not even indirectly through other records.
    """
    from overt.cli.editor_entries.judgement_commands import judge_pair

    judge_pair("different", left, right, why, who, workspace, json=json)


@app.command()
def unsure(
    left: FirstArgument,
    right: SecondArgument,
    why: WhyOption,
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Judge that two records can't be told apart yet.

    The machine does not join them; people may.
    """
    from overt.cli.editor_entries.judgement_commands import judge_pair

    judge_pair("unsure", left, right, why, who, workspace, json=json)


@app.command()
def undo(
    entries: EntriesArgument,
    why: WhyOption,
    who: WhoOption = "",
    whole: Annotated[bool, typer.Option("--whole", help="Undo the whole import that the entry came with.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Undo an entry of the ledger, or a range of entries.

    This restores the earlier state exactly.
    """
    from overt.cli.editor_entries.judgement_commands import undo as undo_entries

    undo_entries(workspace, entries, why, who, whole=whole, json=json)
