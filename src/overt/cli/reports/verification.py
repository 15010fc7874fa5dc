"""The checks and output of `overt verify`."""

from collections.abc import Iterable
from pathlib import Path

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.cli.common import print_json, reading, release_folder
from overt.cli.messages import messages, progress_bar
from overt.cli.reports.history_checks import history_checks, ledger_state
from overt.cli.reports.place_text import describe_places
from overt.model.errors import UsageError, format_count
from overt.model.signature import fingerprint
from overt.release.observation_tables import verify_observations
from overt.release.place_counts import NO_PLACES, count_places
from overt.release.release_folders import list_releases
from overt.release.release_signature import verify_signature
from overt.release.release_verification import verify_history, verify_places, verify_release


def verify_atlas(
    workspace: Path, release: str | None, signer: Ed25519PublicKey | None, witness: Path | None = None, *, json: bool
) -> None:
    """Check the archive, the ledger, and one release or all of them. Exits with code 1 if there is a problem."""
    atlas, archive, ledger = reading(workspace)
    folders = [release_folder(atlas, release)] if release else list_releases(atlas.releases)
    problems: list[dict[str, str | None]] = []
    places = NO_PLACES
    if signer and not folders:
        problem = f"{atlas.releases}: there is no release that could bear a signature; `overt release` makes one"
        problems.append({"part": "signature", "release": None, "problem": problem})
        if not json:
            messages.error(f"overt: {problem}")
    with progress_bar() as bar:
        task = bar.add_task("archive", total=None)

        def check(part: str, of: str, reasons: Iterable[str]) -> bool:
            bar.update(task, description=f"{part} {of}".strip())
            before = len(problems)
            for problem in reasons:
                problems.append({"part": part, "release": of or None, "problem": problem})
                if not json:
                    messages.error(f"overt: {problem}")
            return len(problems) == before

        check("archive", "", archive.verify())
        check("ledger", "", ledger.verify())
        for folder in folders:
            if signer:
                check("signature", folder.name, verify_signature(folder, signer))
            if check("release", folder.name, verify_release(folder)):  # The contents of a damaged release prove nothing.
                check("inputs", folder.name, verify_history(folder, archive, ledger))
                check("places", folder.name, verify_places(folder, archive, atlas.content))
                places += count_places(folder)
                check("observations", folder.name, verify_observations(folder, archive, atlas.content))
        reported = {problem["release"] for problem in problems if problem["release"]}
        for part, reasons in history_checks(atlas, archive, ledger, signer, witness, reported):
            check(part, "", reasons)
    captures = None if any(problem["part"] == "archive" for problem in problems) else len(archive.captures())
    if json:
        releases = [folder.name for folder in folders]
        data = {"whole": not problems, "captures": captures, "releases": releases, "problems": problems}
        print_json({**data, "places": places._asdict()})
    elif problems:
        print(format_count(len(problems), "problem"))
    else:
        signed = f", signed by {fingerprint(signer)[:16]}…" if signer else ""
        print(
            f"whole: {format_count(captures or 0, 'capture')}, {format_count(len(folders), 'release')}{signed};"
            f" {describe_places(places)}{ledger_state(ledger)}"
        )
    if problems:
        raise typer.Exit(1)


def verify_static_edition(folder: Path, signer: Ed25519PublicKey | None, *, json: bool) -> None:
    """Check a static edition, which needs no atlas."""
    from overt.edition.manifest import is_edition, verify_edition

    if not is_edition(folder):
        raise UsageError(f"{folder}: is no static edition: its manifest.json is missing or another; `overt publish` makes one")
    problems = list(verify_edition(folder, signer))
    if json:
        rows = [{"part": "edition", "release": None, "problem": problem} for problem in problems]
        print_json({"whole": not problems, "captures": None, "releases": [], "problems": rows})
    else:
        for problem in problems:
            messages.error(f"overt: {problem}")
        signed = f", signed by {fingerprint(signer)[:16]}…" if signer else ""
        print(format_count(len(problems), "problem") if problems else f"whole: the edition in {folder}{signed}")
    if problems:
        raise typer.Exit(1)
