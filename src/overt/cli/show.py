"""`overt show`."""

from typing import Annotated, Any

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, release_folder
from overt.model.workspace import Workspace
from overt.release.read import Release

ReleaseOption = Annotated[str | None, typer.Option("--release", help="A release's id.", show_default="the newest one")]


def show(
    record: Annotated[str, typer.Argument(help="A published id (ovt-…) or a source's record id.", metavar="ID")],
    json: JsonOption = False,
    release: ReleaseOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print a record with every claim and where it comes from."""
    atlas = Workspace.open(workspace)
    with Release(release_folder(atlas, release)) as held:
        found = held.record(record)
    print_json(found) if json else _print(found)


def _print(found: dict[str, Any]) -> None:
    print(f"{found.get('label') or found['id']}  ({found.get('type', 'withdrawn')} {found['id']}, release {found['release']})")
    print(f"records: {', '.join(found['members'])}")
    by_value: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for claim in found["claims"]:
        by_value.setdefault((claim["property"], claim["value"]), []).append(claim)
    for (name, value), claims in sorted(by_value.items()):
        unit = f" {claims[0]['unit']}" if claims[0]["unit"] else ""
        print(f"\n{name}: {value[:200]}{unit}")
        for claim in claims:
            rule = f" by {claim['rule']}" if claim["rule"] else ""
            taken = "; RETRACTED" if claim["standing"] == "retracted" else ""
            print(f"  {claim['basis']}{rule}, {claim['source']} ({claim['record']}){taken}")
            for place in claim["evidence"]:
                where = f"{place['file'] or 'ledger'} {place['locator']}"
                if place["document_title"] or place["document_url"]:
                    where += f", citing “{place['document_title'] or ''}” {place['document_url'] or ''}".rstrip()
                print(f"    {where}, retrieved {place['retrieved'] or '-'}: {place['excerpt'][:120]!r}")
