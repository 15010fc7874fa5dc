"""`overt verify` of a static edition, or of a copy for servers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.reports.verification_report import verification_document
from overt.model.detached_file_signatures import fingerprint, short_key
from overt.model.errors import OvertError, UsageError, format_count


class TrustOptions(NamedTuple):
    """How to check the update metadata of a static edition or a copy: parameters of `check_update_metadata`."""

    root: Path
    state: Path | None
    offline: bool


def verify_static_edition(folder: Path, signer: Ed25519PublicKey | None, trust: TrustOptions | None, *, json: bool) -> None:
    """Check a static edition or a copy for servers, and print the result. This needs no atlas.

    `signer`: the key that must have signed an edition; None to accept any edition. Exits with 1 if there is a problem.

    Raises UsageError if the folder is neither an edition nor a copy. Raises UsageError for a copy if there is a `signer`, or if
    `trust` is None, has no `state`, or is `offline`. For an edition with `trust`, also raises the errors of
    `check_update_metadata`.
    """
    from overt.edition.edition_integrity import verify_edition
    from overt.edition.manifest import is_edition
    from overt.edition.tuf_target_name_and_path import is_copy

    if is_copy(folder):
        if signer is not None:
            raise UsageError(f"{folder}: is a copy for servers; its root of trust says who may sign it, so leave out --key")
        _verify_copy(folder, trust, json=json)
        return
    if not is_edition(folder):
        raise UsageError(
            f"{folder}: is not a static edition: its manifest.json is missing or of another kind; `overt publish` makes one"
        )
    problems, notes, update = list(verify_edition(folder, signer)), [], ""
    if trust is not None:
        from overt.edition.tuf_metadata_check import check_update_metadata

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
        signed = f", signed by {short_key(fingerprint(signer))}" if signer else ""
        print(format_count(len(problems), "problem") if problems else f"whole: the edition in {folder}{signed}{update}")
    if problems:
        raise typer.Exit(1)


def _verify_copy(folder: Path, trust: TrustOptions | None, *, json: bool) -> None:
    """Check a copy for servers as `overt serve --replica` does. Exits with 1 if there is a problem.

    Raises UsageError without a root and a state, and for `offline`.
    """
    from overt.replica.copy_check import CopySource, check_files, newest_copy, read_description

    if trust is None or trust.state is None or trust.offline:
        raise UsageError(f"{folder}: is a copy for servers; check it with --root and --state, and without --offline")
    source, summary, problems = CopySource(folder, trust.root, trust.state), "", list[str]()
    try:
        newest = newest_copy(source, datetime.now(UTC))
        description = read_description(source, newest)
        check_files(source, description)
        release = description.releases[-1].release
        summary = f"the newest by update metadata {newest.version}, until {newest.expires:%Y-%m-%d}: release {release}"
    except OvertError as error:
        problems.append(str(error))
        if not json:
            messages.error(f"overt: {error}")
    if json:
        rows: list[dict[str, str | None]] = [{"part": "copy", "release": None, "problem": problem} for problem in problems]
        print_json(verification_document(not problems, None, [], rows))
    else:
        print(format_count(len(problems), "problem") if problems else f"whole: the copy in {folder}, {summary}")
    if problems:
        raise typer.Exit(1)
