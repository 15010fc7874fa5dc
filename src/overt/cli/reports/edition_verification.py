"""`overt verify` of a static edition."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.cli.json_output import print_json
from overt.cli.messages import messages
from overt.cli.reports.verification_report import verification_document
from overt.model.errors import UsageError, format_count
from overt.model.signature import fingerprint


class TrustOptions(NamedTuple):
    """How to check the update metadata of a static edition."""

    root: Path
    state: Path | None
    offline: bool


def verify_static_edition(folder: Path, signer: Ed25519PublicKey | None, trust: TrustOptions | None, *, json: bool) -> None:
    """Check a static edition and print the result. This needs no atlas. Exits with 1 if there is a problem."""
    from overt.edition.manifest import is_edition, verify_edition

    if not is_edition(folder):
        raise UsageError(
            f"{folder}: is not a static edition: its manifest.json is missing or of another kind; `overt publish` makes one"
        )
    problems, notes, update = list(verify_edition(folder, signer)), [], ""
    if trust is not None:
        from overt.edition.update_client import check_update_metadata

        check = check_update_metadata(folder, trust.root, trust.state, offline=trust.offline, now=datetime.now(UTC))
        problems, notes = [*problems, *check.problems], check.notes
        update = f", the newest by update metadata {check.version}, until {check.expires:%Y-%m-%d}" if check.expires else ""
    if json:
        rows: list[dict[str, str | None]] = [{"part": "edition", "release": None, "problem": problem} for problem in problems]
        print_json(verification_document(not problems, None, [], rows) | {"notes": notes})
    else:
        for note in notes:
            messages.print(f"note: {note}")
        for problem in problems:
            messages.error(f"overt: {problem}")
        signed = f", signed by {fingerprint(signer)[:16]}…" if signer else ""
        print(format_count(len(problems), "problem") if problems else f"whole: the edition in {folder}{signed}{update}")
    if problems:
        raise typer.Exit(1)
