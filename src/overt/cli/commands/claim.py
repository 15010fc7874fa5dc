"""`overt claim` and `overt retract`."""

from typing import Annotated

import pyarrow.parquet as pq
import typer

from overt.archive import Archive
from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, writing
from overt.cli.judge_words import WhoOption, WhyOption, find_record, members_of, record_of
from overt.cli.messages import messages
from overt.importing.claim_store import ClaimStore
from overt.ledger import Ledger, SourceDocument
from overt.model.errors import ContentError, UsageError, ValueProblem
from overt.model.record_ids import key_part
from overt.model.values.dates import canonical_date
from overt.model.values.text import canonical_url
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import editorial_claims
from overt.resolve.step import imported_snapshots

app = typer.Typer(help="Editorial claims: what editors add by hand, each with its document.", no_args_is_help=True)


@app.command("add")
def add(
    record: Annotated[str, typer.Argument(help="A record id, a published id, or editorial:NAME for a new record.")],
    record_type: Annotated[str, typer.Argument(help="Its type, as in docs/data-dictionary.md.", metavar="TYPE")],
    name: Annotated[str, typer.Argument(help="The property.", metavar="PROPERTY")],
    value: Annotated[str, typer.Argument(help="The value.")],
    title: Annotated[str, typer.Option("--document", help="Title of the document that says so.")],
    place: Annotated[str, typer.Option("--place", help="Where in it: page, section, table row.")],
    why: WhyOption,
    who: WhoOption,
    url: Annotated[str | None, typer.Option("--url", help="The document's address.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="As in USD, USD@2021.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="BCP 47.")] = None,
    valid_from: Annotated[str | None, typer.Option("--from", help="True in the world from (EDTF).")] = None,
    valid_to: Annotated[str | None, typer.Option("--to", help="… until.")] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Add a claim by hand."""
    with writing(workspace) as (atlas, _, ledger):
        target = _target(atlas, record)
        if (known := _type_of(atlas, ledger, target)) not in (None, record_type):
            raise UsageError(f"{target}: is of type {known}, not {record_type}")
        try:
            held = atlas.content.schema.property(record_type, name)
            canonical, unit = atlas.content.canonical(held, _target(atlas, value) if held.type == "record" else value, unit)
            valid_from, valid_to = (bound and canonical_date(bound) for bound in (valid_from, valid_to))
            address = url and canonical_url(url)
        except (ContentError, ValueProblem) as error:
            raise UsageError(str(error)) from None
        entry = ledger.add_claim(
            target, record_type, name, canonical, document=SourceDocument(title, place, address), who=who, why=why,
            unit=unit, lang=lang, valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
    messages.print(
        f"entry {entry.sequence} on {target}; `overt judge undo {entry.sequence} --why … --who …` takes it back;"
        " `overt release` makes it count"
    )
    if json:
        print_json({"entry": entry.sequence, "record": target, "property": name, "value": canonical, "unit": unit})


def retract(
    target: Annotated[str, typer.Argument(help="A claim, a record for all its claims, or a published id for all its records.")],
    why: WhyOption,
    who: WhoOption,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take back a claim that its source still makes; it stays in the release, struck through."""
    with writing(workspace) as (atlas, archive, ledger):
        targets = [target]
        if target.startswith("ovt-"):
            targets = members_of(atlas, target)
        elif ":" in target:
            targets = [_target(atlas, target)]
        elif not _is_claim(atlas, archive, ledger, target):
            raise UsageError(f"{target}: there is no such claim; `overt show RECORD --json` lists those of a record")
        entries = [ledger.retract(one, who, why) for one in targets]
    for entry, one in zip(entries, targets, strict=True):
        messages.print(f"entry {entry.sequence} on {one}; `overt judge undo {entry.sequence} --why … --who …` takes it back")
    messages.print("`overt release` makes it count")
    if json:
        print_json([{"entry": entry.sequence, "target": one} for entry, one in zip(entries, targets, strict=True)])


def _target(atlas: Workspace, name: str) -> str:
    source, _, key = name.partition(":")
    if source == "editorial":
        try:
            return f"editorial:{'/'.join(key_part(part) for part in key.split('/'))}"
        except ValueProblem as error:
            raise UsageError(f"{name}: {error}") from None
    return record_of(atlas, name)


def _type_of(atlas: Workspace, ledger: Ledger, record: str) -> str | None:
    """The type of a record that was imported or that editors made; nothing for a new one."""
    for claim in ledger.claims():
        if claim.record == record:
            return claim.type
    return None if record.startswith("editorial:") else find_record(atlas, record)[1]


def _is_claim(atlas: Workspace, archive: Archive, ledger: Ledger, claim: str) -> bool:
    store = ClaimStore(atlas.claims)
    tables = [store.snapshot(held.source, held.id).claims for held in imported_snapshots(atlas, archive)]
    if any(pq.read_table(path, columns=["claim_id"], filters=[("claim_id", "=", claim)]).num_rows for path in tables):
        return True
    return claim in editorial_claims(atlas.content, ledger).claims["claim_id"].to_pylist()
