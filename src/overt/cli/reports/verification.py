"""The checks and output of `overt verify`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.archive import Archive
from overt.cli.atlas_access import print_json, reading, release_folder
from overt.cli.messages import ProgressBar, messages, progress_bar
from overt.cli.pipeline.importer_consent import require_trust
from overt.cli.reports.history_checks import history_checks, ledger_state
from overt.cli.reports.place_check_text import describe_places
from overt.importing.clock_check import clock_problem
from overt.importing.snapshots import select_sources
from overt.index.verification.index_verification import compare_indexes, verify_indexes
from overt.ledger import Ledger
from overt.model.errors import OvertError, UsageError, format_count
from overt.model.signature import fingerprint
from overt.model.workspace import Workspace
from overt.release.archived_place_counts import NO_PLACES, count_places
from overt.release.history.history_verification import older_latest
from overt.release.observation_tables import verify_observations
from overt.release.release_folders import list_releases
from overt.release.release_signature import verify_signature
from overt.release.release_verification import verify_history, verify_places, verify_release
from overt.release.verification.input_verification import verify_claims, verify_resolution
from overt.release.verification.past_inputs import past_inputs, read_origin
from overt.release.verification.recomputation import compare_claims, compare_release, compare_resolution, obstacles, recompute
from overt.release.verification.temporary_folder import temporary_folder

NOT_RECOMPUTABLE = 3
"""Exit code if no problem was found, but a release cannot be computed again with the code and content that are available."""
_PLACE = "overt-verify-"


class VerifyOptions(NamedTuple):
    """The options of `overt verify`."""

    release: str | None
    signer: Ed25519PublicKey | None
    witness: Path | None
    every: bool
    """Whether all releases are computed again, not only the newest."""
    quick: bool
    """Whether nothing is computed again."""
    trust: bool
    """Whether importers that came with the atlas run without asking."""
    json: bool


class Recomputed(NamedTuple):
    """The verdict on a release."""

    release: str
    verdict: Literal["equal", "different", "not recomputable"]
    differs: list[str]
    """The code or libraries of the release that differ from those installed here."""


class Verification:
    """The checks of one run, and the problems that they found."""

    def __init__(self, atlas: Workspace, archive: Archive, ledger: Ledger, options: VerifyOptions, bar: ProgressBar) -> None:
        self.atlas, self.archive, self.ledger, self.options = atlas, archive, ledger, options
        self.problems: list[dict[str, str | None]] = []
        self.places = NO_PLACES
        self.recomputed: list[Recomputed] = []
        self.notes: list[str] = []
        self._seen: set[str] = set()
        self._bar, self._task, self._has_share = bar, bar.add_task("archive", total=None), False

    def check(self, part: str, release: str, reasons: Iterable[str]) -> bool:
        """Run a check, print its problems, and return whether there were none."""
        self.progress(f"{part} {release}".strip())
        is_intact = True
        for problem in reasons:
            is_intact = False
            if problem not in self._seen:
                self._seen.add(problem)
                self.problems.append({"part": part, "release": release or None, "problem": problem})
                if not self.options.json:
                    messages.error(f"overt: {problem}")
        return is_intact

    def progress(self, step: str, share: float | None = None) -> None:
        """Show the current step, and how much of it is done."""
        if share is None and self._has_share:  # A task with a total must not go back to an unknown total.
            self._bar.remove_task(self._task)
            self._task = self._bar.add_task(step, total=None)
        self._has_share = share is not None
        changes = {} if share is None else {"completed": share, "total": 1.0}
        self._bar.update(self._task, description=step, **changes)

    def check_files(self, folders: list[Path]) -> list[Path]:
        """Check all files against their hashes and the archive; return the releases without a problem."""
        inputs = [self.check("archive", "", self.archive.verify()), self.check("ledger", "", self.ledger.verify())]
        intact = [folder for folder in folders if self._check_release(folder)]
        reported = {problem["release"] for problem in self.problems if problem["release"]}
        signer, witness = self.options.signer, self.options.witness
        for part, reasons in history_checks(self.atlas, self.archive, self.ledger, signer, witness, reported):
            self.check(part, "", reasons)
        if not inputs[0]:
            return []
        clock = clock_problem(self.atlas, self.archive, self.ledger)
        self.notes += [note for note in (clock, older_latest(self.atlas)) if note is not None]
        self.check("claims", "", verify_claims(self.atlas, self.archive))
        self.check("resolution", "", verify_resolution(self.atlas))
        self.check("index", "", verify_indexes(self.atlas))
        return intact if all(inputs) else []

    def _check_release(self, folder: Path) -> bool:
        signer, name = self.options.signer, folder.name
        signed = not signer or self.check("signature", name, verify_signature(folder, signer))
        if not self.check("release", name, verify_release(folder)):
            return False  # The contents of a damaged release prove nothing.
        checks = [
            self.check("inputs", name, verify_history(folder, self.archive, self.ledger)),
            self.check("places", name, verify_places(folder, self.archive, self.atlas.content)),
            self.check("observations", name, verify_observations(folder, self.archive, self.atlas.content)),
        ]
        self.places += count_places(folder)
        return signed and all(checks)

    def recompute(self, folder: Path, place: Path) -> None:
        """Compute an intact release again, and compare it and all of its inputs with the stored ones."""
        name = folder.name
        try:
            origin = read_origin(folder)
            if differs := obstacles(origin, self.atlas):
                self.recomputed.append(Recomputed(name, "not recomputable", differs))
                return
            inputs = past_inputs(origin, self.atlas, self.archive, place)
            recomputed = recompute(inputs, lambda step, share=None: self.progress(f"{name}, again: {step}", share))
            memory = self.atlas.settings.engine.memory
            equal = [
                self.check("claims", name, compare_claims(inputs)),
                self.check("resolution", name, compare_resolution(inputs, self.archive, self.ledger)),
                self.check("recomputed", name, compare_release(folder, recomputed, memory)),
            ]
            if all(equal):
                equal.append(self.check("index", name, compare_indexes(inputs.workspace, name, self.progress)))
            self._note_selection(origin.settings.sources if origin.settings else [], name)
        except OvertError as error:
            equal = [self.check("recomputed", name, [f"{name}: cannot be made again from the archive and the ledger: {error}"])]
        self.recomputed.append(Recomputed(name, "equal" if all(equal) else "different", []))

    def _note_selection(self, selected: list[str], name: str) -> None:
        if selected and sorted(self.atlas.settings.sources) != selected:
            self.notes.append(f"{name} was limited to these sources: {', '.join(selected)}; overt.toml now selects others")


@contextmanager
def _place_for(folders: list[Path]) -> Iterator[Path]:
    if not folders:
        yield Path()
        return
    with temporary_folder(_PLACE) as place:
        yield place


def verify_atlas(workspace: Path, options: VerifyOptions) -> None:
    """Check the archive, the ledger, the history and the releases, and compute releases again.

    Exits with 1 if there is a problem, and with NOT_RECOMPUTABLE if a release cannot be computed again here. Raises UsageError
    if that would run importers that the user doesn't trust.
    """
    atlas, archive, ledger = reading(workspace)
    folders = [release_folder(atlas, options.release)] if options.release else list_releases(atlas.releases)
    chosen = [] if options.quick else folders if options.every else folders[-1:]
    require_trust(atlas, _imported_sources(chosen, atlas, archive), trust=options.trust)
    with progress_bar() as bar:
        run = Verification(atlas, archive, ledger, options, bar)
        if options.signer and not folders:
            missing = f"{atlas.releases}: there is no release that could have a signature; `overt release` makes one"
            run.check("signature", "", [missing])
        intact = run.check_files(folders)
        with _place_for([folder for folder in chosen if folder in intact]) as place:
            for folder in reversed(chosen):  # The newest comes first, because its claims can be reused for older releases.
                if folder in intact:
                    run.recompute(folder, place)
    _report(run, folders)
    if run.problems:
        raise typer.Exit(1)
    if any(result.verdict != "equal" for result in run.recomputed):
        raise typer.Exit(NOT_RECOMPUTABLE)


def _imported_sources(folders: list[Path], atlas: Workspace, archive: Archive) -> set[str]:
    """Return the sources whose importers run when these releases are computed again.

    A release whose inputs cannot be read is skipped, because it will not be computed again.
    """
    sources: set[str] = set()
    for folder in folders:
        with suppress(OvertError):
            origin = read_origin(folder)
            if not obstacles(origin, atlas):
                inputs = past_inputs(origin, atlas, archive, Path())
                sources |= select_sources(inputs.workspace, inputs.archive, inputs.ledger.source_choices())
    return sources


def _report(run: Verification, folders: list[Path]) -> None:
    options, problems = run.options, run.problems
    captures = None if any(problem["part"] == "archive" for problem in problems) else len(run.archive.captures())
    foreign = [result for result in run.recomputed if result.verdict == "not recomputable"]
    if options.json:
        verdict = False if problems else None if foreign or options.quick else True
        print_json(_document(verdict, captures, [folder.name for folder in folders], problems, run, quick=options.quick))
        return
    for note in run.notes:
        messages.print(f"note: {note}")
    for result in foreign:
        print(f"{result.release}: not recomputable here: made with {', '.join(result.differs)}")
    if problems:
        print(format_count(len(problems), "problem"))
        return
    signed = f", signed by {fingerprint(options.signer)[:16]}…" if options.signer else ""
    checked = f"{format_count(captures or 0, 'capture')}, {format_count(len(folders), 'release')}{signed}"
    state = f"{describe_places(run.places)}{ledger_state(run.ledger)}"
    if options.quick:
        print(f"quick check: {checked}; files match their hashes; {state};")
        print("nothing was computed again, so a forgery that adapted the hashes would pass; `overt verify` computes again")
    elif foreign:
        print(f"neither whole nor forged, as far as can be seen here: {checked}; files match their hashes; {state}")
    else:
        again = [result.release for result in run.recomputed if result.verdict == "equal"]
        made = f"; computed again, byte for byte: {', '.join(again)}" if again else ""
        print(f"whole: {checked}; {state}{made}")


def _document(
    verdict: bool | None,
    captures: int | None,
    releases: list[str],
    problems: list[dict[str, str | None]],
    run: Verification | None = None,
    *,
    quick: bool = False,
) -> dict[str, Any]:
    return {
        "whole": verdict,
        "quick": quick,
        "captures": captures,
        "releases": releases,
        "recomputed": [result._asdict() for result in run.recomputed] if run else [],
        "notes": run.notes if run else [],
        "problems": problems,
        "places": run.places._asdict() if run else None,
    }


class TrustOptions(NamedTuple):
    """How to check the update metadata of a static edition."""

    root: Path
    state: Path | None
    offline: bool


def verify_static_edition(folder: Path, signer: Ed25519PublicKey | None, trust: TrustOptions | None, *, json: bool) -> None:
    """Check a static edition, for which no atlas is needed."""
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
        print_json(_document(not problems, None, [], rows) | {"notes": notes})
    else:
        for note in notes:
            messages.print(f"note: {note}")
        for problem in problems:
            messages.error(f"overt: {problem}")
        signed = f", signed by {fingerprint(signer)[:16]}…" if signer else ""
        print(format_count(len(problems), "problem") if problems else f"whole: the edition in {folder}{signed}{update}")
    if problems:
        raise typer.Exit(1)
