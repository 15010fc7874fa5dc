"""`overt add`: adds complete records by hand, as one batch of ledger entries."""

from pathlib import Path
from typing import Any

from overt.archive import Archive
from overt.cli.atlas_access import reading, writing
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.ledger import Draft, Entry, Ledger
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError, UsageError, format_count
from overt.model.spelling_suggestions import did_you_mean
from overt.model.workspace import SETTINGS, Workspace
from overt.resolve.additions.addition_drafts import addition_drafts
from overt.resolve.additions.claims_from_entries import Additions, AdditionsReader
from overt.resolve.additions.entry_files import read_entries
from overt.resolve.additions.entry_templates import entry_template
from overt.resolve.additions.referred_records import KnownNames
from overt.resolve.review.decision import PUBLISH_HINT
from overt.resolve.review.entered_record_matches import EnteredMatch, match_entered


def print_template(workspace: Path, record_type: str) -> None:
    """Print an example of an entry. Raises UsageError for an unknown type."""
    content = Workspace.open(workspace).content if (workspace / SETTINGS).is_file() else Catalogue()
    types = content.schema.types
    if record_type not in types:
        hint = did_you_mean(record_type, types)
        raise UsageError(f"there is no record type {record_type!r}{hint} (there are {', '.join(types)})")
    print(entry_template(content, types[record_type]), end="")


def add_records(workspace: Path, file: Path, why: str, who: str, *, dry_run: bool, json: bool) -> None:
    """Add the records of a file as one batch of ledger entries; with `dry_run`, only check them.

    Raises OvertError if any record has a problem, and UsageError if the file is missing or adds nothing or, without `dry_run`, if
    there is no reason.
    """
    if dry_run:
        atlas, _, ledger = reading(workspace)
        _report(_read(atlas, ledger, file, json=json), [], [], json=json)
        messages.print("nothing was added; without --dry-run, this would be added")
        return
    if not why.strip():
        raise UsageError("--why is missing; say why you add these records, for those who come after")
    with writing(workspace) as (atlas, archive, ledger):
        additions = _read(atlas, ledger, file, json=json)

        def choose(entries: list[Entry]) -> list[Draft]:
            return addition_drafts(additions, entries, who, why)

        entries = ledger.append_drafts(choose)
        matches = _matches(atlas, archive, ledger, additions)
    _report(additions, entries, matches, json=json)
    first, last = entries[0].sequence, entries[-1].sequence
    messages.print(
        f"entries {first} to {last}; `overt judge undo {first} --why … --who …` takes all of them back; {PUBLISH_HINT}"
    )


def _read(atlas: Workspace, ledger: Ledger, file: Path, *, json: bool) -> Additions:
    """Read and check the entries. If there are problems, print them all and raise OvertError."""
    content = atlas.content
    entries = read_entries(file, content.schema, content.vocabularies["roles"].by_id)
    additions = AdditionsReader(content, KnownNames(atlas.resolved, ledger.claims())).read(entries)
    if additions.problems:
        if json:
            print_json(_data(additions, [], []))
        for problem in additions.problems:
            messages.error(problem)
        raise OvertError(f"{file}: {format_count(len(additions.problems), 'problem')}, see above; nothing was added")
    if not additions.claims:
        raise UsageError(f"{file}: adds nothing; `overt add --template project` prints an example")
    return additions


def _matches(atlas: Workspace, archive: Archive, ledger: Ledger, additions: Additions) -> list[EnteredMatch]:
    """Compare new projects and organisations with all others, as `overt resolve` will; return the matches.

    If they can't be compared yet, print the reason and return an empty list.
    """
    new = [record for record in additions.new if additions.types[record] in ("organization", "project")]
    try:
        return match_entered(atlas, archive, ledger, new) if new else []
    except OvertError as error:
        messages.print(f"the new records have not been compared with others yet: {error}")
        return []


def _report(additions: Additions, entries: list[Entry], matches: list[EnteredMatch], *, json: bool) -> None:
    if json:
        print_json(_data(additions, entries, matches))
        return
    for record, record_type in additions.types.items():
        claims = sum(claim.record == record for claim in additions.claims)
        name = additions.names[record]
        label = f" “{name}”" if name != record_type else ""
        state = "new" if record in additions.new else "exists"
        print(f"{record_type}{label}: {state}, {format_count(claims, 'value')}  ({record})")
    for name, similar in additions.similar.items():
        if similar:
            messages.print(f"“{name}” is new; is it {' or '.join(similar)}? If so, write that name or id")
    for match in matches:
        name, other = additions.names[match.record], f"“{match.name}” ({match.other})"
        if match.joined:
            messages.print(f"“{name}” is {other}; the next `overt resolve` merges them")
        else:
            pair = f"{match.record} {match.other}"
            messages.print(
                f"“{name}” may be {other}, {100 * match.probability:.0f} %: `overt judge same {pair} --why …` or `different`"
            )


def _data(additions: Additions, entries: list[Entry], matches: list[EnteredMatch]) -> dict[str, Any]:
    return {
        "first": entries[0].sequence if entries else None,
        "last": entries[-1].sequence if entries else None,
        "records": [
            {
                "record": record,
                "type": record_type,
                "name": additions.names[record] if additions.names[record] != record_type else None,
                "new": record in additions.new,
                "values": [
                    {"property": claim.property, "value": claim.value, "unit": claim.unit, "lang": claim.lang}
                    for claim in additions.claims
                    if claim.record == record
                ],
            }
            for record, record_type in additions.types.items()
        ],
        "similar": additions.similar,
        "matches": [vars(match) for match in matches],
        "problems": additions.problems,
    }
