"""Judging pairs, undoing entries, and listing judgements."""

from pathlib import Path

from overt.cli.atlas_access import reading, writing
from overt.cli.editor_entries.entry_options import parse_entries
from overt.cli.editor_entries.record_lookup import two_ids
from overt.cli.editor_entries.relation_commands import list_relations
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.reports.ledger_entry_text import entry_data, entry_line
from overt.cli.text_truncation_and_sizes import plain
from overt.ledger import Judgement, Verdict
from overt.ledger.decisions_in_force import undoing_entries
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import BUILD_HINT, PUBLISH_HINT, decide
from overt.resolve.review.judged_pair import JudgedPair
from overt.resolve.review.judgement_history import judgement_history
from overt.resolve.review.refused_joins import describe_path, describe_refusal, read_refused_joins
from overt.resolve.review.relation_judgement import relation_of_entry
from overt.resolve.review.undoing_ledger_entries import undo_entries


def print_judgements(workspace: Path, *, every: bool, relations: bool, json: bool) -> None:
    """Print the judgements in force, and the joins that were refused.

    With `every`, also print overridden and undone judgements, and all other entries of the ledger. With `relations`, print only
    the relations that the machine proposes and nobody has judged; `every` then has no effect.
    """
    atlas, _, ledger = reading(workspace)
    if relations:
        list_relations(atlas, ledger, json=json)
        return
    entries = ledger.entries()
    events = [(event.judgement, event) for event in judgement_history(entries)] if every else []
    judged = [judgement for judgement, _ in events] if every else ledger.judgements()
    refused = read_refused_joins(atlas.resolved)
    undone_by = undoing_entries(entries)
    if json:
        states = [{"state": event.state, "by": event.by} for _, event in events] if every else [{} for _ in judged]
        judgements = [{**_data(judgement), **state} for judgement, state in zip(judged, states, strict=True)]
        more_entries = [entry_data(entry, undone_by) for entry in entries if entry.kind != "judgement"] if every else None
        print_json({"judgements": judgements, "refused": refused, **({} if more_entries is None else {"entries": more_entries})})
        return
    relations_of = {judgement.sequence: relation_of_entry(entries, judgement.sequence) for judgement in judged}
    states_of = {judgement.sequence: f"  [{event.state} by entry {event.by}]" for judgement, event in events if event.by}
    lines: list[tuple[int, str]] = []
    for judgement in judged:
        origin = f" (from {judgement.origin.atlas})" if judgement.origin else ""
        related = f" [{relation}]" if (relation := relations_of[judgement.sequence]) else ""
        state = states_of.get(judgement.sequence, "")
        text = f"{judgement.who}, {judgement.at[:10]}{origin}: {judgement.why}{related}{state}"
        pair = f"{judgement.left}  {judgement.right}"
        lines.append((judgement.sequence, f"{judgement.sequence:>5}  {judgement.verdict:<9} {pair}  {plain(text, 2_000)}"))
    if every:
        lines += [(entry.sequence, plain(entry_line(entry, undone_by), 2_000)) for entry in entries if entry.kind != "judgement"]
    for _, line in sorted(lines):
        print(line)
    people = JudgementGraph(ledger.judgements())
    for join in refused:
        print(f"refused: {plain(describe_refusal(join), 2_000)}\n         {plain(describe_path(join, people), 2_000)}")
    if not lines and not refused:
        messages.print("nothing has been judged, and nothing was refused")


def undo(workspace: Path, entries: str, why: str, who: str, *, whole: bool, json: bool) -> None:
    """Undo an entry of the ledger (`12`) or a range (`12..40`); with `whole`, the complete import that the entry belongs to.

    Entries that were written together are undone together. Raises the errors of `parse_entries` and `undo_entries`.
    """
    first, last = parse_entries(entries)
    with writing(workspace) as (_, _, ledger):
        undone = undo_entries(ledger, first, who, why, last=last, with_import=whole)
        kinds = {entry.kind for entry in ledger.between(undone.first, undone.last)}
    # Choices of snapshots and removals of sources take effect only in a build. Undoing an undo can restore them.
    imports = kinds & {"source-snapshot", "source-removal", "undo"}
    messages.print(f"{undone}; {BUILD_HINT if imports else PUBLISH_HINT}")
    if json:
        print_json({"entry": undone.entry.sequence, "first": undone.first, "last": undone.last})


def _data(judgement: Judgement) -> dict[str, object]:
    return {**vars(judgement), "origin": vars(judgement.origin) if judgement.origin else None}


def judge_pair(verdict: Verdict, left: str, right: str, why: str, who: str, workspace: Path, *, json: bool) -> None:
    """Enter a judgement of two records, and print its effect. Raises the errors of `two_ids` and `decide`."""
    with writing(workspace) as (atlas, _, ledger):
        decision = decide(atlas, ledger, *two_ids(atlas, left, right), verdict, who, why)
    number = decision.entry.sequence
    messages.print(f"entry {number}; `overt judge undo {number} --why … --who …` takes it back; {PUBLISH_HINT}")
    for line in decision.pair.lines if decision.pair else ():
        messages.print(plain(line, 2_000))
    for note in decision.notes:
        messages.print(f"note: {plain(note, 2_000)}")
    if json:
        payload = decision.entry.payload
        ends = {"verdict": verdict, "left": payload["left"], "right": payload["right"]}
        print_json({"entry": number, **ends, **_about(decision.pair, (left, right)), "notes": list(decision.notes)})


def _about(pair: JudgedPair | None, names: tuple[str, str]) -> dict[str, object]:
    """Return details of a judged pair for --json; empty without a pair.

    `sides`: the two records, in the order in which the user named them. `together`: the id that both will have; None if the
    judgement doesn't join them, or if they are already merged. `related`: the relations between them, other than renamings, that
    sources or editors state.
    """
    if pair is None:
        return {}
    sides = [
        {"given": name, "record": side.record, "name": side.name, "id": side.id, "records": list(side.records)}
        for name, side in zip(names, (pair.left, pair.right), strict=True)
    ]
    return {"sides": sides, "together": pair.merged_id, "related": list(pair.related)}
